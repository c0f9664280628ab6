"""The stack files of the current folder, and the account that an option means by them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from strongroom.cli.faults import UsageError
from strongroom.config import stackfile
from strongroom.config.problems import SettingsError
from strongroom.config.settings import Settings

_SHARED: Final = ("backup", "pipeline", "management")
"""Accounts that stacks share, by what `accounts:` calls them."""
_ID_DIGITS: Final = 12


def read_all(folder: Path) -> dict[str, Settings]:
    """Settings of every `Pulumi.<stack>.yaml` in a folder, by stack.

    Raises:
        SettingsError: there is none, or some cannot be used; every fault of every file.
    """
    found: dict[str, Settings] = {}
    faults: list[str] = []
    for file in sorted(folder.glob("Pulumi.*.yaml")):
        try:
            found[file.name.removeprefix("Pulumi.").removesuffix(".yaml")] = stackfile.read(file)
        except SettingsError as wrong:
            faults += wrong.faults
    if faults:
        raise SettingsError(faults)
    if not found:
        raise SettingsError([f"{folder} holds no Pulumi.<stack>.yaml; run in the project's folder"])
    return found


def one(stacks: Mapping[str, Settings], name: str) -> Settings:
    """Settings of one stack.

    Raises:
        UsageError: there is no such stack.
    """
    if name not in stacks:
        raise UsageError(f"--stack must be one of {', '.join(stacks)}, got {name!r}")
    return stacks[name]


def account(stacks: Mapping[str, Settings], asked: str) -> str:
    """Id of the account that an option means.

    Args:
        stacks: By name.
        asked: backup, pipeline or management; the name of a stack, for its own account; or the id itself.

    Raises:
        UsageError: it means no account, or the stacks name several.
    """
    if asked in _SHARED:
        return _shared(stacks, asked)
    if asked in stacks:
        return stacks[asked].accounts.own
    if len(asked) == _ID_DIGITS and asked.isdigit():
        return asked
    known = ", ".join(dict.fromkeys((*_SHARED, *stacks)))
    raise UsageError(f"--account must be one of {known}, or an id, got {asked!r}")


def _shared(stacks: Mapping[str, Settings], kind: str) -> str:
    ids = sorted({str(settings.accounts.model_dump()[kind]) for settings in stacks.values()})
    if len(ids) > 1:
        raise UsageError(f"--account {kind} means {' or '.join(ids)}; give the id of the one that you mean")
    return ids[0]
