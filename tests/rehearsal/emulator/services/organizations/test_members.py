from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, Emulator

pytestmark = pytest.mark.emulator

DAY = 86_400


def open_account(emulator: Emulator, **more: Any) -> str:
    """Open an account through Organizations and return its id."""
    organizations = emulator.client("organizations", account=MANAGEMENT)
    asked = organizations.create_account(Email="new@example.com", AccountName="recovery", **more)["CreateAccountStatus"]
    status = organizations.describe_create_account_status(CreateAccountRequestId=asked["Id"])["CreateAccountStatus"]
    assert status["State"] == "SUCCEEDED"
    return status["AccountId"]


def entry(emulator: Emulator, account: str) -> dict[str, Any]:
    [found] = [one for one in emulator.control("GET", "accounts") if one["id"] == account]
    return found


def advance(emulator: Emulator, days: float) -> None:
    emulator.advance(days * DAY)


def test_an_account_that_is_created_is_one_like_all_others(emulator: Emulator) -> None:
    account = open_account(emulator)
    assert (entry(emulator, account)["name"], entry(emulator, account)["inside"]) == ("recovery", True)
    told = emulator.client("organizations", account=account).describe_organization()["Organization"]
    assert told["Id"] == "o-exampleorg1"


def test_the_role_into_a_created_account_has_the_name_that_was_asked(emulator: Emulator) -> None:
    account = open_account(emulator, RoleName="Rescue")
    role = f"arn:aws:iam::{account}:role/Rescue"
    assert entry(emulator, account)["administrator_role_arn"] == role
    emulator.assume(emulator.administrator_of(MANAGEMENT), role)


def test_an_account_that_leaves_is_in_no_organization_and_keeps_what_it_has(emulator: Emulator) -> None:
    advance(emulator, 8)
    emulator.client("sqs").create_queue(QueueName="kept")
    emulator.client("organizations").leave_organization()
    with refuses("AWSOrganizationsNotInUseException"):
        emulator.client("organizations").describe_organization()
    assert entry(emulator, PROD)["inside"] is False
    assert len(emulator.client("sqs").list_queues()["QueueUrls"]) == 1
    listed = emulator.client("organizations", account=MANAGEMENT).list_accounts()["Accounts"]
    assert PROD not in {account["Id"] for account in listed}


def test_an_account_is_taken_out_by_the_management_account(emulator: Emulator) -> None:
    advance(emulator, 8)
    emulator.client("organizations", account=MANAGEMENT).remove_account_from_organization(AccountId=PROD)
    assert entry(emulator, PROD)["inside"] is False


def test_fails_when_an_account_goes_within_seven_days(emulator: Emulator) -> None:
    with refuses("ConstraintViolationException"):
        emulator.client("organizations").leave_organization()
    with refuses("ConstraintViolationException"):
        emulator.client("organizations", account=MANAGEMENT).remove_account_from_organization(AccountId=PROD)


def test_fails_when_a_delegated_administrator_goes(emulator: Emulator) -> None:
    advance(emulator, 8)
    organizations = emulator.client("organizations", account=MANAGEMENT)
    organizations.enable_aws_service_access(ServicePrincipal="backup.amazonaws.com")
    organizations.register_delegated_administrator(AccountId=BACKUP, ServicePrincipal="backup.amazonaws.com")
    with refuses("ConstraintViolationException"):
        organizations.remove_account_from_organization(AccountId=BACKUP)
    organizations.deregister_delegated_administrator(AccountId=BACKUP, ServicePrincipal="backup.amazonaws.com")
    organizations.remove_account_from_organization(AccountId=BACKUP)


def test_fails_when_the_management_account_goes(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    with refuses("MasterCannotLeaveOrganizationException"):
        organizations.leave_organization()
    with refuses("MasterCannotLeaveOrganizationException"):
        organizations.remove_account_from_organization(AccountId=MANAGEMENT)


def test_fails_when_a_stranger_is_taken_out(emulator: Emulator) -> None:
    with refuses("AccountNotFoundException"):
        emulator.client("organizations", account=MANAGEMENT).remove_account_from_organization(AccountId="999999999999")


def test_nobody_gets_into_a_closed_account(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    inside = emulator.client("sqs")
    inside.list_queues()
    organizations.close_account(AccountId=PROD)
    assert organizations.describe_account(AccountId=PROD)["Account"]["Status"] == "SUSPENDED"
    with refuses("InvalidClientTokenId"):
        inside.list_queues()
    with refuses("AccountAlreadyClosedException"):
        organizations.close_account(AccountId=PROD)


def test_fails_when_the_management_account_is_closed(emulator: Emulator) -> None:
    with refuses("ConstraintViolationException"):
        emulator.client("organizations", account=MANAGEMENT).close_account(AccountId=MANAGEMENT)
