"""aws.s3.BucketOwnershipControls: who owns the objects that others write."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import codes, during
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.s3_parts import BUCKET, bucket_import
from rehearsal.provider.types.s3_spelling import from_s3, to_s3
from rehearsal.provider.validation import one_of
from rehearsal.provider.waiting import retried

_DELETE_SECONDS: Final = 5 * 60
_ABSENT: Final = codes("NoSuchBucket", "OwnershipControlsNotFoundError")


def create(context: Context, inputs: Properties) -> str:
    """Write the rule; a bucket not yet visible is an error."""
    with during(f"creating S3 Bucket ({inputs['bucket']}) Ownership Controls"):
        _put(context, inputs["bucket"], inputs)
    return str(inputs["bucket"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the rule."""
    answer = context.clients.client("s3", context.region).get_bucket_ownership_controls(Bucket=resource_id)
    return {"bucket": resource_id, "rule": from_s3(answer["OwnershipControls"]["Rules"][0])}


def update(context: Context, update: Update) -> None:
    """Write the rule anew."""
    _put(context, update.id, update.new)


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take the rule away, again while S3 is busy with another change of the bucket."""
    s3 = context.clients.client("s3", context.region)
    again = codes("OperationAborted")
    retried(context.pace, _DELETE_SECONDS, again, lambda: s3.delete_bucket_ownership_controls(Bucket=resource_id))


def _put(context: Context, bucket: str, inputs: Properties) -> None:
    rules: Any = {"Rules": [to_s3(inputs["rule"])]}
    context.clients.client("s3", context.region).put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=rules)


_OWNERSHIP: Final = one_of("BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced")

TYPE: Final = ResourceType(
    type="aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    label="S3 Bucket Ownership Controls",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_ownership_controls.go",
    properties={
        "bucket": BUCKET,
        "rule": Property(
            kind=Kind.OBJECT,
            required=True,
            fields={"objectOwnership": Property(required=True, checks=(_OWNERSHIP,))},
        ),
    },
    outputs={},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    import_id=bucket_import,
    gone=_ABSENT,
)
