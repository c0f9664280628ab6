"""Writes single items, each on the condition that what is there is still what was seen there."""

import base64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from botocore import exceptions

from strongroom.aws.errors import FailedError, code, translated
from strongroom.facts.items import Item, Value

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

GUARDED: Final = 140
"""Attributes of an item that a condition can guard: it may hold 300 operators and 4 KB of text.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters, read
2026-11-22.
"""
_FAILED: Final = "ConditionalCheckFailedException"


class ItemWriter(Protocol):
    """Writes items of one account and region."""

    def put(self, table: str, item: Item, seen: Item | None) -> bool:
        """Write an item in place of the one that was seen.

        Args:
            table: Name.
            item: What is written.
            seen: What a strongly consistent read found under its key. None: nothing.

        Returns:
            Whether it was written; no: something else is there by now.

        Raises:
            FailedError: the item that was seen has more attributes than a condition can guard; nothing is written.
            AwsError: AWS refuses.
        """
        ...

    def delete(self, table: str, key: Item, seen: Item) -> bool:
        """Delete the item that was seen; no: something else is there by now. Arguments and errors as `put`."""
        ...


class DynamoItemWriter:
    """Writes as DynamoDB takes it."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._client = client

    def put(self, table: str, item: Item, seen: Item | None) -> bool:
        """See `ItemWriter.put`."""
        what = f"writing an item of table {table}"
        condition = _unchanged(seen, item, what)
        return _written(what, lambda: self._client.put_item(TableName=table, Item=_any(sent(item)), **condition))

    def delete(self, table: str, key: Item, seen: Item) -> bool:
        """See `ItemWriter.delete`."""
        what = f"deleting an item of table {table}"
        condition = _unchanged(seen, {}, what)
        return _written(what, lambda: self._client.delete_item(TableName=table, Key=_any(sent(key)), **condition))


def sent(item: Item) -> Item:
    """An item, or a key, as boto3 takes it: binary values as bytes, whichever way they came."""
    return {name: _value(value) for name, value in item.items()}


def _value(value: Value) -> Value:
    ((kind, held),) = value.items()
    match kind:
        case "B":
            return {kind: _binary(held)}
        case "BS":
            return {kind: [_binary(one) for one in cast("list[object]", held)]}
        case "L":
            return {kind: [_value(one) for one in cast("list[Value]", held)]}
        case "M":
            return {kind: sent(cast("Item", held))}
        case _:
            return value


def _binary(held: object) -> bytes:
    return held if isinstance(held, bytes) else base64.b64decode(str(held), validate=True)


def _unchanged(seen: Item | None, item: Item, what: str) -> Mapping[str, Any]:
    """The condition that every attribute is as it was seen, and that none that is to be written has come since."""
    if seen is None:
        return {"ConditionExpression": "attribute_not_exists(#n0)", "ExpressionAttributeNames": {"#n0": min(item)}}
    absent = sorted(set(item) - set(seen))
    if len(seen) + len(absent) > GUARDED:
        raise FailedError(
            f"{what}: it has {len(seen) + len(absent)} attributes, and a condition guards {GUARDED}; write it yourself"
        )
    names = {f"#n{number}": name for number, name in enumerate([*sorted(seen), *absent])}
    values = {f":v{number}": value for number, (_, value) in enumerate(sorted(sent(seen).items()))}
    equal = [f"#n{number}=:v{number}" for number in range(len(seen))]
    none = [f"attribute_not_exists(#n{number})" for number in range(len(seen), len(names))]
    return {
        "ConditionExpression": " AND ".join([*equal, *none]),
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }


def _any(item: Item) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", item)


def _written(what: str, work: Callable[[], object]) -> bool:
    with translated(what):
        try:
            work()
        except exceptions.ClientError as refused:
            if code(refused) == _FAILED:
                return False
            raise
    return True
