"""Permissions on the protected tables."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from strongroom.config.tables import TableSettings
from strongroom.documents.permissions.scope import Scope
from strongroom.documents.policy import Condition, Statement, allow
from strongroom.facts import arns

_READ: Final = (
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeTable",
    "dynamodb:DescribeTimeToLive",
    "dynamodb:ListTagsOfResource",
)
_WRITE: Final = (
    "dynamodb:CreateTable",
    "dynamodb:TagResource",
    "dynamodb:UntagResource",
    "dynamodb:UpdateContinuousBackups",
    "dynamodb:UpdateTable",
    "dynamodb:UpdateTimeToLive",
)
_RESTORE: Final = (
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Restore.Tutorial.html, read 2026-11-22.
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:RestoreTableToPointInTime",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
)
POINTERS: Final = (
    "ssm:AddTagsToResource",
    "ssm:DeleteParameter",
    "ssm:GetParameter",
    "ssm:GetParameterHistory",
    "ssm:GetParameters",
    "ssm:PutParameter",
)
_KEY: Final = (
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)


def patterns(names: Sequence[str]) -> list[str]:
    """Patterns of table names: the prefix that they share up to a separator, or else every name.

    A shared prefix keeps the policy short, and lets a table be added without a new bootstrap.
    """
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(names), max(names), strict=False))
    shared = re.match(r".*[-_.]", "".join(first for first, _ in pairs))
    return [f"{shared.group()}*"] if shared and len(names) > 1 else list(names)


def arns_of(scope: Scope, tables: Iterable[TableSettings]) -> list[str]:
    """ARNs, or patterns of ARNs, of tables."""
    return [arns.table(scope.region, scope.account, name) for name in patterns([table.name for table in tables])]


def read(scope: Scope, tables: Iterable[TableSettings]) -> list[Statement]:
    """See tables and their settings, never an item."""
    aws_key: Condition = {"StringEquals": {"kms:RequestAlias": "alias/aws/dynamodb"}}
    return [
        allow("ReadTables", _READ, arns_of(scope, tables)),
        allow("KnowTheDefaultKey", ["kms:DescribeKey"], scope.keys, aws_key),
    ]


def write(scope: Scope, tables: Sequence[TableSettings]) -> list[Statement]:
    """Make and change tables; delete them only where the stack is disposable."""
    actions = (*_WRITE, "dynamodb:DeleteTable") if scope.disposable else _WRITE
    keys = sorted({table.kms_key_arn for table in tables if table.kms_key_arn})
    used = [allow("UseTheKeysOfTables", _KEY, keys, scope.via("dynamodb"))] if keys else []
    return [allow("WriteTables", actions, arns_of(scope, tables)), *used]


def export(scope: Scope, tables: Iterable[TableSettings]) -> list[Statement]:
    """Start exports of tables and follow them."""
    where = arns_of(scope, tables)
    return [
        allow("ExportTables", ["dynamodb:ExportTableToPointInTime"], where),
        allow("FollowExports", ["dynamodb:DescribeExport"], [f"{arn}/export/*" for arn in where]),
        allow("ListExports", ["dynamodb:ListExports"], "*"),
    ]


def restore(scope: Scope, tables: Sequence[TableSettings]) -> list[Statement]:
    """Restore tables beside the old ones and give them their settings back."""
    beside = [arn if arn.endswith("*") else f"{arn}*" for arn in arns_of(scope, tables)]
    settings = [action for action in _WRITE if action != "dynamodb:CreateTable"]
    keys = sorted({table.kms_key_arn for table in tables if table.kms_key_arn})
    used = [allow("UseTheKeysOfTables", _KEY, keys, scope.via("dynamodb"))] if keys else []
    return [
        allow("RestoreTables", (*_READ, *_RESTORE, *settings), beside),
        allow("ListTables", ["dynamodb:ListTables"], "*"),
        *used,
    ]


def point(scope: Scope) -> list[Statement]:
    """Say which table is the present one, for programs that are moved to a restored table."""
    return [allow("PointToTables", POINTERS, scope.pointers)]
