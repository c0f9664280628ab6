import json
from typing import Any

import pytest
from botocore.exceptions import WaiterError

from tests.emulator_people import allow, document, refuses, trust
from tests.emulator_process import PROD, Emulator

pytestmark = pytest.mark.emulator

TRUST: dict[str, Any] = json.loads(trust({"AWS": PROD}))
POLICY: dict[str, Any] = json.loads(document(allow("s3:*")))
CAPABILITIES = ["CAPABILITY_NAMED_IAM"]


def create(emulator: Emulator, resources: dict[str, Any], name: str = "test") -> dict[str, str]:
    """Create a stack and return the physical ids of its resources."""
    cloudformation = emulator.client("cloudformation")
    cloudformation.create_stack(
        StackName=name, TemplateBody=json.dumps({"Resources": resources}), Capabilities=CAPABILITIES
    )
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100}
    )
    made = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in made}


def why_it_failed(emulator: Emulator, resources: dict[str, Any]) -> str:
    """Create a stack that must fail and return the reasons."""
    with pytest.raises(WaiterError):
        create(emulator, resources)
    events = emulator.client("cloudformation").describe_stack_events(StackName="test")["StackEvents"]
    return "\n".join(event.get("ResourceStatusReason", "") for event in events)


def resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{kind}", "Properties": properties}


def test_a_role_gets_its_boundary(emulator: Emulator) -> None:
    create(
        emulator,
        {
            "Boundary": resource("IAM::ManagedPolicy", ManagedPolicyName="boundary", PolicyDocument=POLICY),
            "Role": resource(
                "IAM::Role",
                RoleName="bounded",
                AssumeRolePolicyDocument=TRUST,
                PermissionsBoundary={"Ref": "Boundary"},
            ),
        },
    )
    role = emulator.client("iam").get_role(RoleName="bounded")["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == f"arn:aws:iam::{PROD}:policy/boundary"


def test_a_changed_boundary_is_carried_out(emulator: Emulator) -> None:
    iam = emulator.client("iam")
    arn = iam.create_policy(PolicyName="boundary", PolicyDocument=json.dumps(POLICY))["Policy"]["Arn"]
    create(emulator, {"Role": resource("IAM::Role", RoleName="bounded", AssumeRolePolicyDocument=TRUST)})
    changed = {
        "Role": resource("IAM::Role", RoleName="bounded", AssumeRolePolicyDocument=TRUST, PermissionsBoundary=arn)
    }
    cloudformation = emulator.client("cloudformation")
    cloudformation.update_stack(
        StackName="test", TemplateBody=json.dumps({"Resources": changed}), Capabilities=CAPABILITIES
    )
    cloudformation.get_waiter("stack_update_complete").wait(
        StackName="test", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100}
    )
    assert iam.get_role(RoleName="bounded")["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == arn


def test_an_oidc_provider_is_made_and_deleted(emulator: Emulator) -> None:
    provider = resource("IAM::OIDCProvider", Url="https://token.example.com", ClientIdList=["sts.amazonaws.com"])
    made = create(emulator, {"Provider": provider})["Provider"]
    iam = emulator.client("iam")
    assert made == f"arn:aws:iam::{PROD}:oidc-provider/token.example.com"
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=made)["ClientIDList"] == ["sts.amazonaws.com"]
    cloudformation = emulator.client("cloudformation")
    cloudformation.delete_stack(StackName="test")
    cloudformation.get_waiter("stack_delete_complete").wait(
        StackName="test", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100}
    )
    with refuses("NoSuchEntity"):
        iam.get_open_id_connect_provider(OpenIDConnectProviderArn=made)


def test_a_role_policy_is_written_into_its_role(emulator: Emulator) -> None:
    create(
        emulator,
        {
            "Role": resource("IAM::Role", RoleName="given", AssumeRolePolicyDocument=TRUST),
            "Inline": resource("IAM::RolePolicy", RoleName={"Ref": "Role"}, PolicyName="inline", PolicyDocument=POLICY),
        },
    )
    assert emulator.client("iam").get_role_policy(RoleName="given", PolicyName="inline")["PolicyDocument"] == POLICY


