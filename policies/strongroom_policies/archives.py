"""Rules about Object Lock: which buckets have one, and how long it keeps what they were given."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.lifecycles import CURRENT, NONCURRENT, Ages
from strongroom_policies.properties import NotKnownError, Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Rule, Sentence, Severity, StackRule, about, apart, number, texts
from strongroom_policies.tokens import TypeToken

_YEAR_DAYS: Final = 365


def of_one_bucket(stack: Stack, one: Resource, other: Resource) -> bool:
    """Whether two settings are those of one bucket.

    Raises:
        NotKnownError: it cannot be told.
    """
    bucket, others = _bucket(stack, one), _bucket(stack, other)
    if bucket or others:
        return bucket is others
    name = one.properties.text("bucket")
    return name is not None and name == other.properties.text("bucket")


def _bucket(stack: Stack, setting: Resource) -> Resource | None:
    """The bucket of this stack that a setting names, if it is one of this stack."""
    unknown: NotKnownError | None = None
    for bucket in stack.of(TypeToken.S3_BUCKET):
        try:
            if stack.refers(setting, bucket, "bucket", "bucket", "id"):
                return bucket
        except NotKnownError as error:
            unknown = error
    if unknown:
        raise unknown
    return None


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
    days, least, most = days_of(lock), wanted.number("minimumDays") or 0, wanted.number("maximumDays") or 0
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


def days_of(lock: Resource) -> int:
    """Days for which a lock keeps an object by default."""
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


def _nothing_ends_before_its_lock(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for lock in stack.of(TypeToken.S3_BUCKET_OBJECT_LOCK_CONFIGURATION):
        lifecycles = stack.of(TypeToken.S3_BUCKET_LIFECYCLE_CONFIGURATION)
        yield from about(lock, *(_ends_after(lock, one, stack) for one in lifecycles))


def _ends_after(lock: Resource, configuration: Resource, stack: Stack) -> Iterator[Sentence]:
    if of_one_bucket(stack, configuration, lock):
        rules = configuration.properties.parts("rules")
        yield from apart(*(_rule_ends_after(lock, configuration, rule) for rule in rules))


def _rule_ends_after(lock: Resource, configuration: Resource, rule: Properties) -> Iterator[Sentence]:
    name = f"rule {rule.text('id')!r} of {configuration}"
    if rule.text("status") != "Disabled":
        yield from apart(
            _on_no_date(lock, name, rule), *(_kept_long(lock, name, rule, one) for one in (CURRENT, NONCURRENT))
        )


def _on_no_date(lock: Resource, name: str, rule: Properties) -> Iterator[Sentence]:
    # On that day S3 expires every object, also those that were written the day before.
    if on := rule.part("expiration").text("date"):
        yield (
            f"{name} expires every object on {on}, whatever its age, and {lock} keeps objects for {days_of(lock)} days;"
            " an age is required: use days of expiration instead of date"
        )


def _kept_long(lock: Resource, name: str, rule: Properties, ages: Ages) -> Iterator[Sentence]:
    end, days = rule.part(ages.end).number(ages.days), days_of(lock)
    if end is not None and end < days:
        yield (
            f"{name} has {ages.option} after {end} days, and {lock} keeps objects for {days}; as long or longer is"
            f" required: raise its days to {days}"
        )


AFTER_THE_LOCK: Final = StackRule(
    name="s3-archive-lifecycle-after-lock",
    description="Checks that no lifecycle of an archive ends before its lock does, and none ends it on a date.",
    why="An expiration before the lock's end hides every object behind a delete marker, years too early.",
    controls={"AWS Security Hub": ("S3.13", "S3.15"), "ISO 27001:2022": ("A.5.33",)},
    severity=Severity.HIGH,
    check=_nothing_ends_before_its_lock,
)
