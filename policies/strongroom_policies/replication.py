"""Rules about the replication of buckets."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Rule, Sentence, Severity, StackRule, about, apart, flag, texts
from strongroom_policies.tokens import TypeToken


def _replicates(configuration: Resource, wanted: Properties) -> Iterator[Sentence]:
    rules = configuration.properties.parts("rules")
    yield from apart(_some_rule(configuration, rules), *(_one(configuration, rule, wanted) for rule in rules))


def _some_rule(configuration: Resource, rules: tuple[Properties, ...]) -> Iterator[Sentence]:
    if not rules:
        yield f"{configuration} has no rule and replicates nothing; one is required: add it to rules"


def _one(configuration: Resource, rule: Properties, wanted: Properties) -> Iterator[Sentence]:
    name = f"rule {rule.text('id')!r} of {configuration}"
    yield from apart(
        _enabled(name, rule),
        _encrypted(name, rule),
        _keeps_deleted(name, rule),
        _reports(name, rule),
        _owned(name, rule, wanted),
        _whole(name, rule, wanted),
    )


def _enabled(name: str, rule: Properties) -> Iterator[Sentence]:
    if rule.text("status") != "Enabled":
        yield f"{name} has status {rule.text('status')}; Enabled is required: set status to Enabled"


def _encrypted(name: str, rule: Properties) -> Iterator[Sentence]:
    chosen = rule.part("sourceSelectionCriteria").part("sseKmsEncryptedObjects").text("status")
    if chosen != "Enabled":
        yield (
            f"{name} leaves out every object under a KMS key (sse_kms_encrypted_objects is {chosen or 'not set'}); they"
            " are required: set source_selection_criteria with sse_kms_encrypted_objects status Enabled"
        )
    if "replicaKmsKeyId" not in rule.part("destination").part("encryptionConfiguration"):
        yield (
            f"{name} names no key for replicas; one is required, or objects under a KMS key are not replicated: set"
            " encryption_configuration with replica_kms_key_id"
        )


def _keeps_deleted(name: str, rule: Properties) -> Iterator[Sentence]:
    got = rule.part("deleteMarkerReplication").text("status")
    if got != "Disabled":
        yield (
            f"{name} has delete_marker_replication {got or 'not set'}; Disabled is required, so that what is deleted"
            " here stays there: set its status to Disabled"
        )


def _reports(name: str, rule: Properties) -> Iterator[Sentence]:
    got = rule.part("destination").part("metrics").text("status")
    if got != "Enabled":
        yield (
            f"{name} has no metrics (status {got or 'not set'}), and fails unseen; they are required: set metrics"
            " status Enabled"
        )


def _owned(name: str, rule: Properties, wanted: Properties) -> Iterator[Sentence]:
    destination = rule.part("destination")
    if "account" not in destination and not wanted.flag("allowSameAccount"):
        yield (
            f"{name} names no account for replicas; another account is required: set account of its destination, or"
            " allowSameAccount of s3-replication"
        )
    owner = destination.part("accessControlTranslation").text("owner")
    if "account" in destination and owner != "Destination":
        yield (
            f"{name} leaves replicas to the source's account; the archive's account must own them: set"
            " access_control_translation with owner Destination"
        )


def _whole(name: str, rule: Properties, wanted: Properties) -> Iterator[Sentence]:
    chosen = rule.part("filter")
    limits = [part for part in ("prefix", "tag", "and") if chosen.said(part)]
    if limits and not wanted.flag("allowFilters"):
        yield (
            f"{name} replicates only what its filter chooses ({', '.join(limits)}); everything is required: use an"
            " empty prefix, or set allowFilters of s3-replication"
        )


RULES: Final = Rule(
    name="s3-replication",
    description="Checks that a replication takes every object, encrypted ones too, and hands it to the other account.",
    why="Without the criteria for KMS objects S3 accepts the replication with status 200 and replicates nothing.",
    controls={"AWS Security Hub": ("S3.7",), "Checkov": ("CKV_AWS_144",), "NIST 800-53": ("CP-9(3)",)},
    severity=Severity.CRITICAL,
    on=(TypeToken.S3_BUCKET_REPLICATION_CONFIG,),
    check=_replicates,
    keys=("rules.destination.encryptionConfiguration.replicaKmsKeyId",),
    options={
        "allowFilters": flag(default=False, description="Whether a rule may replicate a part of the bucket only."),
        "allowSameAccount": flag(default=False, description="Whether replicas may stay in the bucket's own account."),
    },
)


def _chosen_buckets_replicate(stack: Stack, wanted: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for bucket in stack.of(TypeToken.S3_BUCKET):
        yield from about(bucket, _has_replication(bucket, stack, wanted))


def _has_replication(bucket: Resource, stack: Stack, wanted: Properties) -> Iterator[Sentence]:
    name = bucket.properties.text("bucket") or bucket.name
    if not any(fnmatchcase(name, pattern) for pattern in wanted.texts("replicatedBuckets")):
        return
    if not stack.about(bucket, TypeToken.S3_BUCKET_REPLICATION_CONFIG, "bucket", "bucket", "id"):
        yield (
            f"{bucket} is replicated nowhere; a replica in another account is required: add an"
            " s3.BucketReplicationConfig"
        )


PRESENT: Final = StackRule(
    name="s3-replication-present",
    description="Checks that the buckets that must be replicated are.",
    why="Taking the replication from the program deletes it, and every later export exists once.",
    controls={"AWS Security Hub": ("S3.7",), "NIST 800-53": ("CP-9(3)",)},
    severity=Severity.CRITICAL,
    check=_chosen_buckets_replicate,
    options={"replicatedBuckets": texts((), "Patterns of the names of buckets that must have a replication.")},
)
