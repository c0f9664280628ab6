"""Rules about Object Lock and lifecycles: how long a bucket keeps what it was given."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Rule, Sentence, Severity, StackRule, about, apart, number, texts
from strongroom_policies.tokens import TypeToken

_YEAR_DAYS: Final = 365
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html, read
# 2026-11-22.
_INFREQUENT: Final = ("STANDARD_IA", "ONEZONE_IA")
_INFREQUENT_AFTER_DAYS: Final = 30
_MINIMUM_DAYS: Final = {"STANDARD_IA": 30, "ONEZONE_IA": 30, "GLACIER_IR": 90, "GLACIER": 90, "DEEP_ARCHIVE": 180}
"""Days that an object stays in a class at least, or is paid for."""


def _archives_are_locked(stack: Stack, wanted: Properties) -> Iterator[tuple[Resource, Sentence]]:
    patterns = wanted.texts("archives")
    for bucket in stack.of(TypeToken.S3_BUCKET):
        yield from about(bucket, _has_a_lock(bucket, stack, patterns))


def _has_a_lock(bucket: Resource, stack: Stack, patterns: tuple[str, ...]) -> Iterator[Sentence]:
    name, lockable = bucket.properties.text("bucket") or bucket.name, bucket.properties.flag("objectLockEnabled")
    archive = any(fnmatchcase(name, pattern) for pattern in patterns)
    if archive and not lockable:
        yield f"{bucket} is an archive without Object Lock; it is required: set object_lock_enabled to true"
    if (archive or lockable) and not stack.about(
        bucket, TypeToken.S3_BUCKET_OBJECT_LOCK_CONFIGURATION, "bucket", "bucket", "id"
    ):
        yield (
            f"{bucket} locks no object by itself; a default retention is required: add an"
            " s3.BucketObjectLockConfiguration"
        )


LOCKED: Final = StackRule(
    name="s3-archive-locked",
    description="Checks that archives have Object Lock, and a default retention for what is written without one.",
    why=(
        "Object Lock without a default locks nothing; taking the resource from the program ends the default in silence."
    ),
    controls={"AWS Security Hub": ("S3.15",), "Checkov": ("CKV_AWS_143",), "NIST 800-53": ("CP-9(8)",)},
    severity=Severity.CRITICAL,
    check=_archives_are_locked,
    options={
        "archives": texts((), "Patterns of the names of buckets that must be locked; those with Object Lock always.")
    },
)


def _keeps_long_enough(lock: Resource, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(_default(lock, wanted), _mode(lock, wanted))


def _default(lock: Resource, wanted: Properties) -> Iterator[Sentence]:
    days, least, most = _days(lock), wanted.number("minimumDays") or 0, wanted.number("maximumDays") or 0
    if not least <= days <= most:
        yield (
            f"{lock} keeps an object for {days} days by default; {least} to {most} are required: set days of"
            " default_retention"
        )


def _mode(lock: Resource, wanted: Properties) -> Iterator[Sentence]:
    mode, bucket = _retention(lock).text("mode"), lock.properties.text("bucket") or lock.name
    if mode == "COMPLIANCE" and not any(fnmatchcase(bucket, one) for one in wanted.texts("complianceBuckets")):
        yield (
            f"{lock} is in COMPLIANCE mode, and nobody can delete its objects in time; that must be meant: use"
            f" GOVERNANCE, or name {bucket!r} in complianceBuckets of s3-archive-retention"
        )


def _retention(lock: Resource) -> Properties:
    return lock.properties.part("rule").part("defaultRetention")


def _days(lock: Resource) -> int:
    retention = _retention(lock)
    return (retention.number("days") or 0) + (retention.number("years") or 0) * _YEAR_DAYS


RETENTION: Final = Rule(
    name="s3-archive-retention",
    description="Checks that the default retention of Object Lock is long enough, has an end, and is meant.",
    why="A default that is lowered is accepted by S3, and every object from that day on is kept for too short.",
    controls={"AWS Security Hub": ("S3.15",), "Checkov": ("CKV_AWS_143",), "ISO 27001:2022": ("A.5.33",)},
    severity=Severity.CRITICAL,
    on=(TypeToken.S3_BUCKET_OBJECT_LOCK_CONFIGURATION,),
    check=_keeps_long_enough,
    options={
        "minimumDays": number(2192, "Shortest default retention."),
        "maximumDays": number(3653, "Longest default retention."),
        "complianceBuckets": texts((), "Patterns of the names of buckets that may be in COMPLIANCE mode."),
    },
)


def _lifecycle_is_sound(configuration: Resource, wanted: Properties) -> Iterator[Sentence]:
    active = [rule for rule in configuration.properties.parts("rules") if rule.text("status") == "Enabled"]
    yield from apart(
        _uploads_end(configuration, active, wanted),
        _old_versions_end(configuration, active),
        *(_in_order(configuration, rule) for rule in active),
    )


def _uploads_end(configuration: Resource, active: list[Properties], wanted: Properties) -> Iterator[Sentence]:
    most = wanted.number("abortUploadsDays") or 0
    days = [rule.part("abortIncompleteMultipartUpload").number("daysAfterInitiation") for rule in active]
    if not any(one and one <= most for one in days):
        yield (
            f"{configuration} leaves abandoned uploads for more than {most} days; they must end: add a rule with"
            f" abort_incomplete_multipart_upload and days_after_initiation {most}"
        )


def _old_versions_end(configuration: Resource, active: list[Properties]) -> Iterator[Sentence]:
    if not any(rule.part("noncurrentVersionExpiration").number("noncurrentDays") for rule in active):
        yield (
            f"{configuration} keeps old versions for ever; an end is required: add a rule with"
            " noncurrent_version_expiration"
        )


def _in_order(configuration: Resource, rule: Properties) -> Iterator[Sentence]:
    name = f"rule {rule.text('id')!r} of {configuration}"
    moves = [(one.number("days"), one.text("storageClass") or "") for one in rule.parts("transitions")]
    timed = sorted((days, storage) for days, storage in moves if days is not None)
    for days, storage in timed:
        if storage in _INFREQUENT and days < _INFREQUENT_AFTER_DAYS:
            yield (
                f"{name} moves to {storage} after {days} days; {_INFREQUENT_AFTER_DAYS} or more are required: raise"
                " days"
            )
    for (days, storage), (later, next_storage) in pairwise(timed):
        least = days + _MINIMUM_DAYS.get(storage, 0)
        if later < least:
            yield f"{name} moves on to {next_storage} after {later} days; {storage} asks for {least}: raise days"
    end = rule.part("expiration").number("days")
    if end and timed and end <= timed[-1][0]:
        yield (
            f"{name} expires after {end} days what moves after {timed[-1][0]}; later is required: raise days of"
            " expiration"
        )


LIFECYCLE: Final = Rule(
    name="s3-bucket-lifecycle",
    description="Checks that abandoned uploads and old versions end, and that storage classes follow each other.",
    why="S3 refuses an expiration that is not after the last transition, and charges a class's minimum all the same.",
    controls={"AWS Security Hub": ("S3.10", "S3.13"), "Checkov": ("CKV_AWS_300",)},
    severity=Severity.MEDIUM,
    on=(TypeToken.S3_BUCKET_LIFECYCLE_CONFIGURATION,),
    check=_lifecycle_is_sound,
    options={"abortUploadsDays": number(7, "Days after which an abandoned upload is removed, at most.")},
)


def _nothing_ends_before_its_lock(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for lock in stack.of(TypeToken.S3_BUCKET_OBJECT_LOCK_CONFIGURATION):
        yield from about(lock, _ends_after(lock, stack))


def _ends_after(lock: Resource, stack: Stack) -> Iterator[Sentence]:
    days, bucket = _days(lock), lock.properties.text("bucket")
    for configuration in stack.of(TypeToken.S3_BUCKET_LIFECYCLE_CONFIGURATION):
        if configuration.properties.text("bucket") != bucket:
            continue
        for rule in configuration.properties.parts("rules"):
            ends = {
                "expiration": rule.part("expiration").number("days"),
                "noncurrent_version_expiration": rule.part("noncurrentVersionExpiration").number("noncurrentDays"),
            }
            for name, end in ends.items():
                if end and end < days:
                    yield (
                        f"rule {rule.text('id')!r} of {configuration} has {name} after {end} days, and {lock} keeps"
                        " objects"
                        f" for {days}; as long or longer is required: raise its days to {days}"
                    )


AFTER_THE_LOCK: Final = StackRule(
    name="s3-archive-lifecycle-after-lock",
    description="Checks that no lifecycle of an archive ends before its lock does.",
    why="An expiration before the lock's end hides every object behind a delete marker, years too early.",
    controls={"AWS Security Hub": ("S3.13", "S3.15"), "ISO 27001:2022": ("A.5.33",)},
    severity=Severity.HIGH,
    check=_nothing_ends_before_its_lock,
)
