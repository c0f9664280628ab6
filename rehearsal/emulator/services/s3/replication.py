"""S3: what a bucket's replication configuration is refused for."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationRule.html"
_READ: Final = "2026-11-22"


@rule("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html", read=_READ)
def refuse_to_replicate_into_an_absent_bucket(exists: bool) -> None:
    """The destination of a replication rule is a bucket that exists, in whichever account."""
    if not exists:
        raise Refused("InvalidRequest", "Destination bucket must exist.")


@rule(_API, read=_READ)
def refuse_a_filter_without_priority_or_word_on_delete_markers(replication: door.Record) -> None:
    """A rule with a filter says its priority and what happens to delete markers."""
    for name in ("DeleteMarkerReplication", "Priority"):
        if "Filter" in replication and name not in replication:
            raise Refused(
                "InvalidRequest",
                f"{name} must be specified for this version of Cross Region Replication configuration schema.",
            )


@rule(_API, read=_READ)
def refuse_two_rules_of_one_priority(priorities: list[int]) -> None:
    """The priorities of a configuration's rules differ."""
    if len(set(priorities)) < len(priorities):
        raise Refused("InvalidRequest", "Found duplicate priority in the replication configuration")


@replaces("services.s3:_replication_options_error", read="21295533dc720cca")
@refusing("s3")
def replication_options_error(original: Any, replication: door.Record) -> Any:
    """Refuse a rule that S3 refuses."""
    refuse_a_filter_without_priority_or_word_on_delete_markers(replication)
    name: str = replication["Destination"]["Bucket"].rpartition(":")[2]
    refuse_to_replicate_into_an_absent_bucket(door.s3._bucket_owner_account(name) is not None)  # noqa: SLF001 - a look-up
    return original(replication)


@replaces("services.s3:_replication_v1_options_error", read="0d94761fa3dcb01e")
@refusing("s3")
def replication_v1_options_error(original: Any, replications: list[door.Record]) -> Any:
    """Refuse rules that S3 refuses together."""
    refuse_two_rules_of_one_priority([one["Priority"] for one in replications if "Priority" in one])
    return original(replications)