def test_a_bucket_gets_all_that_its_template_says(emulator: Emulator) -> None:
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    create(
        emulator,
        {
            "Bucket": resource(
                "S3::Bucket",
                BucketName="whole",
                BucketEncryption={
                    "ServerSideEncryptionConfiguration": [
                        {"ServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
                    ]
                },
                LifecycleConfiguration={
                    "Rules": [
                        {
                            "Id": "old",
                            "Status": "Enabled",
                            "NoncurrentVersionExpiration": {"NoncurrentDays": 90},
                            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                        }
                    ]
                },
                ObjectLockEnabled=True,
                ObjectLockConfiguration={
                    "ObjectLockEnabled": "Enabled",
                    "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 30}},
                },
                OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
                Tags=[{"Key": "owner", "Value": "platform"}],
                VersioningConfiguration={"Status": "Enabled"},
            )
        },
    )
    s3 = emulator.client("s3")
    [rule] = s3.get_bucket_encryption(Bucket="whole")["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule == {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
    [lifecycle] = s3.get_bucket_lifecycle_configuration(Bucket="whole")["Rules"]
    assert lifecycle["NoncurrentVersionExpiration"] == {"NoncurrentDays": 90}
    assert lifecycle["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 7}
    lock = s3.get_object_lock_configuration(Bucket="whole")["ObjectLockConfiguration"]
    assert lock["Rule"]["DefaultRetention"] == {"Mode": "GOVERNANCE", "Days": 30}
    [ownership] = s3.get_bucket_ownership_controls(Bucket="whole")["OwnershipControls"]["Rules"]
    assert ownership["ObjectOwnership"] == "BucketOwnerEnforced"
    assert {"Key": "owner", "Value": "platform"} in s3.get_bucket_tagging(Bucket="whole")["TagSet"]
    assert s3.get_bucket_versioning(Bucket="whole")["Status"] == "Enabled"


def test_a_deleted_key_waits_as_long_as_its_template_says(emulator: Emulator) -> None:
    key_policy = json.loads(document(allow("kms:*", Principal={"AWS": PROD})))
    made = create(emulator, {"Key": resource("KMS::Key", KeyPolicy=key_policy, PendingWindowInDays=7)})["Key"]
    cloudformation, kms = emulator.client("cloudformation"), emulator.client("kms")
    cloudformation.delete_stack(StackName="test")
    cloudformation.get_waiter("stack_delete_complete").wait(
        StackName="test", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100}
    )
    found = kms.describe_key(KeyId=made)["KeyMetadata"]
    assert (found["DeletionDate"] - found["CreationDate"]).days in (6, 7)


@pytest.mark.parametrize(
    ("surplus", "sentence"),
    [
        (resource("S3::Bucket", BucketName="odd", Colour="red"), "Encountered unsupported property Colour"),
        (
            resource("IAM::Role", AssumeRolePolicyDocument=TRUST, PermissionBoundary="x"),
            "Encountered unsupported property PermissionBoundary",
        ),
        (resource("IAM::Role", RoleName="no-trust"), "Property AssumeRolePolicyDocument cannot be empty"),
        (
            resource(
                "IAM::Role", AssumeRolePolicyDocument=TRUST, PermissionsBoundary=f"arn:aws:iam::{PROD}:policy/absent"
            ),
            "does not exist or is not attachable",
        ),
        (
            resource("IAM::Role", AssumeRolePolicyDocument=TRUST, ManagedPolicyArns=["arn:aws:iam::aws:policy/Absent"]),
            "does not exist or is not attachable",
        ),
    ],
)
def test_fails_when_a_template_says_what_cannot_be_carried_out(
    emulator: Emulator, surplus: dict[str, Any], sentence: str
) -> None:
    assert sentence in why_it_failed(emulator, {"Odd": surplus})


def test_fails_when_the_role_exists_and_leaves_it_as_it_was(emulator: Emulator) -> None:
    iam = emulator.client("iam")
    iam.create_role(RoleName="taken", AssumeRolePolicyDocument=json.dumps(TRUST), Description="first")
    again = resource("IAM::Role", RoleName="taken", AssumeRolePolicyDocument=TRUST)
    assert "taken already exists" in why_it_failed(emulator, {"Again": again})
    assert iam.get_role(RoleName="taken")["Role"]["Description"] == "first"


def test_fails_when_the_policy_exists_and_leaves_it_as_it_was(emulator: Emulator) -> None:
    iam = emulator.client("iam")
    arn = iam.create_policy(PolicyName="taken", PolicyDocument=json.dumps(POLICY), Description="first")["Policy"]["Arn"]
    again = resource("IAM::ManagedPolicy", ManagedPolicyName="taken", PolicyDocument=POLICY)
    assert "A policy called taken already exists" in why_it_failed(emulator, {"Again": again})
    assert iam.get_policy(PolicyArn=arn)["Policy"]["Description"] == "first"
