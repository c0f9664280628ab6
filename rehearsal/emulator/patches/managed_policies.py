"""AWS's own policies: those of AWS Backup exist, and attaching one that AWS does not have is refused."""

import json
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import adds, replaces
from rehearsal.emulator.rules import Refused, rule

_PAGE: Final = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html"
_LINKED: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html"
_SERVICE_LINKED: Final = "arn:aws:iam::aws:policy/aws-service-role/"
_TABLES: Final = "arn:aws:dynamodb:*:*:table/*"
_BACKUPS: Final = "arn:aws:dynamodb:*:*:table/*/backup/*"
_VAULTS: Final = "arn:aws:backup:*:*:backup-vault:*"
_POINTS: Final = "arn:aws:backup:*:*:recovery-point:*"


def _allow(actions: list[str], resource: str, **conditions: dict[str, object]) -> dict[str, object]:
    condition = {"Condition": conditions} if conditions else {}
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **condition}


def _through(service: str) -> dict[str, object]:
    return {"kms:ViaService": [f"{service}.*.amazonaws.com"]}


_DESCRIBED_KEY: Final = _allow(["kms:DescribeKey"], "*")
_GRANT_FOR_AWS: Final = _allow(["kms:CreateGrant"], "*", Bool={"kms:GrantIsForAWSResource": "true"})
_OWN_POINT_TAGS: Final = _allow(
    ["backup:TagResource"], _POINTS, StringEquals={"aws:PrincipalAccount": "${aws:ResourceAccount}"}
)
_POLICIES: Final[dict[str, list[dict[str, object]]]] = {
    "service-role/AWSBackupServiceRolePolicyForBackup": [
        _allow(["dynamodb:DescribeTable", "dynamodb:CreateBackup"], _TABLES),
        _allow(["dynamodb:DescribeBackup", "dynamodb:DeleteBackup"], _BACKUPS),
        _allow(["dynamodb:StartAwsBackupJob", "dynamodb:ListTagsOfResource"], _TABLES),
        _allow(["backup:DescribeBackupVault", "backup:CopyIntoBackupVault"], _VAULTS),
        _allow(["backup:CopyFromBackupVault"], "*"),
        _allow(["kms:Decrypt", "kms:GenerateDataKey"], "*", StringLike=_through("dynamodb")),
        _DESCRIBED_KEY,
        _GRANT_FOR_AWS,
        _allow(["tag:GetResources"], "*"),
        _OWN_POINT_TAGS,
    ],
    "service-role/AWSBackupServiceRolePolicyForRestores": [
        _allow(
            [
                "dynamodb:Scan",
                "dynamodb:Query",
                "dynamodb:UpdateItem",
                "dynamodb:PutItem",
                "dynamodb:GetItem",
                "dynamodb:DeleteItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:DescribeTable",
                "dynamodb:RestoreTableFromAwsBackup",
            ],
            _TABLES,
        ),
        _allow(["dynamodb:RestoreTableFromBackup"], _BACKUPS),
        _DESCRIBED_KEY,
        _allow(
            [
                "kms:Decrypt",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:ReEncryptTo",
                "kms:ReEncryptFrom",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:DescribeKey",
            ],
            "*",
            StringLike=_through("dynamodb"),
        ),
        _GRANT_FOR_AWS,
        _allow(
            [
                "backup:StartRestoreJob",
                "backup:ListRestoreJobs",
                "backup:ListRecoveryPointsByBackupVault",
                "backup:DescribeRestoreJob",
            ],
            "*",
        ),
    ],
    "aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup": [
        _allow(["tag:GetResources", "dynamodb:ListTables", "s3:ListAllMyBuckets", "s3:GetBucketTagging"], "*"),
        _DESCRIBED_KEY,
        _allow(["dynamodb:DeleteBackup"], _BACKUPS),
        _allow(["dynamodb:ListTagsOfResource", "dynamodb:DescribeTable"], _TABLES),
        _allow(
            [
                "events:DeleteRule",
                "events:PutTargets",
                "events:DescribeRule",
                "events:EnableRule",
                "events:PutRule",
                "events:RemoveTargets",
                "events:ListTargetsByRule",
                "events:DisableRule",
            ],
            "arn:aws:events:*:*:rule/AwsBackupManagedRule*",
        ),
        _allow(["events:ListRules"], "*"),
        _OWN_POINT_TAGS,
    ],
}
"""Statements on services that a rehearsal has; what they say of others is left out.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ (read 2026-11-22), the page of each policy's name.
"""


@rule(_PAGE, read="2026-11-22")
def refuse_to_attach_an_absent_policy(arn: str) -> None:
    """Only a managed policy that exists can be attached."""
    if not door.iam._policy_exists(arn):  # noqa: SLF001
        raise Refused("NoSuchEntity", f"Policy {arn} does not exist or is not attachable.")


@rule(_LINKED, read="2026-11-22")
def refuse_a_policy_of_service_linked_roles(arn: str) -> None:
    """The policy of a service-linked role is attached by AWS alone."""
    if arn.startswith(_SERVICE_LINKED):
        raise Refused("PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.")


def _attached(original: Any, form: Any) -> Any:
    policy = door.iam._p(form, "PolicyArn")  # noqa: SLF001
    try:
        refuse_to_attach_an_absent_policy(policy)
        refuse_a_policy_of_service_linked_roles(policy)
    except Refused as refused:
        status = 404 if refused.code == "NoSuchEntity" else 400
        return door.iam._error(status, refused.code, str(refused), ns="iam")  # noqa: SLF001
    return original(form)


replaces("services.iam:_IAM_HANDLERS[AttachGroupPolicy]", read="fd6f45ca69f38593")(_attached)
replaces("services.iam:_IAM_HANDLERS[AttachRolePolicy]", read="44f7952356e0edad")(_attached)
replaces("services.iam:_IAM_HANDLERS[AttachUserPolicy]", read="d003b83117884401")(_attached)


for _name, _statements in _POLICIES.items():
    _document = {"Version": "2012-10-17", "Statement": _statements}
    _record = door.iam._make_aws_managed_record(_name, json.dumps(_document))  # noqa: SLF001
    adds(f"services.iam:_aws_managed_policies[{_record['Arn']}]", _record)
