"""Organizations: how accounts come into it, go, and are closed."""

from datetime import timedelta
from typing import Any, Final

from rehearsal.emulator import clock, door, organization
from rehearsal.emulator.accounts import ACCOUNTS
from rehearsal.emulator.patching import adds, replaces
from rehearsal.emulator.request import CALL
from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.organizations.attachments import detach_everything

_API: Final = "https://docs.aws.amazon.com/organizations/latest/APIReference/"
_QUOTAS: Final = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html"
_READ: Final = "2026-11-22"
_TABLE: Final = "services.organizations:_DISPATCH"
_YOUNGEST_TO_GO: Final = timedelta(days=7)

differs(
    "Organizations",
    "Nobody is invited: an account is created in the organisation, or the control path puts it there.",
    "An account is created at once.",
    "Of the policies only service control policies have an effect.",
)


@rule(f"{_API}API_LeaveOrganization.html", read=_READ)
def refuse_the_management_account_to_go(account: str, management: str) -> None:
    """The management account cannot leave its organisation, nor be taken out of it."""
    if account == management:
        raise Refused("MasterCannotLeaveOrganizationException", "You can't remove a management account.")


@rule(f"{_API}API_RemoveAccountFromOrganization.html", read=_READ)
def refuse_who_is_no_member(account: str) -> None:
    """Only an account of the organisation can be taken out of it."""
    if account not in door.organizations._accounts:  # noqa: SLF001 - MiniStack has no public look-up
        raise Refused("AccountNotFoundException", "You specified an account that doesn't exist.")


@rule(f"{_API}API_RemoveAccountFromOrganization.html", read=_READ)
def refuse_a_delegated_administrator_to_go(account: str) -> None:
    """A delegated administrator is deregistered before it goes."""
    if organization.is_delegated(door.account(), account):
        raise Refused("ConstraintViolationException", "You cannot remove an account that is a delegated administrator.")


@rule(_QUOTAS, read=_READ)
def refuse_a_young_account_to_go(account: door.Record) -> None:
    """An account that the organisation created stays in it for seven days at least."""
    age = clock.now().timestamp() - account["JoinedTimestamp"]
    if account["JoinedMethod"] == "CREATED" and age < _YOUNGEST_TO_GO.total_seconds():
        raise Refused("ConstraintViolationException", "The account must exist for seven days before it can be removed.")


@rule(f"{_API}API_CloseAccount.html", read=_READ)
def refuse_to_close_the_management_account(account: str, management: str) -> None:
    """The management account cannot be closed by its own organisation."""
    if account == management:
        raise Refused("ConstraintViolationException", "You cannot close the management account.")


@replaces(f"{_TABLE}[CreateAccount]", read="292c6faea83beec8")
def create_account(original: Any, asked: dict[str, Any]) -> Any:
    """Open an account, with the role by which the management account gets in."""
    tables = door.organizations
    before = set(tables._accounts)  # noqa: SLF001 - as above
    answer = original(asked)
    for account in set(tables._accounts) - before:  # noqa: SLF001 - as above
        kept = tables._accounts[account]  # noqa: SLF001 - as above
        tables._accounts[account] = {**kept, "JoinedTimestamp": int(clock.now().timestamp())}  # noqa: SLF001
        role = asked.get("RoleName") or organization.ADMINISTRATOR_ROLE
        organization.open_to_administrators(account, door.account(), role)
        ACCOUNTS.enter_created(account, _free_name(asked["AccountName"], account), role)
    return answer


@replaces(f"{_TABLE}[CloseAccount]", read="27659c98332a79c1")
def close_account(original: Any, asked: dict[str, str]) -> Any:
    """Close a member: from now on nobody gets into it."""
    refuse_to_close_the_management_account(asked["AccountId"], door.account())
    answer = original(asked)
    if answer[0] == 200:
        ACCOUNTS.close(asked["AccountId"])
    return answer


def remove_account(asked: dict[str, str]) -> Any:
    """Take an account out of the organisation; it keeps all that is in it."""
    account = asked["AccountId"]
    refuse_who_is_no_member(account)
    refuse_the_management_account_to_go(account, door.account())
    return _let_go(account)


def leave_organization(_asked: Any) -> Any:
    """Take the caller's account out of the organisation."""
    call = CALL.get()
    account = call.account if call else door.account()
    refuse_the_management_account_to_go(account, door.account())
    return _let_go(account)


adds(f"{_TABLE}[RemoveAccountFromOrganization]", remove_account)
adds(f"{_TABLE}[LeaveOrganization]", leave_organization)


def _let_go(account: str) -> Any:
    refuse_a_delegated_administrator_to_go(account)
    refuse_a_young_account_to_go(door.organizations._accounts[account])  # noqa: SLF001 - as above
    del door.organizations._accounts[account]  # noqa: SLF001 - as above
    detach_everything(account)
    ACCOUNTS.put_outside(account)
    return door.organizations._json(200, {})  # noqa: SLF001 - as above


def _free_name(name: str, account: str) -> str:
    taken = {entry["name"] for entry in ACCOUNTS.listed()}
    return f"{name}-{account}" if name in taken else name
