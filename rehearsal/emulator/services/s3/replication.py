"""S3: what a bucket's replication configuration is refused for."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.s3.replication_rules import destination, tags_of
from rehearsal.emulator.services.s3.tables import LOCKS, REPLICATIONS, owner_of

_API: Final = "https://docs.aws.amazon.com/AmazonS3/latest/API"
_RULE: Final = f"{_API}/API_ReplicationRule.html"
_DESTINATION: Final = f"{_API}/API_Destination.html"
_GUIDE: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
_READ: Final = "2026-11-22"


@rule(f"{_API}/API_PutBucketReplication.html", read=_READ)
def refuse_to_replicate_into_an_absent_bucket(exists: bool) -> None:
    """The destination of a replication rule is a bucket that exists, in whichever account."""
    if not exists:
        raise Refused("InvalidRequest", "Destination bucket must exist.")


@rule(_RULE, read=_READ)
def refuse_a_filter_without_priority_or_word_on_delete_markers(replication: door.Record) -> None:
    """A rule with a filter says its priority and what happens to delete markers."""
    for name in ("DeleteMarkerReplication", "Priority"):
        if "Filter" in replication and name not in replication:
            raise Refused(
                "InvalidRequest",
                f"{name} must be specified for this version of Cross Region Replication configuration schema.",
            )


@rule(f"{_API}/API_DeleteMarkerReplication.html", read=_READ)
def refuse_delete_markers_by_tag(replication: door.Record) -> None:
    """A rule that chooses by tags does not replicate delete markers."""
    if tags_of(replication) and replication.get("DeleteMarkerReplication", {}).get("Status") == "Enabled":
        raise Refused("InvalidRequest", "Delete marker replication is not supported if any Tag filter is specified.")


@rule(_RULE, read=_READ)
def refuse_two_rules_of_one_priority(priorities: list[int]) -> None:
    """The priorities of a configuration's rules differ."""
    if len(set(priorities)) < len(priorities):
        raise Refused("InvalidRequest", "Found duplicate priority in the replication configuration")


@rule(_RULE, read=_READ)
def refuse_two_replication_rules_of_one_id(ids: list[str]) -> None:
    """The ids of a configuration's rules differ."""
    if len(set(ids)) < len(ids):
        raise Refused("InvalidArgument", "Rule Id must be unique")


@rule(_DESTINATION, read=_READ)
def refuse_another_owner_without_the_account(target: door.Record) -> None:
    """A rule that gives replicas to the destination's owner names its account."""
    if "AccessControlTranslation" in target and "Account" not in target:
        raise Refused(
            "InvalidRequest", "Account must be specified in the destination when AccessControlTranslation is present."
        )


@rule(_DESTINATION, read=_READ)
def refuse_an_account_that_is_not_the_owners(target: door.Record, owner: str | None) -> None:
    """The account that a destination names has the bucket."""
    if target.get("Account", owner) != owner:
        raise Refused("InvalidRequest", "Destination account must be the owner of the destination bucket.")


@rule(f"{_GUIDE}/replication.html", read=_READ)
def refuse_to_replicate_a_bucket_into_itself(same: bool) -> None:
    """The destination is another bucket than the source."""
    if same:
        raise Refused("InvalidRequest", "Destination bucket must be different from the source bucket.")


@rule(f"{_GUIDE}/object-lock-managing.html", read=_READ)
def refuse_to_replicate_a_locked_bucket_into_one_without_lock(source_locked: bool, destination_locked: bool) -> None:
    """A bucket with Object Lock is replicated into buckets that have it too."""
    if source_locked and not destination_locked:
        raise Refused("InvalidRequest", "Destination bucket must have Object Lock enabled when the source bucket has.")


@replaces("services.s3:_replication_options_error", read="21295533dc720cca")
@refusing("s3")
def replication_options_error(original: Any, replication: door.Record) -> Any:
    """Refuse a rule that S3 refuses."""
    refuse_a_filter_without_priority_or_word_on_delete_markers(replication)
    refuse_delete_markers_by_tag(replication)
    owner = owner_of(destination(replication))
    refuse_to_replicate_into_an_absent_bucket(owner is not None)
    refuse_another_owner_without_the_account(replication["Destination"])
    refuse_an_account_that_is_not_the_owners(replication["Destination"], owner)
    return original(replication)


@replaces("services.s3:_replication_v1_options_error", read="0d94761fa3dcb01e")
@refusing("s3")
def replication_v1_options_error(original: Any, replications: list[door.Record]) -> Any:
    """Refuse rules that S3 refuses together."""
    refuse_two_rules_of_one_priority([one["Priority"] for one in replications if "Priority" in one])
    refuse_two_replication_rules_of_one_id([one["ID"] for one in replications])
    return original(replications)


@replaces("services.s3:_put_bucket_replication", read="4b079c94906276a8")
@refusing("s3")
def put_bucket_replication(original: Any, bucket: str, body: bytes) -> Any:
    """Refuse a configuration for what S3 knows of both buckets; a key it does not look up."""
    former: door.Record | None = REPLICATIONS.get(bucket)
    answer = original(bucket, body)
    if answer[0] == 200:
        try:
            _check(bucket, REPLICATIONS[bucket])
        except Refused:
            _put_back(bucket, former)
            raise
    return answer


def _check(bucket: str, configuration: door.Record) -> None:
    for one in configuration["Rules"]:
        refuse_to_replicate_a_bucket_into_itself(destination(one) == bucket)
        locked = LOCKS.get_scoped(owner_of(destination(one)), None, destination(one))
        refuse_to_replicate_a_locked_bucket_into_one_without_lock(bucket in LOCKS, bool(locked))


def _put_back(bucket: str, former: door.Record | None) -> None:
    if former is None:
        REPLICATIONS.pop(bucket, None)
    else:
        REPLICATIONS[bucket] = former
