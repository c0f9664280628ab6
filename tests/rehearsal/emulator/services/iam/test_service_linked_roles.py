from typing import Any, Final

import pytest

from tests.emulator_people import allow, document, make_role, refuses, trust
from tests.emulator_process import PROD, Emulator

pytestmark = pytest.mark.emulator

SERVICE: Final = "backup.amazonaws.com"
NAME: Final = "AWSServiceRoleForBackup"
POLICY: Final = "arn:aws:iam::aws:policy/aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup"


@pytest.fixture
def iam(emulator: Emulator) -> Any:
    """IAM in prod, where AWS Backup's role is made."""
    client = emulator.client("iam")
    client.create_service_linked_role(AWSServiceName=SERVICE)
    return client


def test_a_linked_role_has_the_name_the_trust_and_the_policy_of_its_service(iam: Any) -> None:
    role = iam.get_role(RoleName=NAME)["Role"]
    assert role["Arn"] == f"arn:aws:iam::{PROD}:role/aws-service-role/{SERVICE}/{NAME}"
    assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": SERVICE}
    [attached] = iam.list_attached_role_policies(RoleName=NAME)["AttachedPolicies"]
    assert attached["PolicyArn"] == POLICY


@pytest.mark.parametrize(
    ("service", "name"),
    [
        ("restore-testing.backup.amazonaws.com", "AWSServiceRoleForBackupRestoreTesting"),
        ("replication.dynamodb.amazonaws.com", "AWSServiceRoleForDynamoDBReplication"),
    ],
)
def test_a_linked_role_has_the_name_that_aws_gives_it(emulator: Emulator, service: str, name: str) -> None:
    made = emulator.client("iam").create_service_linked_role(AWSServiceName=service)["Role"]
    assert (made["RoleName"], made["Path"]) == (name, f"/aws-service-role/{service}/")


def test_fails_when_the_linked_role_exists(iam: Any) -> None:
    with refuses("InvalidInput"):
        iam.create_service_linked_role(AWSServiceName=SERVICE)


def test_fails_when_the_service_has_no_linked_role(emulator: Emulator) -> None:
    with refuses("NoSuchEntity"):
        emulator.client("iam").create_service_linked_role(AWSServiceName="absent.amazonaws.com")


def test_fails_when_a_suffix_is_asked_for(emulator: Emulator) -> None:
    with refuses("InvalidInput"):
        emulator.client("iam").create_service_linked_role(AWSServiceName=SERVICE, CustomSuffix="two")


@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("attach_role_policy", {"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
        ("detach_role_policy", {"PolicyArn": POLICY}),
        ("put_role_policy", {"PolicyName": "more", "PolicyDocument": document(allow("s3:*"))}),
        ("update_assume_role_policy", {"PolicyDocument": trust({"AWS": PROD})}),
        ("put_role_permissions_boundary", {"PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
        ("delete_role", {}),
    ],
)
def test_fails_when_anyone_but_aws_changes_a_linked_role(iam: Any, operation: str, asked: dict[str, str]) -> None:
    with refuses("UnmodifiableEntity"):
        getattr(iam, operation)(RoleName=NAME, **asked)


def test_a_role_of_ones_own_is_changed_and_deleted(emulator: Emulator) -> None:
    make_role(emulator, "worker")
    iam = emulator.client("iam")
    iam.put_role_policy(RoleName="worker", PolicyName="more", PolicyDocument=document(allow("s3:*")))
    iam.delete_role_policy(RoleName="worker", PolicyName="more")
    iam.delete_role(RoleName="worker")


def test_a_linked_role_is_deleted_by_its_own_operation(iam: Any) -> None:
    task = iam.delete_service_linked_role(RoleName=NAME)["DeletionTaskId"]
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    with refuses("NoSuchEntity"):
        iam.get_role(RoleName=NAME)


def test_fails_when_a_person_assumes_a_linked_role(emulator: Emulator, iam: Any) -> None:
    arn = iam.get_role(RoleName=NAME)["Role"]["Arn"]
    with refuses("AccessDenied"):
        emulator.session(arn)


def test_fails_when_the_policy_of_a_linked_role_is_attached_to_another(emulator: Emulator) -> None:
    make_role(emulator, "worker")
    with refuses("PolicyNotAttachable"):
        emulator.client("iam").attach_role_policy(RoleName="worker", PolicyArn=POLICY)


def test_a_linked_role_is_made_by_who_may_make_this_one(emulator: Emulator) -> None:
    resource = f"arn:aws:iam::*:role/aws-service-role/{SERVICE}/{NAME}"
    condition = {"StringEquals": {"iam:AWSServiceName": SERVICE}}
    role = make_role(emulator, "deployer", allow("iam:CreateServiceLinkedRole", resource, Condition=condition))
    iam = emulator.client("iam", role_arn=role)
    with refuses("AccessDenied"):
        iam.create_service_linked_role(AWSServiceName="replication.dynamodb.amazonaws.com")
    assert iam.create_service_linked_role(AWSServiceName=SERVICE)["Role"]["RoleName"] == NAME
