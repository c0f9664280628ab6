"""Organizations: units, and where accounts are among them."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import adds, replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.organizations.attachments import attach_full_access, detach_everything

_API: Final = "https://docs.aws.amazon.com/organizations/latest/APIReference/"
_READ: Final = "2026-11-22"
_TABLE: Final = "services.organizations:_DISPATCH"


@rule(f"{_API}API_CreateOrganizationalUnit.html", read=_READ)
def refuse_an_absent_parent(parent: str) -> None:
    """A unit is made below a root or unit that exists."""
    if not _is_parent(parent):
        raise Refused("ParentNotFoundException", "We can't find a root or OU with the ParentId that you specified.")


@rule(f"{_API}API_CreateOrganizationalUnit.html", read=_READ)
def refuse_a_second_unit_of_a_name(parent: str, name: str) -> None:
    """Two units below the same parent have different names."""
    if any(unit["_ParentId"] == parent and unit["Name"] == name for unit in _units()):
        raise Refused("DuplicateOrganizationalUnitException", "An OU with the same name already exists.")


@rule(f"{_API}API_DeleteOrganizationalUnit.html", read=_READ)
def refuse_to_delete_a_unit_that_is_not_empty(unit: str) -> None:
    """A unit is deleted only after everything in it is moved or deleted."""
    accounts = door.organizations._accounts.values()  # noqa: SLF001 - MiniStack has no public look-up
    if any(child["_ParentId"] == unit for child in (*accounts, *_units())):
        raise Refused("OrganizationalUnitNotEmptyException", "The specified OU is not empty.")


@rule(f"{_API}API_MoveAccount.html", read=_READ)
def refuse_another_source_parent(account: str, source: str) -> None:
    """An account is moved from where it is."""
    kept = door.organizations._accounts.get(account)  # noqa: SLF001 - as above
    if kept and _is_parent(source) and kept["_ParentId"] != source:
        raise Refused("SourceParentNotFoundException", "The account is not below the SourceParentId that you gave.")


@replaces(f"{_TABLE}[CreateOrganizationalUnit]", read="145fc9bd35a421cf")
def create_unit(original: Any, asked: dict[str, Any]) -> Any:
    """Make a unit, under the policy that AWS attaches to it."""
    refuse_an_absent_parent(asked["ParentId"])
    refuse_a_second_unit_of_a_name(asked["ParentId"], asked["Name"])
    before = {unit["Id"] for unit in _units()}
    answer = original(asked)
    for unit in _units():
        if unit["Id"] not in before:
            attach_full_access(unit["Id"])
    return answer


@replaces(f"{_TABLE}[DeleteOrganizationalUnit]", read="52b10e0123dba786")
def delete_unit(original: Any, asked: dict[str, str]) -> Any:
    """Delete an empty unit."""
    refuse_to_delete_a_unit_that_is_not_empty(asked["OrganizationalUnitId"])
    answer = original(asked)
    detach_everything(asked["OrganizationalUnitId"])
    return answer


@replaces(f"{_TABLE}[MoveAccount]", read="76134d4a6755c304")
def move_account(original: Any, asked: dict[str, str]) -> Any:
    """Move an account from where it is."""
    refuse_another_source_parent(asked["AccountId"], asked["SourceParentId"])
    return original(asked)


def list_children(asked: dict[str, str]) -> Any:
    """List the accounts or units directly below a root or unit."""
    refuse_an_absent_parent(asked["ParentId"])
    kind = asked["ChildType"]
    table = door.organizations._accounts if kind == "ACCOUNT" else door.organizations._ous  # noqa: SLF001 - as above
    children = [{"Id": one["Id"], "Type": kind} for one in table.values() if one["_ParentId"] == asked["ParentId"]]
    return door.organizations._json(200, {"Children": children})  # noqa: SLF001 - as above


adds(f"{_TABLE}[ListChildren]", list_children)


def _is_parent(name: str) -> bool:
    kind = door.organizations._target(name)[1]  # noqa: SLF001 - as above
    return kind in ("ROOT", "ORGANIZATIONAL_UNIT")


def _units() -> list[door.Record]:
    return list(door.organizations._ous.values())  # noqa: SLF001 - as above
