"""aws.s3.BucketServerSideEncryptionConfiguration: how new objects are encrypted; a bucket always has one."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import any_of, codes, during
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.s3_parts import (
    BUCKET,
    NO_BUCKET,
    OWNER,
    PROPAGATION,
    addressed,
    named,
    owned_import,
    part_id,
)
from rehearsal.provider.types.s3_spelling import from_s3, to_s3
from rehearsal.provider.validation import one_of
from rehearsal.provider.waiting import retried

_ABSENT: Final = codes("NoSuchBucket", "ServerSideEncryptionConfigurationNotFoundError")


def create(context: Context, inputs: Properties) -> str:
    """Write the rules; S3 does not look at the key."""
    with during(f"creating S3 Bucket ({inputs['bucket']}) Server-side Encryption Configuration"):
        _put(context, part_id(inputs), inputs)
    return part_id(inputs)


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the rules; after a removal S3 answers AES256."""
    s3 = context.clients.client("s3", context.region)
    rules = s3.get_bucket_encryption(**addressed(resource_id))["ServerSideEncryptionConfiguration"]["Rules"]
    return {**named(resource_id), "rules": [_found(rule) for rule in rules]}


def update(context: Context, update: Update) -> None:
    """Write all rules anew."""
    _put(context, update.id, update.new)


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Fall back to what S3 does by itself; nothing is waited for."""
    context.clients.client("s3", context.region).delete_bucket_encryption(**addressed(resource_id))


def _put(context: Context, resource_id: str, inputs: Properties) -> None:
    s3 = context.clients.client("s3", context.region)
    rules: Any = {"Rules": [_asked(rule) for rule in inputs["rules"]]}
    again = any_of(NO_BUCKET, codes("OperationAborted"))
    retried(
        context.pace,
        PROPAGATION,
        again,
        lambda: s3.put_bucket_encryption(**addressed(resource_id), ServerSideEncryptionConfiguration=rules),
    )


def _asked(rule: Properties) -> Any:
    blocked = rule.get("blockedEncryptionTypes")
    return {
        **to_s3({"applyServerSideEncryptionByDefault": rule.get("applyServerSideEncryptionByDefault")}),
        "BucketKeyEnabled": bool(rule.get("bucketKeyEnabled")),
        **({"BlockedEncryptionTypes": {"EncryptionType": blocked}} if blocked else {}),
    }


def _found(rule: Any) -> Properties:
    found = from_s3(rule)
    blocked = found.pop("blockedEncryptionTypes", {}).get("encryptionType")
    return {**found, **({"blockedEncryptionTypes": blocked} if blocked else {})}


_DEFAULT_KEY: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "sseAlgorithm": Property(required=True, checks=(one_of("AES256", "aws:kms", "aws:kms:dsse"),)),
        "kmsMasterKeyId": Property(),
    },
)
_RULE: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "applyServerSideEncryptionByDefault": _DEFAULT_KEY,
        "bucketKeyEnabled": Property(kind=Kind.BOOLEAN),
        "blockedEncryptionTypes": Property(
            kind=Kind.SET, optional_computed=True, item=Property(checks=(one_of("NONE", "SSE-C"),))
        ),
    },
)

TYPE: Final = ResourceType(
    type="aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    label="S3 Bucket Server-side Encryption Configuration",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_server_side_encryption_configuration.go",
    properties={
        "bucket": BUCKET,
        "expectedBucketOwner": OWNER,
        "rules": Property(kind=Kind.SET, required=True, item=_RULE),
    },
    outputs={},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    import_id=owned_import,
    gone=_ABSENT,
)
