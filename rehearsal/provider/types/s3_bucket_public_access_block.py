"""aws.s3.BucketPublicAccessBlock: four switches against public access; an empty one switches all of them off."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import codes, during
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.s3_parts import BUCKET, bucket_import, put, until_found, until_gone
from rehearsal.provider.types.s3_spelling import from_s3, to_s3

_ABSENT: Final = codes("NoSuchBucket", "NoSuchPublicAccessBlockConfiguration")
_SWITCHES: Final = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def create(context: Context, inputs: Properties) -> str:
    """Write the switches."""
    bucket = str(inputs["bucket"])
    with during(f"creating S3 Bucket ({bucket}) Public Access Block"):
        _put(context, bucket, inputs)
    return bucket


def settle(context: Context, resource_id: str, _inputs: Properties) -> None:
    """Wait until the switches are seen."""
    s3 = context.clients.client("s3", context.region)
    until_found(context, _ABSENT, lambda: s3.get_public_access_block(Bucket=resource_id))


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the switches."""
    answer = context.clients.client("s3", context.region).get_public_access_block(Bucket=resource_id)
    return {"bucket": resource_id, **from_s3(answer["PublicAccessBlockConfiguration"])}


def update(context: Context, update: Update) -> None:
    """Write all switches."""
    _put(context, update.id, update.new)


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Take all switches away, unless the program said to leave them."""
    if state.get("skipDestroy"):
        return
    s3 = context.clients.client("s3", context.region)
    s3.delete_public_access_block(Bucket=resource_id)
    until_gone(context, _ABSENT, lambda: s3.get_public_access_block(Bucket=resource_id))


def _put(context: Context, bucket: str, inputs: Properties) -> None:
    s3 = context.clients.client("s3", context.region)
    switches: Any = to_s3({name: bool(inputs.get(name)) for name in _SWITCHES})
    put(context, lambda: s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=switches))


TYPE: Final = ResourceType(
    type="aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    label="S3 Bucket Public Access Block",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_public_access_block.go",
    properties={
        "bucket": BUCKET,
        **{name: Property(kind=Kind.BOOLEAN, default=False) for name in _SWITCHES},
        "skipDestroy": Property(kind=Kind.BOOLEAN, unreadable=True),
    },
    outputs={},
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete),
    import_id=bucket_import,
    gone=_ABSENT,
)
