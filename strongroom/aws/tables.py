"""Items of DynamoDB tables, in the form in which they travel.

botocore takes every attribute value apart by its model, and boto3's deserializer does so again; most of the time of a
comparison would go there. The items of a Scan are therefore taken from the answer's JSON as they are, by botocore's
own event for it; all the rest of the answer, errors and retries among it, stays botocore's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

import orjson

from strongroom.aws.errors import FailedError, translated
from strongroom.aws.item_writer import sent
from strongroom.facts.items import Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import ScanInputTypeDef


@dataclass(frozen=True)
class Segment:
    """One of the parts that a table is read in."""

    table: str
    number: int = 0
    of: int = 1
    consistent: bool = False
    """Whether writes that ended before the read began are all seen; twice the read units. Default: no."""


@dataclass(frozen=True)
class Page:
    """One answer of a Scan; it may hold no item and still not be the last."""

    items: Sequence[Item]
    after: Item | None
    """Where the next page begins. None: this is the last one."""


class Tables(Protocol):
    """Reads items of one account and region."""

    def page(self, segment: Segment, after: Item | None) -> Page:
        """The page of a segment that begins after a key; None begins at the segment's own beginning.

        Raises:
            AwsError: it cannot be read, or not understood; a page that cannot be read is never an empty one.
        """
        ...

    def item(self, table: str, key: Item) -> Item | None:
        """The item of a key, by a strongly consistent read; None where there is none.

        Raises:
            AwsError: it cannot be read.
        """
        ...


class DynamoTables:
    """Tables as DynamoDB answers."""

    def __init__(self, client: "DynamoDBClient") -> None:
        """Take a client as one's own: its Scan answers hold binary values as base64 text from now on."""
        self._client = client
        client.meta.events.register("before-parse.dynamodb.Scan", _take_items, unique_id="strongroom-items")

    def page(self, segment: Segment, after: Item | None) -> Page:
        """See `Tables.page`."""
        asked: ScanInputTypeDef = {
            "TableName": segment.table,
            "Segment": segment.number,
            "TotalSegments": segment.of,
            "ConsistentRead": segment.consistent,
        }
        if after is not None:
            asked["ExclusiveStartKey"] = cast("Mapping[str, Any]", after)
        what = f"reading table {segment.table}, segment {segment.number} of {segment.of}"
        with translated(what):
            answer = cast("Mapping[str, object]", self._client.scan(**asked))
        items = answer.get("Items")
        if not isinstance(items, list) or answer.get("Count") != len(cast("list[object]", items)):
            raise FailedError(f"{what}: the answer does not hold the items that it says it does; read it again")
        return Page(cast("list[Item]", items), cast("Item | None", answer.get("LastEvaluatedKey")))

    def item(self, table: str, key: Item) -> Item | None:
        """See `Tables.item`."""
        with translated(f"reading an item of table {table}"):
            asked = cast("Mapping[str, Any]", sent(key))
            answer = self._client.get_item(TableName=table, Key=asked, ConsistentRead=True)
        return cast("Item | None", answer.get("Item"))


def _take_items(response_dict: dict[str, Any], customized_response_dict: dict[str, object], **_: object) -> None:
    """Move the items of an answer past botocore's parser; an error's answer holds none, and is read as ever.

    An answer that is no JSON is left to botocore, which finds its checksum wrong and asks again.
    """
    try:
        answer = orjson.loads(response_dict["body"])
    except ValueError:
        return
    rest = cast("dict[str, object]", answer) if isinstance(answer, dict) else {}
    customized_response_dict["Items"] = rest.pop("Items", None)
    response_dict["body"] = orjson.dumps(rest)
