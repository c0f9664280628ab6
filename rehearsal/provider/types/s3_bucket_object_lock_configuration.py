"""aws.s3.BucketObjectLockConfiguration: the default retention of new objects; deleting it ends that, the lock stays."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import codes, during
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.s3_parts import BUCKET, OWNER, addressed, named, owned_import, part_id, put, until_found
from rehearsal.provider.types.s3_spelling import from_s3, to_s3
from rehearsal.provider.validation import one_of
from rehearsal.provider.values import present

_ABSENT: Final = codes("NoSuchBucket", "ObjectLockConfigurationNotFoundError")


def create(context: Context, inputs: Properties) -> str:
    """Write the lock; S3 refuses a bucket without versioning, which is not tried again."""
    with during(f"creating S3 Bucket ({inputs['bucket']}) Object Lock Configuration"):
        put(context, lambda: _put(context, part_id(inputs), inputs))
    return part_id(inputs)


def settle(context: Context, resource_id: str, _inputs: Properties) -> None:
    """Wait until the lock is seen."""
    s3 = context.clients.client("s3", context.region)
    until_found(context, _ABSENT, lambda: s3.get_object_lock_configuration(**addressed(resource_id)))


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the lock."""
    answer = context.clients.client("s3", context.region).get_object_lock_configuration(**addressed(resource_id))
    return {**named(resource_id), **from_s3(answer.get("ObjectLockConfiguration", {}))}


def update(context: Context, update: Update) -> None:
    """Write the lock anew; without a rule the default retention ends."""
    _put(context, update.id, update.new)


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Write the lock without a rule: S3 cannot take a lock off a bucket."""
    s3 = context.clients.client("s3", context.region)
    lock: Any = {"ObjectLockEnabled": state["objectLockEnabled"]}
    s3.put_object_lock_configuration(**addressed(resource_id), ObjectLockConfiguration=lock)


def _put(context: Context, resource_id: str, inputs: Properties) -> None:
    s3 = context.clients.client("s3", context.region)
    lock: Any = to_s3({"objectLockEnabled": inputs["objectLockEnabled"], "rule": inputs.get("rule")})
    token = present({"Token": inputs.get("token")})
    s3.put_object_lock_configuration(**addressed(resource_id), **token, ObjectLockConfiguration=lock)


_RETENTION: Final = Property(
    kind=Kind.OBJECT,
    required=True,
    fields={
        "mode": Property(checks=(one_of("GOVERNANCE", "COMPLIANCE"),)),
        "days": Property(kind=Kind.INTEGER, conflicts_with=("years",)),
        "years": Property(kind=Kind.INTEGER, conflicts_with=("days",)),
    },
)

TYPE: Final = ResourceType(
    type="aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    label="S3 Bucket Object Lock Configuration",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_object_lock_configuration.go",
    properties={
        "bucket": BUCKET,
        "expectedBucketOwner": OWNER,
        "objectLockEnabled": Property(replaces=True, default="Enabled", checks=(one_of("Enabled"),)),
        "rule": Property(kind=Kind.OBJECT, fields={"defaultRetention": _RETENTION}),
        "token": Property(unreadable=True, secret=True),
    },
    outputs={},
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete),
    import_id=owned_import,
    gone=_ABSENT,
)
