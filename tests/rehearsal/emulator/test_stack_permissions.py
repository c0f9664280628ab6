"""CloudFormation does for its caller what the caller may do, and nothing more."""

import json
from typing import Any, Final

import pytest
from botocore.exceptions import WaiterError

from tests.emulator_people import allow, document, make_role, refuses, trust
from tests.emulator_process import PROD, Emulator

pytestmark = pytest.mark.emulator

BUCKET: Final = "strongroom-made-by-a-stack"
STACKS: Final = allow("cloudformation:*")
MAKES: Final = allow(["s3:CreateBucket", "s3:PutBucketTagging", "s3:DeleteBucket"], f"arn:aws:s3:::{BUCKET}")
TEMPLATE: Final = {
    "Bucket": {
        "Type": "AWS::S3::Bucket",
        "Properties": {"BucketName": BUCKET, "Tags": [{"Key": "owner", "Value": "platform"}]},
    }
}
ROLE: Final[dict[str, Any]] = {
    "Role": {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "RoleName": "made",
            "AssumeRolePolicyDocument": json.loads(trust({"AWS": PROD})),
            "ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        },
    }
}


def act(emulator: Emulator, role: str, operation: str, resources: dict[str, Any] | None = None, **more: Any) -> None:
    """Create, update or delete the stack `test` as a role, and wait until it is done."""
    cloudformation = emulator.client("cloudformation", role_arn=role)
    template = {"TemplateBody": json.dumps({"Resources": resources})} if resources else {}
    capabilities = {"Capabilities": ["CAPABILITY_NAMED_IAM"]} if resources else {}
    getattr(cloudformation, f"{operation}_stack")(StackName="test", **template, **capabilities, **more)
    cloudformation.get_waiter(f"stack_{operation}_complete").wait(
        StackName="test", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100}
    )


def reasons(emulator: Emulator) -> str:
    events = emulator.client("cloudformation").describe_stack_events(StackName="test")["StackEvents"]
    return "\n".join(event.get("ResourceStatusReason", "") for event in events)


def buckets(emulator: Emulator) -> list[str]:
    return [bucket["Name"] for bucket in emulator.client("s3").list_buckets()["Buckets"]]


def test_a_stack_is_made_and_deleted_by_who_may_make_and_delete_its_resources(emulator: Emulator) -> None:
    role = make_role(emulator, "deployer", STACKS, MAKES)
    act(emulator, role, "create", TEMPLATE)
    assert buckets(emulator) == [BUCKET]
    act(emulator, role, "delete")
    assert buckets(emulator) == []


def test_fails_when_the_caller_may_not_make_the_resource(emulator: Emulator) -> None:
    role = make_role(emulator, "deployer", STACKS)
    with pytest.raises(WaiterError):
        act(emulator, role, "create", TEMPLATE)
    assert f"is not authorized to perform: s3:CreateBucket on resource: arn:aws:s3:::{BUCKET}" in reasons(emulator)
    assert buckets(emulator) == []


def test_fails_when_the_caller_may_not_give_what_the_resource_is_to_have(emulator: Emulator) -> None:
    role = make_role(emulator, "deployer", STACKS, allow(["s3:CreateBucket", "s3:DeleteBucket"]))
    with pytest.raises(WaiterError):
        act(emulator, role, "create", TEMPLATE)
    assert "is not authorized to perform: s3:PutBucketTagging" in reasons(emulator)


def test_fails_when_the_caller_may_not_delete_the_resource(emulator: Emulator) -> None:
    act(emulator, make_role(emulator, "maker", STACKS, MAKES), "create", TEMPLATE)
    with pytest.raises(WaiterError):
        act(emulator, make_role(emulator, "deployer", STACKS), "delete")
    assert buckets(emulator) == [BUCKET]


def test_fails_when_the_caller_may_not_change_the_resource(emulator: Emulator) -> None:
    act(emulator, make_role(emulator, "maker", STACKS, MAKES), "create", TEMPLATE)
    changed = json.loads(json.dumps(TEMPLATE).replace("platform", "somebody"))
    with pytest.raises(WaiterError):
        act(emulator, make_role(emulator, "deployer", STACKS), "update", changed)
    act(emulator, f"arn:aws:iam::{PROD}:role/maker", "update", changed)


def test_the_policies_of_a_role_are_attached_by_who_may_attach_these(emulator: Emulator) -> None:
    condition = {"ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}
    makes = allow(["iam:CreateRole", "iam:DeleteRole", "iam:DetachRolePolicy"], f"arn:aws:iam::{PROD}:role/made")
    role = make_role(emulator, "deployer", STACKS, makes)
    with pytest.raises(WaiterError):
        act(emulator, role, "create", ROLE)
    act(emulator, role, "delete")
    attaches = allow("iam:AttachRolePolicy", f"arn:aws:iam::{PROD}:role/made", Condition=condition)
    emulator.client("iam").put_role_policy(
        RoleName="deployer", PolicyName="test", PolicyDocument=document(STACKS, makes, attaches)
    )
    act(emulator, role, "create", ROLE)
    assert emulator.client("iam").get_role(RoleName="made")["Role"]["RoleName"] == "made"


def test_a_stack_with_a_role_acts_as_it_until_it_is_deleted(emulator: Emulator) -> None:
    service = make_role(emulator, "service", MAKES, trusts=trust({"Service": "cloudformation.amazonaws.com"}))
    passes = allow("iam:PassRole", service)
    role = make_role(emulator, "deployer", STACKS, passes)
    act(emulator, role, "create", TEMPLATE, RoleARN=service)
    assert buckets(emulator) == [BUCKET]
    act(emulator, role, "delete")
    assert buckets(emulator) == []


def test_fails_when_the_role_of_a_stack_does_not_trust_cloudformation(emulator: Emulator) -> None:
    service = make_role(emulator, "service", MAKES)
    role = make_role(emulator, "deployer", STACKS, allow("iam:PassRole", service))
    with refuses("ValidationError"):
        act(emulator, role, "create", TEMPLATE, RoleARN=service)


def test_a_change_set_acts_for_who_executes_it(emulator: Emulator) -> None:
    cloudformation = emulator.client("cloudformation", role_arn=make_role(emulator, "deployer", STACKS))
    cloudformation.create_change_set(
        StackName="test",
        ChangeSetName="first",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps({"Resources": TEMPLATE}),
    )
    cloudformation.execute_change_set(StackName="test", ChangeSetName="first")
    with pytest.raises(WaiterError):
        cloudformation.get_waiter("stack_create_complete").wait(
            StackName="test", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100}
        )
    assert "is not authorized to perform: s3:CreateBucket" in reasons(emulator)
