"""Things that tests of the services need: a key, a role, a bucket, a table."""

import json
from collections.abc import Callable
from typing import Any, Final

from tests.emulator_process import PROD, REGION, Emulator

BUCKET: Final = "strongroom-test-exports"
TABLE: Final[dict[str, Any]] = {
    "TableName": "receipts",
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}
TAGS: Final = [{"Key": "owner", "Value": "platform"}]
TOPIC: Final = f"arn:aws:sns:{REGION}:{PROD}:alarms"
ABSENT_ROLE: Final = f"arn:aws:iam::{PROD}:role/absent"


Trip = Callable[[Emulator], tuple[object, object]]
"""Sets something; returns what was asked and what is read back."""


def policy(**statement: object) -> str:
    """Return a policy's JSON with one statement."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | statement]})


def trust(service: str) -> str:
    """Return a trust policy that lets a service in."""
    return policy(Principal={"Service": service}, Action="sts:AssumeRole")


def make_key(emulator: Emulator) -> str:
    """Make a key in prod and return its ARN."""
    return emulator.client("kms").create_key()["KeyMetadata"]["Arn"]


def make_bucket(s3: Any, name: str = BUCKET, **asked: object) -> str:
    """Make a versioned bucket and return its name."""
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}, **asked)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


def without(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return an answer without its metadata and the members named."""
    return {name: value for name, value in answer.items() if name not in {"ResponseMetadata", *names}}


def members(answer: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Return the members of an answer that were asked for."""
    return {name: answer.get(name) for name in asked}
