"""S3: carries a replication out: the replica under its own key, class and lock, and later changes of it."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.keys import key_arn
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.s3.encryption import bound_to, key_of
from rehearsal.emulator.services.s3.lifecycle_agenda import AGENDA
from rehearsal.emulator.services.s3.object_locks import lock
from rehearsal.emulator.services.s3.passages import Passage
from rehearsal.emulator.services.s3.replication_destinations import (
    check_destination,
    refuse_to_change_an_absent_replica,
    refuse_to_replicate_a_delete_marker_without_the_right,
    refuse_to_replicate_without_the_replica_key,
)
from rehearsal.emulator.services.s3.replication_rules import Rule
from rehearsal.emulator.services.s3.replication_sources import (
    check_source,
    refuse_to_replicate_tags_that_may_not_be_read,
    refuse_to_replicate_what_the_rule_leaves_out,
    refuse_to_replicate_without_the_source_key,
)
from rehearsal.emulator.services.s3.replication_tasks import Task
from rehearsal.emulator.services.s3.retentions import relock_replica
from rehearsal.emulator.services.s3.tables import HOLDS, REPLICATIONS, RETENTIONS, TAGS, owner_of, region_of
from rehearsal.emulator.services.s3.versions import Version, find, place

_KEY: Final = "x-amz-server-side-encryption-aws-kms-key-id"
_BUCKET_KEY: Final = "x-amz-server-side-encryption-bucket-key-enabled"


def carry_out(task: Task, rule: Rule | None, version: Version) -> None:
    """Do what a task asks for; the scope is the source bucket's.

    Args:
        task: What to replicate.
        rule: By which; None when the bucket no longer has it.
        version: The source's.

    Raises:
        Refused: It fails, with the reason that S3 gives.
    """
    configuration: door.Record = REPLICATIONS.get(task.bucket) or {}
    passage = Passage(configuration.get("Role", ""), task.bucket, task.destination, task.key)
    check_source(passage, configured=rule is not None, under_kms=bool(key_of(version)))
    destination: door.Record = rule["Destination"] if rule else {}
    check_destination(passage, changes_owner="AccessControlTranslation" in destination)
    _DEEDS[task.kind](task, passage, destination, version)


def _copy(task: Task, passage: Passage, destination: door.Record, version: Version) -> None:
    replica = {**version, "replication_status": "REPLICA", "preserved_headers": {**version["preserved_headers"]}}
    for own in ("restore", "replicated_by"):
        replica.pop(own, None)
    if "StorageClass" in destination:
        replica["storage_class"] = destination["StorageClass"]
    if key_of(version):
        named: str = destination.get("EncryptionConfiguration", {}).get("ReplicaKmsKeyID", "")
        refuse_to_replicate_what_the_rule_leaves_out(bool(named))
        _encrypt(passage, replica, _resolved(named))
    locks = _locks(task)
    tags = _readable_tags(task, passage)
    with _at_destination(task):
        place(task.destination, task.key, replica)
        AGENDA.look_again(task.destination, task.key)
        lock(task.destination, task.key, task.version_id, *locks)
        _put_tags(task, tags)


def _encrypt(passage: Passage, replica: Version, replica_key: str) -> None:
    headers: dict[str, str] = replica["preserved_headers"]
    through_bucket = headers.get(_BUCKET_KEY) == "true"
    refuse_to_replicate_without_the_source_key(
        passage.role, key_of(replica), bound_to(passage.source, passage.key, through_bucket)
    )
    refuse_to_replicate_without_the_replica_key(
        passage.role, replica_key, bound_to(passage.destination, passage.key, through_bucket), through_bucket
    )
    headers[_KEY] = replica_key


def _resolved(name: str) -> str:
    """An alias stands for its key; what is none keeps its name, by which KMS does not find it."""
    return key_arn(name, door.account(), door.region()) or name


def _mark_deleted(task: Task, passage: Passage, _: door.Record, version: Version) -> None:
    refuse_to_replicate_a_delete_marker_without_the_right(passage)
    with _at_destination(task):
        place(task.destination, task.key, {**version, "replication_status": "REPLICA"})
        AGENDA.look_again(task.destination, task.key)


def _retag(task: Task, passage: Passage, *_: object) -> None:
    refuse_to_replicate_tags_that_may_not_be_read(passage)
    tags = _readable_tags(task, passage)
    with _at_destination(task):
        refuse_to_change_an_absent_replica(passage, find(task.destination, task.key, task.version_id) is not None)
        _put_tags(task, tags)


def _relock(task: Task, passage: Passage, *_: object) -> None:
    retention, hold = _locks(task)
    with _at_destination(task):
        refuse_to_change_an_absent_replica(passage, find(task.destination, task.key, task.version_id) is not None)
        relock_replica((task.destination, task.key, task.version_id), retention, hold)


def _locks(task: Task) -> tuple[door.Record | None, str | None]:
    name = (task.bucket, task.key, task.version_id)
    return RETENTIONS.get(name), HOLDS.get(name)


def _readable_tags(task: Task, passage: Passage) -> dict[str, str]:
    """Without the right to read them the object is replicated, and its tags are not."""
    try:
        refuse_to_replicate_tags_that_may_not_be_read(passage)
    except Refused:
        return {}
    return dict(TAGS.get((task.bucket, task.key, task.version_id)) or {})


def _put_tags(task: Task, tags: dict[str, str]) -> None:
    name = (task.destination, task.key, task.version_id)
    if tags:
        TAGS[name] = tags
    else:
        TAGS.pop(name, None)


def _at_destination(task: Task) -> Any:
    return door.request_scope(owner_of(task.destination), region_of(task.destination))


_DEEDS: Final[dict[str, Callable[[Task, Passage, door.Record, Version], None]]] = {
    "object": _copy,
    "delete marker": _mark_deleted,
    "tags": _retag,
    "retention": _relock,
    "legal hold": _relock,
}
