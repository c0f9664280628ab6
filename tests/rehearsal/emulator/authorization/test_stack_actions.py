from typing import Any

import pytest

from rehearsal.emulator.authorization.stack_actions import Subject, to_change, to_delete, to_make

PROD = "111111111111"


def subject(kind: str, name: str, **properties: Any) -> Subject:
    return Subject(f"AWS::{kind}", properties, PROD, "eu-west-2", name)


def asked(needs: Any) -> list[tuple[str, str]]:
    return [(action, resource) for action, resource, _ in needs]


def test_a_role_is_made_with_what_it_gets() -> None:
    policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    boundary = f"arn:aws:iam::{PROD}:policy/boundary"
    role = subject("IAM::Role", "engine", ManagedPolicyArns=[policy], Path="/own/", PermissionsBoundary=boundary)
    arn = f"arn:aws:iam::{PROD}:role/own/engine"
    assert list(to_make(role)) == [
        ("iam:CreateRole", arn, {"iam:PermissionsBoundary": boundary}),
        ("iam:AttachRolePolicy", arn, {"iam:PermissionsBoundary": boundary, "iam:PolicyARN": policy}),
    ]


def test_only_what_differs_is_changed() -> None:
    former = {"AssumeRolePolicyDocument": {"a": 1}, "Description": "same"}
    role = subject("IAM::Role", "engine", AssumeRolePolicyDocument={"a": 2}, Description="same")
    assert asked(to_change(role, former)) == [("iam:UpdateAssumeRolePolicy", f"arn:aws:iam::{PROD}:role/engine")]


def test_a_key_has_no_arn_before_it_is_made() -> None:
    assert asked(to_make(subject("KMS::Key", "stack-Key-*"))) == [("kms:CreateKey", "*")]
    key = f"arn:aws:kms:eu-west-2:{PROD}:key/abcd"
    assert asked(to_delete(subject("KMS::Key", "abcd"))) == [("kms:ScheduleKeyDeletion", key)]


def test_the_tags_that_cloudformation_adds_need_no_permission() -> None:
    added = {"Key": "aws:cloudformation:stack-name", "Value": "test"}
    bucket = "arn:aws:s3:::exports"
    assert asked(to_make(subject("S3::Bucket", "exports", Tags=[added]))) == [("s3:CreateBucket", bucket)]
    tagged = subject("S3::Bucket", "exports", Tags=[added, {"Key": "owner", "Value": "platform"}])
    assert asked(to_make(tagged)) == [("s3:CreateBucket", bucket), ("s3:PutBucketTagging", bucket)]


@pytest.mark.parametrize(
    ("kind", "name", "properties", "action", "resource"),
    [
        (
            "IAM::ManagedPolicy",
            f"arn:aws:iam::{PROD}:policy/p",
            {},
            "iam:DeletePolicy",
            f"arn:aws:iam::{PROD}:policy/p",
        ),
        ("IAM::RolePolicy", "p|r", {"RoleName": "r"}, "iam:DeleteRolePolicy", f"arn:aws:iam::{PROD}:role/r"),
        (
            "IAM::OIDCProvider",
            "any",
            {"Url": "https://token.example.com"},
            "iam:DeleteOpenIDConnectProvider",
            f"arn:aws:iam::{PROD}:oidc-provider/token.example.com",
        ),
        ("KMS::Alias", "alias/a", {}, "kms:DeleteAlias", f"arn:aws:kms:eu-west-2:{PROD}:alias/a"),
        ("S3::BucketPolicy", "any", {"Bucket": "exports"}, "s3:DeleteBucketPolicy", "arn:aws:s3:::exports"),
    ],
)
def test_each_type_is_deleted_by_its_own_action(
    kind: str, name: str, properties: dict[str, str], action: str, resource: str
) -> None:
    assert asked(to_delete(subject(kind, name, **properties))) == [(action, resource)]


def test_a_type_that_is_not_judged_needs_nothing() -> None:
    queue = subject("SQS::Queue", "q")
    assert [*to_make(queue), *to_change(queue, {}), *to_delete(queue)] == []
