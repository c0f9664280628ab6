"""What tests of DynamoDB need: a table, items of every type, the clock, and what a table holds."""

from datetime import timedelta
from typing import Any, Final

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import TABLE

NAME: Final[str] = TABLE["TableName"]
ARN: Final = f"arn:aws:dynamodb:{REGION}:{PROD}:table/{NAME}"
DAY: Final = timedelta(days=1)

EVERY_TYPE: Final[dict[str, Any]] = {
    "id": {"S": "every type"},
    "text": {"S": "Größe \u2028 \U0001f512"},
    "empty": {"S": ""},
    "long": {"N": "12345678901234567890123456789012345678"},
    "small": {"N": "-1E-130"},
    "binary": {"B": b"\x00\xff strongroom"},
    "yes": {"BOOL": True},
    "nothing": {"NULL": True},
    "texts": {"SS": ["a", "b"]},
    "numbers": {"NS": ["-1", "0.5"]},
    "binaries": {"BS": [b"\x01", b"\x02"]},
    "list": {"L": [{"S": "a"}, {"M": {"deep": {"L": [{"N": "1"}, {"B": b"\x03"}]}}}, {"L": []}]},
    "map": {"M": {"a.b": {"M": {}}, "c": {"NULL": True}}},
}


def item(name: str, **attributes: object) -> dict[str, Any]:
    """Return an item of the table with text attributes."""
    return {"id": {"S": name}} | {attribute: {"S": str(value)} for attribute, value in attributes.items()}


def put(dynamodb: Any, *items: dict[str, Any], table: str = NAME) -> None:
    """Put items."""
    for one in items:
        dynamodb.put_item(TableName=table, Item=one)


def held(dynamodb: Any, table: str = NAME) -> dict[str, dict[str, Any]]:
    """Return all items of a table by their key."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=table)
    return {one["id"]["S"]: one for page in pages for one in page["Items"]}


def switch_on(dynamodb: Any, table: str = NAME, **asked: object) -> None:
    """Switch point-in-time recovery on."""
    specification = {"PointInTimeRecoveryEnabled": True} | asked
    dynamodb.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=specification)


def window(dynamodb: Any, table: str = NAME) -> dict[str, Any]:
    """Return what is told of a table's point-in-time recovery."""
    described = dynamodb.describe_continuous_backups(TableName=table)
    return described["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]


def advance(emulator: Emulator, by: timedelta) -> None:
    """Move the clock."""
    emulator.advance(by.total_seconds())


def described(dynamodb: Any, table: str) -> dict[str, Any]:
    """Return a table's description."""
    return dynamodb.describe_table(TableName=table)["Table"]


def restore(dynamodb: Any, target: str = "restored", **asked: object) -> dict[str, Any]:
    """Restore the table to a time and return the new one's description."""
    asked = {"SourceTableName": NAME, "TargetTableName": target} | asked
    return dynamodb.restore_table_to_point_in_time(**asked)["TableDescription"]
