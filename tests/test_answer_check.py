"""The check of answers fails where it must: else it would pass whatever the local AWS says."""

from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import IncompleteReadError

from tests.answer_check import checked

_STATUS = {"TableName": "receipts", "TableStatus": "ACTIVE"}


class _Body:
    """What botocore reads an answer from."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_: object, **__: object) -> Any:
        yield self._body


def asked(service: str, body: str, length: int | None = None) -> Any:
    """A client whose every call gets one body, whose head tells its length or another one."""
    client: Any = boto3.client(
        service,  # pyright: ignore[reportArgumentType, reportCallIssue] - any service's name
        region_name="eu-west-2",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )

    def answer(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        told = len(body) if length is None else length
        headers = HTTPHeaders.from_pairs([("content-type", "application/json"), ("content-length", str(told))])
        return AWSResponse(request.url, 200, headers, _Body(body.encode()))

    client.meta.events.register("before-send", answer)
    return checked(client)


def test_an_answer_of_the_model_passes() -> None:
    client = asked("dynamodb", '{"Table": {"TableName": "receipts", "TableStatus": "ACTIVE"}}')
    assert client.describe_table(TableName="receipts")["Table"] == _STATUS


@pytest.mark.parametrize(
    ("service", "body", "call", "why"),
    [
        ("dynamodb", '{"Table": {"Name": "receipts"}}', "describe_table", "DescribeTable.Table has Name"),
        ("dynamodb", '{"Table": {"ItemCount": "many"}}', "describe_table", "ItemCount is 'many', no long"),
        ("dynamodb", '{"Tables": {}}', "describe_table", "DescribeTable has Tables"),
        ("dynamodb", '{"Table": {"Replicas": [{"Region": "eu-west-2"}]}}', "describe_table", "Replicas has Region"),
    ],
)
def test_fails_when_an_answer_is_none_of_the_model(service: str, body: str, call: str, why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        getattr(asked(service, body), call)(TableName="receipts")


def test_fails_when_a_required_member_is_missing() -> None:
    client = asked("kms", '{"KeyMetadata": {"Arn": "arn"}}')
    with pytest.raises(AssertionError, match=r"DescribeKey\.KeyMetadata lacks KeyId"):
        client.describe_key(KeyId="any")


def test_fails_when_an_answer_was_cut_short() -> None:
    with pytest.raises(IncompleteReadError, match="0 read, but total bytes expected is 200"):
        asked("dynamodb", "", length=200).describe_table(TableName="receipts")
