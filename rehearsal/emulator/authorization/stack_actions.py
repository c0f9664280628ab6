"""What CloudFormation needs to be allowed, for whom it acts, to make, change and delete a resource."""

# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html (read 2026-11-22)

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

Properties = Mapping[str, Any]
Need = tuple[str, str, dict[str, Any]]
"""Action, resource, condition keys."""


@dataclass(frozen=True)
class Subject:
    """A resource of a stack."""

    kind: str
    """`AWS::S3::Bucket`."""
    properties: Properties
    account: str
    region: str
    name: str
    """Physical id; of what is only being made without a name of its own, how its name begins, with `*`."""


@dataclass(frozen=True)
class _Type:
    arn: Callable[[Subject], str]
    make: str
    delete: str
    sets: Mapping[str, str] = field(default_factory=dict[str, str])
    """Property -> the action that gives it, besides the one that makes the resource."""
    changes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Property -> the action that changes it later; those of `sets` do so too."""
    is_named_when_made: bool = True
    """Whether the resource has its ARN before it is made."""


def to_make(subject: Subject) -> Iterator[Need]:
    """Yield what making a resource needs; nothing for a type that is not judged."""
    known = _TYPES.get(subject.kind)
    if known is None:
        return
    arn = known.arn(subject) if known.is_named_when_made else "*"
    yield known.make, arn, _keys(subject, None)
    for name, action in known.sets.items():
        if _given(subject.properties, name):
            yield from _each(subject, name, action, arn)


def to_change(subject: Subject, former: Properties) -> Iterator[Need]:
    """Yield what changing a resource from its former properties needs."""
    known = _TYPES.get(subject.kind)
    if known is None:
        return
    for name, action in {**known.sets, **known.changes}.items():
        if _given(subject.properties, name) != _given(former, name):
            yield from _each(subject, name, action, known.arn(subject))


def to_delete(subject: Subject) -> Iterator[Need]:
    """Yield what deleting a resource needs."""
    known = _TYPES.get(subject.kind)
    if known:
        yield known.delete, known.arn(subject), {}


def _given(properties: Properties, name: str) -> Any:
    """Return a property as a template gives it: the tags that CloudFormation adds need no permission."""
    value: Any = properties.get(name)
    if name != "Tags" or not isinstance(value, list):
        return value
    tags = cast("list[dict[str, str]]", value)
    return [tag for tag in tags if not tag["Key"].startswith("aws:")]


def _each(subject: Subject, name: str, action: str, arn: str) -> Iterator[Need]:
    if name != "ManagedPolicyArns":
        yield action, arn, _keys(subject, None)
        return
    policies: list[str] = subject.properties.get(name) or []
    for policy in policies:
        yield action, arn, _keys(subject, policy)


def _keys(subject: Subject, policy: str | None) -> dict[str, Any]:
    keys = {"iam:PermissionsBoundary": subject.properties.get("PermissionsBoundary"), "iam:PolicyARN": policy}
    return {name: value for name, value in keys.items() if value}


def _iam(kind: str) -> Callable[[Subject], str]:
    def arn(subject: Subject) -> str:
        if subject.name.startswith("arn:"):
            return subject.name
        return f"arn:aws:iam::{subject.account}:{kind}{subject.properties.get('Path', '/')}{subject.name}"

    return arn


def _role_of_policy(subject: Subject) -> str:
    return f"arn:aws:iam::{subject.account}:role/{subject.properties.get('RoleName', '*')}"


def _provider(subject: Subject) -> str:
    host = str(subject.properties.get("Url", "")).partition("://")[2]
    return f"arn:aws:iam::{subject.account}:oidc-provider/{host}"


def _key(subject: Subject) -> str:
    return f"arn:aws:kms:{subject.region}:{subject.account}:key/{subject.name.rpartition('/')[2]}"


def _alias(subject: Subject) -> str:
    return f"arn:aws:kms:{subject.region}:{subject.account}:{subject.properties.get('AliasName', subject.name)}"


def _bucket(subject: Subject) -> str:
    return f"arn:aws:s3:::{subject.properties.get('Bucket') or subject.name}"


_TYPES: Final = {
    "AWS::IAM::ManagedPolicy": _Type(
        _iam("policy"), "iam:CreatePolicy", "iam:DeletePolicy", changes={"PolicyDocument": "iam:CreatePolicyVersion"}
    ),
    "AWS::IAM::OIDCProvider": _Type(
        _provider,
        "iam:CreateOpenIDConnectProvider",
        "iam:DeleteOpenIDConnectProvider",
        {"Tags": "iam:TagOpenIDConnectProvider"},
        {
            "ClientIdList": "iam:AddClientIDToOpenIDConnectProvider",
            "ThumbprintList": "iam:UpdateOpenIDConnectProviderThumbprint",
        },
    ),
    "AWS::IAM::Role": _Type(
        _iam("role"),
        "iam:CreateRole",
        "iam:DeleteRole",
        {"ManagedPolicyArns": "iam:AttachRolePolicy", "Policies": "iam:PutRolePolicy", "Tags": "iam:TagRole"},
        {
            "AssumeRolePolicyDocument": "iam:UpdateAssumeRolePolicy",
            "Description": "iam:UpdateRole",
            "MaxSessionDuration": "iam:UpdateRole",
            "PermissionsBoundary": "iam:PutRolePermissionsBoundary",
        },
    ),
    "AWS::IAM::RolePolicy": _Type(
        _role_of_policy, "iam:PutRolePolicy", "iam:DeleteRolePolicy", changes={"PolicyDocument": "iam:PutRolePolicy"}
    ),
    "AWS::KMS::Alias": _Type(_alias, "kms:CreateAlias", "kms:DeleteAlias", changes={"TargetKeyId": "kms:UpdateAlias"}),
    "AWS::KMS::Key": _Type(
        _key,
        "kms:CreateKey",
        "kms:ScheduleKeyDeletion",
        {"Tags": "kms:TagResource"},
        {"EnableKeyRotation": "kms:EnableKeyRotation", "Enabled": "kms:EnableKey", "KeyPolicy": "kms:PutKeyPolicy"},
        is_named_when_made=False,
    ),
    "AWS::S3::Bucket": _Type(
        _bucket,
        "s3:CreateBucket",
        "s3:DeleteBucket",
        {
            "BucketEncryption": "s3:PutEncryptionConfiguration",
            "LifecycleConfiguration": "s3:PutLifecycleConfiguration",
            "ObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
            "OwnershipControls": "s3:PutBucketOwnershipControls",
            "PublicAccessBlockConfiguration": "s3:PutBucketPublicAccessBlock",
            "Tags": "s3:PutBucketTagging",
            "VersioningConfiguration": "s3:PutBucketVersioning",
        },
    ),
    "AWS::S3::BucketPolicy": _Type(
        _bucket, "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", changes={"PolicyDocument": "s3:PutBucketPolicy"}
    ),
}
"""Types of the bootstrap templates; CloudFormation is asked for nothing about others."""
