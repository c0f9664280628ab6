"""Rules about buckets that hold backups: shut, encrypted, versioned."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.properties import NotKnownError, Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Rule, Sentence, Severity, StackRule, about, apart, texts
from strongroom_policies.tokens import TypeToken

_GUARDS: Final[tuple[tuple[TypeToken, str], ...]] = (
    (TypeToken.S3_BUCKET_PUBLIC_ACCESS_BLOCK, "it is not shut to the public"),
    (TypeToken.S3_BUCKET_OWNERSHIP_CONTROLS, "objects may belong to other accounts"),
    (TypeToken.S3_BUCKET_POLICY, "it answers without TLS"),
    (TypeToken.S3_BUCKET_VERSIONING, "what is overwritten is gone"),
    (TypeToken.S3_BUCKET_SERVER_SIDE_ENCRYPTION_CONFIGURATION, "objects lie under a key of S3's own"),
    (TypeToken.S3_BUCKET_LIFECYCLE_CONFIGURATION, "abandoned uploads and old versions stay for ever"),
)
_BLOCKS: Final = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_OWNED: Final = "BucketOwnerEnforced"
_KEY: Final = "kmsMasterKeyId"


def _has_its_guards(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for bucket in stack.of(TypeToken.S3_BUCKET):
        yield from about(bucket, *(_has(bucket, stack, kind, else_) for kind, else_ in _GUARDS))


def _has(bucket: Resource, stack: Stack, kind: TypeToken, else_: str) -> Iterator[Sentence]:
    if not stack.about(bucket, kind, "bucket", "bucket", "id"):
        yield f"{bucket} has no s3.{kind.class_name}, so {else_}; one is required: add an s3.{kind.class_name} for it"


GUARDS: Final = StackRule(
    name="s3-bucket-guards",
    description="Checks that every bucket is shut, owned, versioned and encrypted by resources of its own.",
    why="Taking one of these resources from the program succeeds, and quietly weakens the bucket in AWS.",
    controls={
        "AWS Security Hub": ("S3.1", "S3.5", "S3.8", "S3.12", "S3.13", "S3.14", "S3.17"),
        "Checkov": ("CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"),
        "CIS AWS Foundations": ("2.1.1", "2.1.4"),
    },
    severity=Severity.HIGH,
    check=_has_its_guards,
)


def _shut(block: Resource, _: Properties) -> Iterator[Sentence]:
    yield from apart(*(_one_shut(block, name) for name in _BLOCKS))


def _one_shut(block: Resource, name: str) -> Iterator[Sentence]:
    if not block.properties.flag(name):
        yield f"{block} leaves {name} off, and so switches it off; all four are required: set {name} to true"


PUBLIC_ACCESS: Final = Rule(
    name="s3-bucket-public-access",
    description="Checks that all four blocks of public access are on.",
    why="An empty BucketPublicAccessBlock does not keep AWS's defaults: it switches every block off.",
    controls={
        "AWS Security Hub": ("S3.1", "S3.8"),
        "Checkov": ("CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"),
        "CIS AWS Foundations": ("2.1.4",),
    },
    severity=Severity.CRITICAL,
    on=(TypeToken.S3_BUCKET_PUBLIC_ACCESS_BLOCK,),
    check=_shut,
)


def _owned(controls: Resource, _: Properties) -> Iterator[Sentence]:
    got = controls.properties.part("rule").text("objectOwnership")
    if got != _OWNED:
        yield (
            f"{controls} has object_ownership {got or 'not set'}; {_OWNED} is required, so that access lists count no"
            " more: set it"
        )


OWNERSHIP: Final = Rule(
    name="s3-bucket-ownership",
    description="Checks that access lists are off and every object belongs to the bucket's account.",
    why="A replica that still belongs to the source's account can be deleted from there.",
    controls={"AWS Security Hub": ("S3.12",)},
    severity=Severity.HIGH,
    on=(TypeToken.S3_BUCKET_OWNERSHIP_CONTROLS,),
    check=_owned,
)


def _versioned(versioning: Resource, _: Properties) -> Iterator[Sentence]:
    got = versioning.properties.part("versioningConfiguration").text("status")
    if got != "Enabled":
        yield (
            f"{versioning} has status {got or 'not set'}; Enabled is required, or what is overwritten is gone: set"
            " status to Enabled"
        )


VERSIONING: Final = Rule(
    name="s3-bucket-versioning",
    description="Checks that buckets keep versions.",
    why="Replication and Object Lock both end, or never begin, where versioning is not enabled.",
    controls={"AWS Security Hub": ("S3.14",), "Checkov": ("CKV_AWS_21",)},
    severity=Severity.HIGH,
    on=(TypeToken.S3_BUCKET_VERSIONING,),
    check=_versioned,
)


def _under_a_customer_key(encryption: Resource, _: Properties) -> Iterator[Sentence]:
    rules = encryption.properties.parts("rules")
    if not rules:
        yield f"{encryption} has no rule; SSE-KMS under a customer managed key is required: add one with aws:kms"
    yield from apart(*(_sealed(encryption, rule) for rule in rules))


def _sealed(encryption: Resource, rule: Properties) -> Iterator[Sentence]:
    default = rule.part("applyServerSideEncryptionByDefault")
    algorithm = default.text("sseAlgorithm")
    by_kms = algorithm in ("aws:kms", "aws:kms:dsse")
    # Another algorithm is wrong under any key, and is told where the key is not known yet.
    key = default.text(_KEY) if by_kms or default.knows(_KEY) else "a key that is not known yet"
    if not by_kms or not key or "alias/aws/" in key:
        yield (
            f"{encryption} encrypts by {algorithm or 'nothing'} under {key or 'no key of its own'}; aws:kms under a"
            " customer managed key is required: set sse_algorithm and kms_master_key_id"
        )


ENCRYPTION: Final = Rule(
    name="s3-bucket-encryption",
    description="Checks that objects are encrypted under a customer managed key.",
    why="A key of S3's own cannot be shared with the account that restores, and cannot be taken from an intruder.",
    controls={"AWS Security Hub": ("S3.17",), "Checkov": ("CKV_AWS_145",)},
    severity=Severity.HIGH,
    on=(TypeToken.S3_BUCKET_SERVER_SIDE_ENCRYPTION_CONFIGURATION,),
    check=_under_a_customer_key,
    keys=(f"rules.applyServerSideEncryptionByDefault.{_KEY}",),
)


_ONE_EACH: Final[tuple[TypeToken, ...]] = (
    *(kind for kind, _ in _GUARDS),
    TypeToken.S3_BUCKET_OBJECT_LOCK_CONFIGURATION,
    TypeToken.S3_BUCKET_REPLICATION_CONFIG,
    TypeToken.S3_BUCKET_NOTIFICATION,
)
_INLINE: Final = (
    "lifecycleRules",
    "objectLockConfiguration",
    "policy",
    "replicationConfiguration",
    "replicationConfigurations",
    "serverSideEncryptionConfiguration",
    "serverSideEncryptionConfigurations",
    "versioning",
    "versionings",
)
"""Those in the plural are of BucketV2, the bucket's former name."""


