from typing import Any

import pytest

from tests.emulator_process import Emulator

pytestmark = pytest.mark.emulator

STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}


def made(emulator: Emulator) -> str:
    table = emulator.client("dynamodb").create_table(
        TableName="orders",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification=STREAM,
    )
    return table["TableDescription"]["LatestStreamArn"]


@pytest.fixture
def stream(emulator: Emulator) -> str:
    return made(emulator)


def records(emulator: Emulator, stream: str) -> list[Any]:
    streams = emulator.client("dynamodbstreams")
    (shard,) = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]
    at = streams.get_shard_iterator(StreamArn=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
    return streams.get_records(ShardIterator=at["ShardIterator"])["Records"]


def test_every_write_is_a_record(emulator: Emulator, stream: str) -> None:
    for number in range(3):
        emulator.client("dynamodb").put_item(TableName="orders", Item={"id": {"S": str(number)}})
    assert [one["dynamodb"]["Keys"]["id"]["S"] for one in records(emulator, stream)] == ["0", "1", "2"]


@pytest.mark.usefixtures("stream")
def test_a_reset_forgets_them(emulator: Emulator) -> None:
    emulator.client("dynamodb").put_item(TableName="orders", Item={"id": {"S": "old"}})
    emulator.reset()
    assert records(emulator, made(emulator)) == []
