"""S3: events of what S3 does by itself, to those that a bucket's notifications name and to EventBridge."""

# ruff: noqa: SLF001 - MiniStack's functions have no public names
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door, outlets
from rehearsal.emulator.services.s3.instants import written
from rehearsal.emulator.services.s3.tables import region_of

_DELIVER: Final = {
    "lambda": door.s3._deliver_event_to_lambda,
    "sns": door.s3._deliver_event_to_sns,
    "sqs": door.s3._deliver_event_to_sqs,
}
_MAKER: Final = "s3.amazonaws.com"


@dataclass(frozen=True)
class Happening:
    """Something that S3 did to a version of an object."""

    name: str
    """`s3:LifecycleTransition`, ..."""
    bucket: str
    key: str
    version_id: str | None
    size: int = 0
    etag: str = ""


def notify(happening: Happening, more: door.Record | None = None) -> None:
    """Tell the queues, topics and functions of the bucket's notifications that want to know; the scope is the bucket's.

    Args:
        happening: What was done.
        more: Further members of the record. Default: none.
    """
    region = region_of(happening.bucket)
    for wanted in door.s3._parse_notification_config(happening.bucket):
        if door.s3._event_matches(happening.name, wanted["events"]) and door.s3._key_matches_filter(
            happening.key, wanted["filter_prefix"], wanted["filter_suffix"]
        ):
            message = {"Records": [_record(happening, wanted["id"], region) | (more or {})]}
            deliver = _DELIVER[wanted["type"]]
            place = {} if wanted["type"] == "lambda" else {"bucket_name": happening.bucket}
            deliver(wanted["arn"], message, region, **place)


def emit(happening: Happening, detail_type: str, more: door.Record) -> None:
    """Send an event to EventBridge, where the bucket's notifications say so; the scope is the bucket's.

    Args:
        happening: What was done.
        detail_type: EventBridge's name for it.
        more: Members of the detail besides those of every event of S3's.
    """
    if "EventBridgeConfiguration" not in door.s3._bucket_notifications.get(happening.bucket, ""):
        return
    told: dict[str, Any] = {"key": happening.key, "size": happening.size, "etag": happening.etag.strip('"')}
    if happening.version_id:
        told["version-id"] = happening.version_id
    detail = {"version": "0", "bucket": {"name": happening.bucket}, "object": told, "requester": _MAKER, **more}
    resources = [f"arn:aws:s3:::{happening.bucket}"]
    outlets.emit(door.account(), region_of(happening.bucket), "aws.s3", detail_type, detail, resources)


def _record(happening: Happening, configuration: str, region: str) -> door.Record:
    told: dict[str, Any] = {
        "key": door.s3._event_object_key(happening.key),
        "size": happening.size,
        "eTag": happening.etag.strip('"'),
    }
    if happening.version_id:
        told["versionId"] = happening.version_id
    return {
        "eventVersion": "2.6",
        "eventSource": "aws:s3",
        "awsRegion": region,
        "eventTime": written(clock.now()),
        "eventName": happening.name.removeprefix("s3:"),
        "userIdentity": {"principalId": _MAKER},
        "requestParameters": {"sourceIPAddress": _MAKER},
        "responseElements": {"x-amz-request-id": str(uuid4()), "x-amz-id-2": str(uuid4())},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": configuration,
            "bucket": {
                "name": happening.bucket,
                "ownerIdentity": {"principalId": door.account()},
                "arn": f"arn:aws:s3:::{happening.bucket}",
            },
            "object": told,
        },
    }