def _written_once(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for bucket in stack.of(TypeToken.S3_BUCKET):
        yield from about(bucket, *(_one(bucket, stack, kind) for kind in _ONE_EACH))


def _one(bucket: Resource, stack: Stack, kind: TypeToken) -> Iterator[Sentence]:
    found, unknown = list[Resource](), None
    for one in stack.of(kind):
        try:
            found += [one] if stack.refers(one, bucket, "bucket", "bucket", "id") else []
        except NotKnownError as error:
            unknown = error
    if len(found) > 1:
        yield (
            f"{bucket} has {len(found)} of s3.{kind.class_name} ({', '.join(one.name for one in found)}), and each"
            " writes over the others; one is required: put them together"
        )
    elif unknown:
        raise unknown


ONE_WRITER: Final = StackRule(
    name="s3-bucket-one-writer",
    description="Checks that no two resources write one setting of a bucket.",
    why="Two lifecycle or replication resources of one bucket overwrite each other with every `pulumi up`.",
    controls={"NIST 800-53": ("CM-2",)},
    severity=Severity.MEDIUM,
    check=_written_once,
)


def _nothing_inline(bucket: Resource, wanted: Properties) -> Iterator[Sentence]:
    for name in wanted.texts("settings"):
        if bucket.properties.parts(name) or bucket.properties.text(name):
            yield (
                f"{bucket} sets {name} inline, where it and a resource of its own would undo each other; one writer is"
                " required: move it into a resource such as s3.BucketVersioning"
            )


NOTHING_INLINE: Final = Rule(
    name="s3-bucket-nothing-inline",
    description="Checks that a bucket's settings are resources of their own.",
    why=(
        "A setting that is written inline and as a resource changes with every `pulumi up`, and inline ones are"
        " deprecated."
    ),
    controls={"NIST 800-53": ("CM-2",)},
    severity=Severity.MEDIUM,
    on=(TypeToken.S3_BUCKET,),
    check=_nothing_inline,
    options={"settings": texts(_INLINE, "Properties of s3.Bucket that must not be set.")},
)
