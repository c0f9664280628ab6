"""DynamoDB's answers without DynamoDB: a client that is answered from memory, below all of boto3's own work."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


class _Raw:
    """A body as urllib3 has it, as far as botocore asks."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body


class Canned:
    """Answers every call from memory: the Scans of one segment with the same pages, each time it is read."""

    def __init__(self, bodies: Sequence[bytes], status: int = 200) -> None:
        """Take the bodies of the answers; their LastEvaluatedKey must be {"id": {"N": number of the next}}."""
        self._bodies = bodies
        self._status = status
        self.asked: list[dict[str, Any]] = []
        """What the client sent, oldest first."""
        session = boto3.Session("AKIAEXAMPLE", "secret", region_name="eu-west-2")
        self.client: DynamoDBClient = session.client("dynamodb")
        # What a handler of this event returns is the answer; botocore's stubs say that handlers return nothing.
        self.client.meta.events.register("before-send.dynamodb", cast("Callable[..., None]", self._answer))

    def _answer(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        self.asked.append(json.loads(cast("bytes", request.body)))
        key = self.asked[-1].get("ExclusiveStartKey", {"id": {"N": "0"}})
        body = self._bodies[int(key["id"]["N"])]
        headers = HTTPHeaders()
        headers["x-amz-crc32"] = str(crc32(body))
        return AWSResponse("https://dynamodb.eu-west-2.amazonaws.com/", self._status, headers, _Raw(body))
