"""The CloudFormation template of one account's day one."""

from typing import Final, cast

from strongroom.documents.bootstrap import sizes
from strongroom.documents.bootstrap.account import Account, PipelineRole, ServiceRole, StateStore
from strongroom.documents.policy import Document, title
from strongroom.facts import limits, names

Json = dict[str, object]

BOUNDARY: Final = title(names.BOUNDARY)
STATE_KEY: Final = "StateKey"
STATE_BUCKET: Final = "StateBucket"
_OLD_VERSIONS_DAYS: Final = 90
"""Days that an old version of a state is kept."""


def template(account: Account) -> Json:
    """Render the template.

    Raises:
        TooLargeError: a policy or the whole is larger than AWS takes.
    """
    resources: Json = {BOUNDARY: _policy(names.BOUNDARY, account.boundary)}
    for url, audiences in account.issuers.items():
        resources[_provider_id(url)] = _provider(url, audiences)
    for name, policy in account.policies.items():
        resources[title(name)] = _policy(name, policy)
    for role in account.roles:
        resources[title(role.name)] = _role(role, list(account.issuers))
    for taken in account.services:
        resources[title(taken.name)] = _service_role(taken)
    if account.store:
        resources.update(_state(account.store))
    whole: Json = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"strongroom: roles of the pipeline in account {account.id}, for {', '.join(account.stacks)}",
        "Resources": resources,
    }
    sizes.check(
        f"the template of account {account.id}",
        whole,
        limits.TEMPLATE_BYTES,
        "move some of the sources to another backup account",
    )
    return whole


def _policy(name: str, policy: Document) -> Json:
    sizes.check(
        f"policy {name}",
        policy,
        limits.MANAGED_POLICY_CHARACTERS,
        "give the tables one common prefix, or split the environment",
    )
    return {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": {"ManagedPolicyName": name, "PolicyDocument": policy},
    }


def _provider(url: str, audiences: tuple[str, ...]) -> Json:
    return {"Type": "AWS::IAM::OIDCProvider", "Properties": {"Url": url, "ClientIdList": list(audiences)}}


def _provider_id(url: str) -> str:
    return "Issuer" + "".join(part.title() for part in url.removeprefix("https://").replace("/", ".").split("."))


def _service_role(role: ServiceRole) -> Json:
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "RoleName": role.name,
            "AssumeRolePolicyDocument": role.trust,
            "ManagedPolicyArns": [*role.managed, *({"Ref": title(policy)} for policy in role.policies)],
            "PermissionsBoundary": {"Ref": BOUNDARY},
        },
    }


def _role(role: PipelineRole, issuers: list[str]) -> Json:
    sizes.check(
        f"the trust of role {role.name}", role.trust, limits.TRUST_POLICY_CHARACTERS, "use a shorter repository name"
    )
    return {
        "Type": "AWS::IAM::Role",
        # The trust names the provider by its ARN, which CloudFormation cannot see as a reference.
        "DependsOn": [_provider_id(url) for url in issuers],
        "Properties": {
            "RoleName": role.name,
            "AssumeRolePolicyDocument": role.trust,
            "ManagedPolicyArns": [{"Ref": title(policy)} for policy in role.policies],
            "PermissionsBoundary": {"Ref": BOUNDARY},
            "MaxSessionDuration": role.session_seconds,
        },
    }


def _state(store: StateStore) -> Json:
    key_arn: Json = {"Fn::GetAtt": [STATE_KEY, "Arn"]}
    return {
        STATE_KEY: {
            "Type": "AWS::KMS::Key",
            **_KEPT,
            "Properties": {
                "Description": "Pulumi state and secrets of strongroom",
                "EnableKeyRotation": True,
                "KeyPolicy": store.key_policy,
                "PendingWindowInDays": 30,
            },
        },
        "StateKeyAlias": {
            "Type": "AWS::KMS::Alias",
            "Properties": {"AliasName": names.STATE_KEY_ALIAS, "TargetKeyId": {"Ref": STATE_KEY}},
        },
        STATE_BUCKET: {"Type": "AWS::S3::Bucket", **_KEPT, "Properties": _bucket(store, key_arn)},
        "StateBucketPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {
                "Bucket": {"Ref": STATE_BUCKET},
                "PolicyDocument": _with_reference(store.bucket_policy(_KEY_PLACE), key_arn),
            },
        },
    }


_KEPT: Final[Json] = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
_KEY_PLACE: Final = "state-key-arn"


def _bucket(store: StateStore, key_arn: Json) -> Json:
    by_key: Json = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key_arn}
    return {
        "BucketName": store.bucket,
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"BucketKeyEnabled": True, "ServerSideEncryptionByDefault": by_key}]
        },
        "VersioningConfiguration": {"Status": "Enabled"},
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        },
        "LifecycleConfiguration": {
            "Rules": [
                {
                    "Id": "old-versions",
                    "Status": "Enabled",
                    "NoncurrentVersionExpiration": {"NoncurrentDays": _OLD_VERSIONS_DAYS},
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                }
            ]
        },
    }


def _with_reference(value: object, key_arn: Json) -> object:
    """The document with the key's place taken by a reference to it."""
    if value == _KEY_PLACE:
        return key_arn
    if isinstance(value, dict):
        return {key: _with_reference(inner, key_arn) for key, inner in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        return [_with_reference(inner, key_arn) for inner in cast("list[object]", value)]
    return value
