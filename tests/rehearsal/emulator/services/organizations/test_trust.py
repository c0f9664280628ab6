import pytest

from tests.emulator_people import refuses
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, Emulator

pytestmark = pytest.mark.emulator

SERVICE = "backup.amazonaws.com"


def test_a_service_is_trusted_until_it_is_not(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    organizations.enable_aws_service_access(ServicePrincipal=SERVICE)
    trusted = organizations.list_aws_service_access_for_organization()["EnabledServicePrincipals"]
    assert [service["ServicePrincipal"] for service in trusted] == [SERVICE]
    organizations.disable_aws_service_access(ServicePrincipal=SERVICE)
    assert organizations.list_aws_service_access_for_organization()["EnabledServicePrincipals"] == []


def test_fails_when_what_is_trusted_is_no_service(emulator: Emulator) -> None:
    with refuses("InvalidInputException"):
        emulator.client("organizations", account=MANAGEMENT).enable_aws_service_access(ServicePrincipal="backup")


def test_a_delegated_administrator_is_listed_and_may_read_the_organization(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    member = emulator.client("organizations", account=BACKUP)
    organizations.enable_aws_service_access(ServicePrincipal=SERVICE)
    with refuses("AccessDeniedException"):
        member.list_accounts()
    organizations.register_delegated_administrator(AccountId=BACKUP, ServicePrincipal=SERVICE)
    [listed] = organizations.list_delegated_administrators(ServicePrincipal=SERVICE)["DelegatedAdministrators"]
    assert (listed["Id"], listed["Name"], listed["Status"]) == (BACKUP, "backup", "ACTIVE")
    [service] = organizations.list_delegated_services_for_account(AccountId=BACKUP)["DelegatedServices"]
    assert service["ServicePrincipal"] == SERVICE
    assert PROD in {account["Id"] for account in member.list_accounts()["Accounts"]}
    with refuses("AccessDeniedException"):
        member.move_account(AccountId=PROD, SourceParentId="ou-exam-sources1", DestinationParentId="r-exam")
    organizations.deregister_delegated_administrator(AccountId=BACKUP, ServicePrincipal=SERVICE)
    assert organizations.list_delegated_administrators()["DelegatedAdministrators"] == []
    with refuses("AccessDeniedException"):
        member.list_accounts()


def test_fails_when_the_service_to_delegate_is_not_trusted(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    with refuses("ConstraintViolationException"):
        organizations.register_delegated_administrator(AccountId=BACKUP, ServicePrincipal=SERVICE)


@pytest.mark.parametrize(
    ("account", "code"),
    [(MANAGEMENT, "ConstraintViolationException"), ("999999999999", "AccountNotFoundException")],
)
def test_fails_when_the_delegate_is_no_member(emulator: Emulator, account: str, code: str) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    organizations.enable_aws_service_access(ServicePrincipal=SERVICE)
    with refuses(code):
        organizations.register_delegated_administrator(AccountId=account, ServicePrincipal=SERVICE)


def test_fails_when_a_delegate_is_registered_or_deregistered_twice(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    organizations.enable_aws_service_access(ServicePrincipal=SERVICE)
    organizations.register_delegated_administrator(AccountId=BACKUP, ServicePrincipal=SERVICE)
    with refuses("AccountAlreadyRegisteredException"):
        organizations.register_delegated_administrator(AccountId=BACKUP, ServicePrincipal=SERVICE)
    organizations.deregister_delegated_administrator(AccountId=BACKUP, ServicePrincipal=SERVICE)
    with refuses("AccountNotRegisteredException"):
        organizations.deregister_delegated_administrator(AccountId=BACKUP, ServicePrincipal=SERVICE)
