"""aws.s3.BucketPolicy: a bucket's policy; a principal that does not exist yet costs two minutes before it fails."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import normalised, policy_text
from rehearsal.provider.errors import any_of, codes, during
from rehearsal.provider.schema import Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.s3_parts import BUCKET, NO_BUCKET, PROPAGATION, bucket_import, until_found, until_gone
from rehearsal.provider.validation import json_document
from rehearsal.provider.waiting import retried

_ABSENT: Final = codes("NoSuchBucket", "NoSuchBucketPolicy")


def create(context: Context, inputs: Properties) -> str:
    """Write the policy."""
    _put(context, inputs["bucket"], inputs)
    return str(inputs["bucket"])


def settle(context: Context, resource_id: str, _inputs: Properties) -> None:
    """Wait until the policy is seen."""
    s3 = context.clients.client("s3", context.region)
    until_found(context, _ABSENT, lambda: s3.get_bucket_policy(Bucket=resource_id))


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the policy."""
    answer = context.clients.client("s3", context.region).get_bucket_policy(Bucket=resource_id)
    return {"bucket": resource_id, "policy": normalised(answer["Policy"])}


def update(context: Context, update: Update) -> None:
    """Write the policy anew."""
    _put(context, update.id, update.new)


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take the policy away and wait until it is no longer seen."""
    s3 = context.clients.client("s3", context.region)
    s3.delete_bucket_policy(Bucket=resource_id)
    until_gone(context, _ABSENT, lambda: s3.get_bucket_policy(Bucket=resource_id))


def _put(context: Context, bucket: str, inputs: Properties) -> None:
    """A principal just made is unknown to S3 for a while, and S3 says the same of one that will never be."""
    s3, policy = context.clients.client("s3", context.region), normalised(inputs["policy"])
    again = any_of(NO_BUCKET, codes("MalformedPolicy"))
    with during(f"putting S3 Bucket ({bucket}) Policy"):
        retried(context.pace, PROPAGATION, again, lambda: s3.put_bucket_policy(Bucket=bucket, Policy=policy))


TYPE: Final = ResourceType(
    type="aws:s3/bucketPolicy:BucketPolicy",
    label="S3 Bucket Policy",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_policy.go",
    properties={
        "bucket": BUCKET,
        "policy": Property(required=True, accepts_object=True, canonical=policy_text, checks=(json_document,)),
    },
    outputs={},
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete),
    import_id=bucket_import,
    gone=_ABSENT,
)
