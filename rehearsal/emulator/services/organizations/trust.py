"""Organizations: services that it trusts, and members that administer one of them for it."""

from typing import Any, Final

from rehearsal.emulator import clock, door, organization
from rehearsal.emulator.patching import adds
from rehearsal.emulator.rules import Refused, rule

_API: Final = "https://docs.aws.amazon.com/organizations/latest/APIReference/"
_READ: Final = "2026-11-22"
_DOMAIN: Final = ".amazonaws.com"


@rule(f"{_API}API_EnableAWSServiceAccess.html", read=_READ)
def refuse_an_unknown_service(principal: str) -> None:
    """Only a service of AWS can be trusted."""
    if not principal.endswith(_DOMAIN):
        raise Refused("InvalidInputException", "You specified an unrecognized service principal.")


@rule(f"{_API}API_RegisterDelegatedAdministrator.html", read=_READ)
def refuse_to_delegate_what_is_not_trusted(principal: str) -> None:
    """A service has a delegated administrator only where the organisation trusts it."""
    if principal not in organization.TRUSTED:
        raise Refused(
            "ConstraintViolationException",
            "You must enable trusted access for the service before you register a delegated administrator.",
        )


@rule(f"{_API}API_RegisterDelegatedAdministrator.html", read=_READ)
def refuse_to_delegate_to_the_management_account(account: str) -> None:
    """The management account is nobody's delegated administrator."""
    if account == door.account():
        raise Refused("ConstraintViolationException", "You cannot register master account as delegated administrator.")


@rule(f"{_API}API_RegisterDelegatedAdministrator.html", read=_READ)
def refuse_to_delegate_to_a_stranger(account: str) -> None:
    """A delegated administrator is an account of the organisation."""
    if account not in door.organizations._accounts:  # noqa: SLF001 - MiniStack has no public look-up
        raise Refused("AccountNotFoundException", "You specified an account that doesn't exist.")


@rule(f"{_API}API_RegisterDelegatedAdministrator.html", read=_READ)
def refuse_to_delegate_twice(account: str, principal: str) -> None:
    """An account is registered once for a service."""
    if account in organization.DELEGATED.get(principal, {}):
        raise Refused("AccountAlreadyRegisteredException", "The account is already a delegated administrator.")


@rule(f"{_API}API_DeregisterDelegatedAdministrator.html", read=_READ)
def refuse_who_is_not_registered(account: str, principal: str) -> None:
    """Only a delegated administrator can be deregistered."""
    if account not in organization.DELEGATED.get(principal, {}):
        raise Refused("AccountNotRegisteredException", "The account is not a delegated administrator.")


def enable_service_access(asked: dict[str, str]) -> Any:
    """Trust a service in the organisation."""
    refuse_an_unknown_service(asked["ServicePrincipal"])
    organization.TRUSTED.setdefault(asked["ServicePrincipal"], clock.now().timestamp())
    return _answer({})


def disable_service_access(asked: dict[str, str]) -> Any:
    """Trust it no more; nobody administers it any more either."""
    organization.TRUSTED.pop(asked["ServicePrincipal"], None)
    organization.DELEGATED.pop(asked["ServicePrincipal"], None)
    return _answer({})


def list_service_access(_asked: Any) -> Any:
    """List the trusted services."""
    listed = [{"ServicePrincipal": name, "DateEnabled": since} for name, since in organization.TRUSTED.items()]
    return _answer({"EnabledServicePrincipals": listed})


def register_administrator(asked: dict[str, str]) -> Any:
    """Let a member administer a service."""
    account, principal = asked["AccountId"], asked["ServicePrincipal"]
    refuse_to_delegate_to_the_management_account(account)
    refuse_to_delegate_to_a_stranger(account)
    refuse_to_delegate_what_is_not_trusted(principal)
    refuse_to_delegate_twice(account, principal)
    kept = organization.DELEGATED.get(principal, {})
    organization.DELEGATED[principal] = {**kept, account: clock.now().timestamp()}
    return _answer({})


def deregister_administrator(asked: dict[str, str]) -> Any:
    """Let it administer the service no more."""
    account, principal = asked["AccountId"], asked["ServicePrincipal"]
    refuse_who_is_not_registered(account, principal)
    kept = organization.DELEGATED[principal]
    organization.DELEGATED[principal] = {one: since for one, since in kept.items() if one != account}
    return _answer({})


def list_administrators(asked: dict[str, str]) -> Any:
    """List who administers a service, or any."""
    wanted = asked.get("ServicePrincipal")
    since = {
        account: enabled
        for principal, accounts in organization.DELEGATED.items()
        if wanted in (None, principal)
        for account, enabled in accounts.items()
    }
    kept = door.organizations._accounts  # noqa: SLF001 - as above
    listed = [
        {**door.organizations._public_account(kept[account]), "DelegationEnabledDate": enabled}  # noqa: SLF001
        for account, enabled in since.items()
    ]
    return _answer({"DelegatedAdministrators": listed})


def list_services_of_administrator(asked: dict[str, str]) -> Any:
    """List what an account administers."""
    listed = [
        {"ServicePrincipal": principal, "DelegationEnabledDate": accounts[asked["AccountId"]]}
        for principal, accounts in organization.DELEGATED.items()
        if asked["AccountId"] in accounts
    ]
    return _answer({"DelegatedServices": listed})


def _answer(content: dict[str, Any]) -> Any:
    return door.organizations._json(200, content)  # noqa: SLF001 - as above


for _operation, _answered in {
    "EnableAWSServiceAccess": enable_service_access,
    "DisableAWSServiceAccess": disable_service_access,
    "ListAWSServiceAccessForOrganization": list_service_access,
    "RegisterDelegatedAdministrator": register_administrator,
    "DeregisterDelegatedAdministrator": deregister_administrator,
    "ListDelegatedAdministrators": list_administrators,
    "ListDelegatedServicesForAccount": list_services_of_administrator,
}.items():
    adds(f"services.organizations:_DISPATCH[{_operation}]", _answered)
