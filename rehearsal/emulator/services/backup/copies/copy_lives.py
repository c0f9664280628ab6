"""The life that a copy gets: decided without any record of the service."""

from typing import Final

from rehearsal.emulator.services.backup.shapes import Lifecycle

_ALWAYS: Final = -1


def life_of_copy(asked: Lifecycle | None, source: Lifecycle) -> Lifecycle:
    """Return a copy's lifecycle.

    Without one of its own a copy lives as its source does. "Always", given as -1, takes over the source's end too; a
    copy that is to stay for ever is given 36,500 days.
    https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html (read 2026-11-22).

    Args:
        asked: Of the copy action or request; None, or empty: none.
        source: The source point's.
    """
    if not asked:
        return source.copy()
    life = asked.copy()
    if life.get("MoveToColdStorageAfterDays") == _ALWAYS:
        del life["MoveToColdStorageAfterDays"]
    if life.get("DeleteAfterDays") == _ALWAYS:
        del life["DeleteAfterDays"]
        if "DeleteAfterDays" in source:
            life["DeleteAfterDays"] = source["DeleteAfterDays"]
    return life


def without_always(life: Lifecycle) -> Lifecycle:
    """Return a lifecycle as it is checked against its bounds: -1 stands for no days at all."""
    checked = life.copy()
    for name in ("MoveToColdStorageAfterDays", "DeleteAfterDays"):
        if checked.get(name) == _ALWAYS:
            del checked[name]
    return checked
