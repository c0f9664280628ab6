"""S3: notices each change of an object that its bucket's replication rules hand on."""

# ruff: noqa: SLF001 - MiniStack's functions have no public names
from collections.abc import Sequence
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.s3.encryption import key_of
from rehearsal.emulator.services.s3.multipart_uploads import tags_of_upload
from rehearsal.emulator.services.s3.replication_metrics import METRICS
from rehearsal.emulator.services.s3.replication_rules import (
    Rule,
    destination,
    for_delete_marker,
    for_object,
    to_destinations,
)
from rehearsal.emulator.services.s3.replication_tasks import TASKS, Kind, Task, due
from rehearsal.emulator.services.s3.tables import BUCKETS, REPLICATIONS, VERSIONING, VERSIONS, region_of
from rehearsal.emulator.services.s3.versions import Version, find, mark

_CHOSEN: Final = "replicated_by"
"""Where a version keeps the destinations that were chosen when it was made: its tags may change, they do not."""
_ARCHIVED: Final = frozenset({"GLACIER", "DEEP_ARCHIVE"})
"""Objects in these classes are not replicated: replication-what-is-isnot-replicated.html."""
_REFUSED: Final = 300


@replaces("services.s3:_maybe_replicate", read="cb2dd6521e3d196d")
def maybe_replicate(
    _: Any, bucket: str, key: str, made: door.Record, _body: Any, tags: dict[str, str] | None = None
) -> None:
    """Choose the rules of an object that is being made: it is PENDING until its replicas are there."""
    rules = _rules(bucket)
    if not rules or made["storage_class"] in _ARCHIVED:
        return
    chosen = for_object(rules, key, tags or tags_of_upload() or {}, under_kms=bool(key_of(made)))
    if chosen:
        made["replication_status"] = "PENDING"
        made[_CHOSEN] = [destination(rule) for rule in chosen]


@replaces("services.s3:_record_object_version", read="9af490c3d6ff2f01")
def record_object_version(
    original: Any, bucket: str, key: str, prior: door.Record | None, made: door.Record, body: Any
) -> str | None:
    """Have the object replicated, now that its version has an id."""
    version_id: str | None = original(bucket, key, prior, made, body)
    if version_id and _CHOSEN in made:
        _replicate(bucket, key, made, "object", _chosen(bucket, made))
    return version_id


@replaces("services.s3:_maybe_replicate_delete_marker", read="019420d946a9c2e1")
def maybe_replicate_delete_marker(_: Any, bucket: str, key: str) -> None:
    """Have a delete marker replicated that a request made; those of lifecycle rules never come here."""
    chosen = for_delete_marker(_rules(bucket), key)
    if chosen:
        marker: Version = VERSIONS[bucket, key][-1]
        _replicate(bucket, key, marker, "delete marker", chosen)


@replaces("services.s3:_put_object_tagging", read="2aa1a21a10086fb4")
def put_object_tagging(original: Any, bucket: str, key: str, body: bytes, query: Any = None) -> Any:
    """Have new tags replicated."""
    answer = original(bucket, key, body, query)
    return _after(answer, bucket, key, query, "tags")


@replaces("services.s3:_delete_object_tagging", read="f19d15ff36ca1f80")
def delete_object_tagging(original: Any, bucket: str, key: str, query: Any = None) -> Any:
    """Have it replicated that an object has no tags any more."""
    answer = original(bucket, key, query)
    return _after(answer, bucket, key, query, "tags")


@replaces("services.s3:_put_object_retention", read="2915c4d97ebaa5b4")
def put_object_retention(
    original: Any, bucket: str, key: str, body: bytes, headers: dict[str, str], query: Any = None
) -> Any:
    """Have a new retention replicated."""
    answer = original(bucket, key, body, headers, query)
    return _after(answer, bucket, key, query, "retention")


@replaces("services.s3:_put_object_legal_hold", read="4e159939ec562b0d")
def put_object_legal_hold(original: Any, bucket: str, key: str, body: bytes, query: Any = None) -> Any:
    """Have a new legal hold replicated."""
    answer = original(bucket, key, body, query)
    return _after(answer, bucket, key, query, "legal hold")


def _after(answer: Any, bucket: str, key: str, query: Any, kind: Kind) -> Any:
    if answer[0] < _REFUSED and _rules(bucket):
        version_id: str | None = door.s3._resolve_subresource_version(query or {}, BUCKETS[bucket], key)
        version = find(bucket, key, version_id)
        if version_id and version is not None and (chosen := _chosen(bucket, version)):
            mark(bucket, key, version_id, replication_status="PENDING")
            _replicate(bucket, key, version, kind, chosen)
    return answer


def _chosen(bucket: str, version: Version) -> list[Rule]:
    return to_destinations(_rules(bucket), version.get(_CHOSEN) or ())


def _rules(bucket: str) -> list[Rule]:
    configuration: door.Record | None = REPLICATIONS.get(bucket)
    if not configuration or VERSIONING.get(bucket) != "Enabled":
        return []
    return configuration["Rules"]


def _replicate(bucket: str, key: str, version: Version, kind: Kind, rules: Sequence[Rule]) -> None:
    size = int(version["size"]) if kind == "object" else 0
    for rule in rules:
        at, failure = due(bucket, key, size)
        task = Task(
            account=door.account(),
            region=region_of(bucket) or door.region(),
            bucket=bucket,
            key=key,
            version_id=version["version_id"],
            kind=kind,
            rule_id=rule["ID"],
            destination=destination(rule),
            size=size,
            asked_at=clock.now(),
            due=at,
            failure=failure,
        )
        TASKS.add(task)
        METRICS.note(task.route)
