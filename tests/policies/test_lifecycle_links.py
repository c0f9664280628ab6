"""Whose lifecycle a lifecycle is, is told by names and links, and nothing passes in silence where neither tells."""

from dataclasses import replace

from strongroom_policies import archives

from tests.policies.examples.stack_buckets import BUCKET, LIFECYCLE, RETENTION
from tests.policies.judging import UNKNOWN, Made, judged_together, unchecked

EARLY = LIFECYCLE.but("rules.0.noncurrentVersionExpiration.noncurrentDays", 1)
OTHER = replace(BUCKET.but("bucket", "another"), name="other")


def said(*stack: Made) -> list[str]:
    return [sentence for _, sentence in judged_together(archives.AFTER_THE_LOCK, stack)]


def linked(made: Made, bucket: str) -> Made:
    return replace(made.but("bucket", UNKNOWN), waits_for={"bucket": bucket})


def test_a_lifecycle_is_linked_by_the_bucket_of_both() -> None:
    (found,) = said(BUCKET, OTHER, linked(RETENTION, "bucket"), linked(EARLY, "bucket"))
    assert "has noncurrent_version_expiration after 1 days" in found


def test_the_lifecycle_of_another_bucket_is_left_alone() -> None:
    assert said(BUCKET, OTHER, linked(RETENTION, "bucket"), linked(EARLY, "other")) == []
    assert said(BUCKET, RETENTION, EARLY.but("bucket", "elsewhere")) == []


def test_fails_when_neither_bucket_is_known() -> None:
    lock, lifecycle = RETENTION.but("bucket", UNKNOWN), EARLY.but("bucket", UNKNOWN)
    assert said(lock, lifecycle) == [
        unchecked(archives.AFTER_THE_LOCK, "s3.BucketLifecycleConfiguration 'lifecycle'", "bucket")
    ]


def test_fails_when_a_bucket_is_there_and_nothing_tells_whose_a_lock_is() -> None:
    assert said(BUCKET, RETENTION.but("bucket", UNKNOWN), EARLY) == [
        unchecked(archives.AFTER_THE_LOCK, "s3.BucketObjectLockConfiguration 'retention'", "bucket")
    ]


def test_a_lifecycle_that_is_unknown_hides_no_other() -> None:
    unknown = replace(LIFECYCLE.but("bucket", UNKNOWN), name="unknown")
    assert any("after 1 days" in sentence for sentence in said(RETENTION, unknown, EARLY))
