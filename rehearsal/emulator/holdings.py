"""Finds the dictionaries in which MiniStack and our services keep their resources, and puts stores in their place."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from rehearsal.emulator import door
from rehearsal.emulator.parts import Parts, Whole
from rehearsal.emulator.stores import Keeping, Store

_SESSIONS: Final = "services.sts:_sessions"
_PLAIN: Final = (_SESSIONS,)
"""Dictionaries that MiniStack keeps for all accounts together."""
_UNSAVED: Final = frozenset({"services.dynamodb:_stream_records"})
"""What is held and never saved; whoever leaves a dictionary out forgets it when everything else is put back."""
_DIVIDED: Final = {"services.dynamodb:_tables": "items", "services.s3:_buckets": "objects"}
"""Where an entry holds a dictionary that grows without bound: its entries are saved one by one."""


def adopt(ours: Mapping[str, object]) -> dict[str, Keeping]:
    """Put a Store into every scoped dictionary of MiniStack's modules and of our objects.

    Returns:
        The stores by name (`module:attribute`).
    """
    found: dict[str, Keeping] = {}
    seen: set[int] = set()
    for name, scoped in _scoped_dictionaries(ours):
        if id(scoped) not in seen and name not in _UNSAVED:
            seen.add(id(scoped))
            scoped._data = found[name] = _store(name, scoped._data)  # noqa: SLF001 - the only way in
    for name in _PLAIN:
        module_name, _, attribute = name.partition(":")
        module = door.module(module_name)
        found[name] = Store(getattr(module, attribute))
        setattr(module, attribute, found[name])
    found.update({f"{name}/{part}": Parts(cast("Whole", found[name])) for name, part in _DIVIDED.items()})
    return found


def owner(store: str, key: Any, value: Any) -> str | None:
    """Return the account whose entry this is; None when it is nobody's."""
    if store == _SESSIONS:
        return value.get("AccountId")
    return cast("str", key[0])


def _store(name: str, entries: dict[Any, Any]) -> Store:
    return Whole(entries, _DIVIDED[name]) if name in _DIVIDED else Store(entries)


def _scoped_dictionaries(ours: Mapping[str, object]) -> Iterator[tuple[str, Any]]:
    served = {door.app.SERVICE_REGISTRY[name]["module"] for name in door.app.SERVICE_HANDLERS}
    for module_name, module in sorted(sys.modules.items()):
        _, _, name = module_name.partition("ministack.services.")
        if name.partition(".")[0] in served:
            yield from _attributes(f"services.{name}", module)
    for name, holder in ours.items():
        yield from _attributes(f"own.{name}", holder)


def _attributes(name: str, holder: object) -> Iterator[tuple[str, Any]]:
    kinds = (door.AccountScopedDict, door.AccountRegionScopedDict)
    for attribute, value in list(vars(holder).items()):
        if isinstance(value, kinds):
            yield f"{name}:{attribute}", value
