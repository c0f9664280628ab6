"""AWS's own policies: those of AWS Backup exist, and attaching one that AWS does not have is refused."""

import json
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import adds, replaces
from rehearsal.emulator.rules import Refused, rule

_PAGE: Final = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html"
_TABLES: Final = "arn:aws:dynamodb:*:*:table/*"
_BACKUPS: Final = "arn:aws:dynamodb:*:*:table/*/backup/*"
_VAULTS: Final = "arn:aws:backup:*:*:backup-vault:*"
_POLICIES: Final[dict[str, list[tuple[list[str], str]]]] = {
    "service-role/AWSBackupServiceRolePolicyForBackup": [
        (["dynamodb:DescribeTable", "dynamodb:CreateBackup"], _TABLES),
        (["dynamodb:DescribeBackup", "dynamodb:DeleteBackup"], _BACKUPS),
        (["dynamodb:StartAwsBackupJob", "dynamodb:ListTagsOfResource"], _TABLES),
        (["backup:DescribeBackupVault", "backup:CopyIntoBackupVault"], _VAULTS),
        (["backup:CopyFromBackupVault"], "*"),
        (["kms:DescribeKey", "tag:GetResources"], "*"),
    ],
    "service-role/AWSBackupServiceRolePolicyForRestores": [
        (
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
        (["dynamodb:RestoreTableFromBackup"], _BACKUPS),
        (["kms:DescribeKey"], "*"),
    ],
}
"""Statements on services that a rehearsal has; what they say of others, and of keys through a service, is left out.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ (read 2026-11-22), the page of each policy's name.
"""


@rule(_PAGE, read="2026-11-22")
def refuse_an_absent_policy(arn: str) -> None:
    """Only a managed policy that exists can be attached."""
    if not door.iam._policy_exists(arn):  # noqa: SLF001
        raise Refused("NoSuchEntity", f"Policy {arn} does not exist or is not attachable.")


def _attached(original: Any, form: Any) -> Any:
    try:
        refuse_an_absent_policy(door.iam._p(form, "PolicyArn"))  # noqa: SLF001
    except Refused as refused:
        return door.iam._error(404, refused.code, str(refused), ns="iam")  # noqa: SLF001
    return original(form)


replaces("services.iam:_IAM_HANDLERS[AttachGroupPolicy]", read="fd6f45ca69f38593")(_attached)
replaces("services.iam:_IAM_HANDLERS[AttachRolePolicy]", read="44f7952356e0edad")(_attached)
replaces("services.iam:_IAM_HANDLERS[AttachUserPolicy]", read="d003b83117884401")(_attached)


def _document(statements: list[tuple[list[str], str]]) -> str:
    allowed = [{"Effect": "Allow", "Action": actions, "Resource": resource} for actions, resource in statements]
    return json.dumps({"Version": "2012-10-17", "Statement": allowed})


for _name, _statements in _POLICIES.items():
    _record = door.iam._make_aws_managed_record(_name, _document(_statements))  # noqa: SLF001
    adds(f"services.iam:_aws_managed_policies[{_record['Arn']}]", _record)
