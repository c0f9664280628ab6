"""What tests of exports need: a bucket, an export that has ended, and its files read with a reader of our own."""

import gzip
import json
from base64 import b64encode
from hashlib import md5
from typing import Any, Final

from tests.emulator_process import BACKUP, REGION, Emulator
from tests.rehearsal.emulator.services.dynamodb.holding import ARN

BUCKET: Final = "strongroom-test-exports"


def make_bucket(emulator: Emulator, account: str, name: str = BUCKET) -> Any:
    """Make a bucket and return S3 of its account."""
    s3 = emulator.client("s3", account=account)
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    return s3


def export(dynamodb: Any, **asked: object) -> dict[str, Any]:
    """Export the table and return the export as it is at the next request."""
    begun = dynamodb.export_table_to_point_in_time(**{"TableArn": ARN, "S3Bucket": BUCKET} | asked)
    return dynamodb.describe_export(ExportArn=begun["ExportDescription"]["ExportArn"])["ExportDescription"]


def get(s3: Any, key: str) -> bytes:
    """Return an object."""
    return s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def keys(s3: Any) -> list[str]:
    """Return the keys of all objects."""
    return [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def checked_manifest(s3: Any, key: str) -> bytes:
    """Return a manifest whose checksum file fits it."""
    content = get(s3, key)
    assert get(s3, key.removesuffix(".json") + ".md5") == _checksum(content)
    return content


def lines(s3: Any, ended: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of an export, after every checksum and count of it was compared."""
    summary = json.loads(checked_manifest(s3, ended["ExportManifest"]))
    found = list[dict[str, Any]]()
    for line in checked_manifest(s3, summary["manifestFilesS3Key"]).splitlines():
        file = json.loads(line)
        content = get(s3, file["dataFileS3Key"])
        assert _checksum(content).decode() == file["md5Checksum"]
        assert s3.head_object(Bucket=BUCKET, Key=file["dataFileS3Key"])["ETag"].strip('"') == file["etag"]
        read = [json.loads(one) for one in gzip.decompress(content).splitlines()]
        assert len(read) == file["itemCount"]
        found += read
    assert summary["itemCount"] == ended["ItemCount"] == len(found)
    return found


def let_in(s3: Any, role: str, *actions: str) -> None:
    """Let a role of another account into the bucket."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": role},
        "Action": list(actions),
        "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"],
    }
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def _checksum(content: bytes) -> bytes:
    return b64encode(md5(content, usedforsecurity=False).digest())


CENTRAL: Final = BACKUP
"""The account whose bucket takes the exports of the others."""
