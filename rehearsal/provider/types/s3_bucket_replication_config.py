"""aws.s3.BucketReplicationConfig: what a bucket copies where; S3 looks neither at the role nor at the keys."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import any_of, code_with, codes, during
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types import s3_replication_rule as rule
from rehearsal.provider.types.s3_parts import BUCKET, PROPAGATION, bucket_import, until_found, until_gone
from rehearsal.provider.validation import arn, length
from rehearsal.provider.values import present
from rehearsal.provider.waiting import retried

_ABSENT: Final = codes("NoSuchBucket", "ReplicationConfigurationNotFoundError")
_NOT_YET: Final = any_of(
    codes("NoSuchBucket"), code_with("InvalidRequest", "Versioning must be 'Enabled' on the bucket")
)


def create(context: Context, inputs: Properties) -> str:
    """Write the rules; the bucket's versioning may just have been switched on."""
    bucket = str(inputs["bucket"])
    with during(f"creating S3 Bucket ({bucket}) Replication Configuration"):
        retried(context.pace, PROPAGATION, _NOT_YET, lambda: _put(context, bucket, inputs))
    return bucket


def settle(context: Context, resource_id: str, _inputs: Properties) -> None:
    """Wait until the rules are seen."""
    s3 = context.clients.client("s3", context.region)
    until_found(context, _ABSENT, lambda: s3.get_bucket_replication(Bucket=resource_id))


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the rules."""
    answer = context.clients.client("s3", context.region).get_bucket_replication(Bucket=resource_id)
    told = answer["ReplicationConfiguration"]
    return {"bucket": resource_id, "role": told["Role"], "rules": [rule.found(one) for one in told["Rules"]]}


def update(context: Context, update: Update) -> None:
    """Write all rules anew."""
    _put(context, update.id, update.new)


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take all rules away and wait until they are no longer seen."""
    s3 = context.clients.client("s3", context.region)
    s3.delete_bucket_replication(Bucket=resource_id)
    until_gone(context, _ABSENT, lambda: s3.get_bucket_replication(Bucket=resource_id))


def _put(context: Context, bucket: str, inputs: Properties) -> None:
    sent: Any = {"Role": inputs["role"], "Rules": [rule.asked(one) for one in inputs["rules"]]}
    token = present({"Token": inputs.get("token")})
    context.clients.client("s3", context.region).put_bucket_replication(
        Bucket=bucket, ReplicationConfiguration=sent, **token
    )


TYPE: Final = ResourceType(
    type="aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    label="S3 Bucket Replication Configuration",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_replication_configuration.go",
    properties={
        "bucket": BUCKET,
        "role": Property(required=True, checks=(arn,)),
        "rules": Property(kind=Kind.LIST, required=True, item=rule.RULE, checks=(length(1, 1000),)),
        "token": Property(unreadable=True, secret=True),
    },
    outputs={},
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete),
    import_id=bucket_import,
    gone=_ABSENT,
)
