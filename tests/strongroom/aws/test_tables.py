import json

import pytest

from bench.canned import Canned
from strongroom.aws.errors import AwsError, DeniedError
from strongroom.aws.tables import DynamoTables, Page, Segment

_ITEM = {"id": {"N": "1"}, "binary": {"B": "AQI="}, "nested": {"M": {"list": {"L": [{"NULL": True}]}}}}


def _body(**answer: object) -> bytes:
    return json.dumps(answer).encode()


def _page(*bodies: bytes, status: int = 200) -> Page:
    return DynamoTables(Canned(bodies, status).client).page(Segment("t"), None)


def test_items_come_as_they_travel() -> None:
    assert _page(_body(Items=[_ITEM], Count=1, ScannedCount=1)) == Page([_ITEM], None)


def test_a_page_says_where_the_next_one_begins() -> None:
    canned = Canned(
        [_body(Items=[], Count=0, LastEvaluatedKey={"id": {"N": "1"}}), _body(Items=[_ITEM], Count=1, ScannedCount=1)]
    )
    tables = DynamoTables(canned.client)
    first = tables.page(Segment("t", 2, 5, consistent=True), None)
    assert first == Page([], {"id": {"N": "1"}})
    assert tables.page(Segment("t", 2, 5, consistent=True), first.after) == Page([_ITEM], None)
    asked = {"TableName": "t", "Segment": 2, "TotalSegments": 5, "ConsistentRead": True}
    assert canned.asked == [asked, {**asked, "ExclusiveStartKey": {"id": {"N": "1"}}}]


def test_a_binary_key_can_be_sent_back() -> None:
    after = _page(_body(Items=[], Count=0, LastEvaluatedKey={"id": {"B": "AQI="}})).after
    assert after == {"id": {"B": b"\x01\x02"}}


@pytest.mark.parametrize("binary", ["AQI=", b"\x01\x02"])
def test_an_item_is_found_by_a_key_in_either_form(binary: object) -> None:
    canned = Canned([_body(Item={"id": {"B": "AQI="}})])
    found = DynamoTables(canned.client).item("t", {"id": {"B": binary}})
    assert found == {"id": {"B": b"\x01\x02"}}
    assert canned.asked == [{"TableName": "t", "Key": {"id": {"B": "AQI="}}, "ConsistentRead": True}]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"Items": [',
        _body(Count=0),
        _body(Items=None, Count=0),
        _body(Items=[_ITEM], Count=2),
        _body(Items=[_ITEM]),
        _body(),
    ],
)
def test_fails_when_an_answer_cannot_be_understood(body: bytes) -> None:
    with pytest.raises(AwsError, match=r"^reading table t, segment 0 of 1: "):
        _page(body)


def test_fails_when_dynamodb_refuses() -> None:
    body = _body(__type="com.amazonaws.dynamodb.v20120810#AccessDeniedException", message="not you", Items=[])
    with pytest.raises(DeniedError, match="AccessDeniedException: not you"):
        _page(body, status=400)


def test_two_doors_of_one_client_read_alike() -> None:
    canned = Canned([_body(Items=[_ITEM], Count=1, ScannedCount=1)])
    doors = [DynamoTables(canned.client) for _ in range(2)]
    assert [door.page(Segment("t"), None) for door in doors] == [Page([_ITEM], None)] * 2
