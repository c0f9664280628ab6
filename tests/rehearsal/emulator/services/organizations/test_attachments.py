import json
from typing import Any

import pytest

from tests.emulator_people import allow, deny, document, make_role, refuses
from tests.emulator_process import MANAGEMENT, PROD, Emulator

pytestmark = pytest.mark.emulator

KIND = "SERVICE_CONTROL_POLICY"
FULL_ACCESS = "p-FullAWSAccess"
UNIT = "ou-exam-sources1"


def make_policy(emulator: Emulator, name: str = "guard", *statements: dict[str, Any]) -> str:
    """Make a service control policy, which denies SQS unless told otherwise, and return its id."""
    made = emulator.client("organizations", account=MANAGEMENT).create_policy(
        Name=name, Description="", Type=KIND, Content=document(*(statements or [deny("sqs:*")]))
    )
    return made["Policy"]["PolicySummary"]["Id"]


def attached(organizations: Any, target: str) -> set[str]:
    policies = organizations.list_policies_for_target(TargetId=target, Filter=KIND)["Policies"]
    return {policy["Name"] for policy in policies}


@pytest.mark.parametrize("target", ["r-exam", UNIT, PROD, MANAGEMENT])
def test_everything_begins_with_full_access(emulator: Emulator, target: str) -> None:
    assert attached(emulator.client("organizations", account=MANAGEMENT), target) == {"FullAWSAccess"}


def test_a_new_unit_begins_with_full_access(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    unit = organizations.create_organizational_unit(ParentId="r-exam", Name="Recovery")["OrganizationalUnit"]["Id"]
    assert attached(organizations, unit) == {"FullAWSAccess"}


def test_a_policy_binds_from_its_attachment_to_its_detachment(emulator: Emulator) -> None:
    sqs = emulator.client("sqs", role_arn=make_role(emulator, "worker", allow("sqs:*")))
    organizations = emulator.client("organizations", account=MANAGEMENT)
    policy = make_policy(emulator)
    sqs.list_queues()
    organizations.attach_policy(PolicyId=policy, TargetId=UNIT)
    with refuses("AccessDenied"):
        sqs.list_queues()
    organizations.detach_policy(PolicyId=policy, TargetId=UNIT)
    sqs.list_queues()


def test_a_changed_policy_binds_at_once(emulator: Emulator) -> None:
    sqs = emulator.client("sqs", role_arn=make_role(emulator, "worker", allow("sqs:*")))
    organizations = emulator.client("organizations", account=MANAGEMENT)
    policy = make_policy(emulator)
    organizations.attach_policy(PolicyId=policy, TargetId=PROD)
    organizations.update_policy(PolicyId=policy, Content=document(deny("sns:*")))
    sqs.list_queues()
    organizations.update_policy(PolicyId=policy, Content=document(deny("sqs:ListQueues")))
    with refuses("AccessDenied"):
        sqs.list_queues()


def test_a_moved_account_is_bound_by_its_new_unit(emulator: Emulator) -> None:
    sqs = emulator.client("sqs", role_arn=make_role(emulator, "worker", allow("sqs:*")))
    organizations = emulator.client("organizations", account=MANAGEMENT)
    organizations.attach_policy(PolicyId=make_policy(emulator), TargetId=UNIT)
    organizations.move_account(AccountId=PROD, SourceParentId=UNIT, DestinationParentId="ou-exam-backup01")
    sqs.list_queues()


def test_five_policies_are_attached_to_a_target_and_no_sixth(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    for number in range(4):
        organizations.attach_policy(PolicyId=make_policy(emulator, f"guard {number}"), TargetId=UNIT)
    with refuses("ConstraintViolationException"):
        organizations.attach_policy(PolicyId=make_policy(emulator, "one more"), TargetId=UNIT)


def test_the_last_policy_of_a_target_stays(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    with refuses("ConstraintViolationException"):
        organizations.detach_policy(PolicyId=FULL_ACCESS, TargetId=UNIT)
    organizations.attach_policy(PolicyId=make_policy(emulator, "guard", allow("sqs:*")), TargetId=UNIT)
    organizations.detach_policy(PolicyId=FULL_ACCESS, TargetId=UNIT)
    assert attached(organizations, UNIT) == {"guard"}


def test_without_the_type_nothing_is_bound_and_nothing_attached(emulator: Emulator) -> None:
    sqs = emulator.client("sqs", role_arn=make_role(emulator, "worker", allow("sqs:*")))
    organizations = emulator.client("organizations", account=MANAGEMENT)
    policy = make_policy(emulator)
    organizations.attach_policy(PolicyId=policy, TargetId=UNIT)
    organizations.disable_policy_type(RootId="r-exam", PolicyType=KIND)
    sqs.list_queues()
    with refuses("PolicyTypeNotEnabledException"):
        organizations.attach_policy(PolicyId=policy, TargetId=UNIT)
    organizations.enable_policy_type(RootId="r-exam", PolicyType=KIND)
    assert attached(organizations, UNIT) == {"FullAWSAccess"}


@pytest.mark.parametrize(
    "content",
    [
        "no JSON",
        "{}",
        json.dumps({"Version": "2012-10-17", "Statement": []}),
        document(deny("sqs:*", Principal="*")),
        document({"Effect": "Deny", "Action": "sqs:*"}),
        document({"Effect": "Forbid", "Action": "sqs:*", "Resource": "*"}),
        document({"Effect": "Deny", "Action": "sqs:*", "NotAction": "sns:*", "Resource": "*"}),
    ],
)
def test_fails_when_a_document_is_no_service_control_policy(emulator: Emulator, content: str) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    with refuses("MalformedPolicyDocumentException"):
        organizations.create_policy(Name="guard", Description="", Type=KIND, Content=content)
    policy = make_policy(emulator)
    with refuses("MalformedPolicyDocumentException"):
        organizations.update_policy(PolicyId=policy, Content=content)


def test_a_document_has_5120_characters_and_no_more(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    shortest = len(document(deny("", "*")))
    made = {"Name": "guard", "Description": "", "Type": KIND}
    with refuses("ConstraintViolationException"):
        organizations.create_policy(**made, Content=document(deny("s" * (5121 - shortest))))
    organizations.create_policy(**made, Content=document(deny("s" * (5120 - shortest))))
