"""aws.s3.Bucket: the bucket alone; versioning, encryption, policy and so on are types of their own."""

from typing import Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.errors import ProviderError, any_of, code_of, code_with, codes, during
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
    TagChange,
)
from rehearsal.provider.types import s3_bucket_reading as reading
from rehearsal.provider.types.s3_emptying import empty_bucket
from rehearsal.provider.types.s3_parts import PROPAGATION, bucket_import
from rehearsal.provider.validation import matching
from rehearsal.provider.values import tag_list
from rehearsal.provider.waiting import Wait, retried, until

_CREATE_SECONDS: Final = 20 * 60
_DELETE_SECONDS: Final = 60 * 60
_CLASSIC: Final = "us-east-1"
"""The region where S3 makes an own bucket again without a word, and takes no location."""
_TAGS_REFUSED: Final = any_of(
    code_with("AccessDenied", "is not authorized to perform: s3:TagResource"), codes("UnsupportedArgument")
)
_GONE: Final = codes("404", "NoSuchBucket")
_NAME: Final = matching(
    r"(?!\d+\.\d+\.\d+\.\d+$)(?!xn--)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
    "validating S3 Bucket name: only 3 to 63 lowercase alphanumeric characters, periods and hyphens allowed",
)


def create(context: Context, inputs: Properties) -> str:
    """Make the bucket with its tags; a role that may not tag makes it without, and `settle` tags it."""
    bucket = str(inputs["bucket"])
    if context.region == _CLASSIC:
        _refuse_existing(context, bucket)
    tags = tag_list(inputs["tagsAll"])
    try:
        _create(context, inputs, tags)
    except ClientError as error:
        if not tags or not _TAGS_REFUSED(error):
            raise
        _create(context, inputs, [])
    return bucket


def settle(context: Context, resource_id: str, inputs: Properties) -> None:
    """Wait until the bucket is seen, and tag it if its creation could not."""
    s3 = context.clients.client("s3", context.region)
    retried(context.pace, PROPAGATION, _GONE, lambda: s3.head_bucket(Bucket=resource_id))
    if inputs["tagsAll"] and reading.tags_of(context, resource_id) != inputs["tagsAll"]:
        s3.put_bucket_tagging(Bucket=resource_id, Tagging={"TagSet": tag_list(inputs["tagsAll"])})


def tag(context: Context, change: TagChange) -> None:
    """Write the whole set of tags, as S3 knows no single ones; tags that others made in between stay."""
    s3 = context.clients.client("s3", context.region)
    now = reading.tags_of(context, change.id)
    tags = {key: value for key, value in now.items() if key not in change.remove} | change.put
    if tags:
        s3.put_bucket_tagging(Bucket=change.id, Tagging={"TagSet": tag_list(tags)})
    elif now:
        s3.delete_bucket_tagging(Bucket=change.id)


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Delete the bucket; one that is not empty is emptied first if the state allows it."""
    s3 = context.clients.client("s3", context.region)
    try:
        s3.delete_bucket(Bucket=resource_id)
    except ClientError as error:
        if code_of(error) != "BucketNotEmpty" or not state.get("forceDestroy"):
            raise
        with during(f"emptying S3 Bucket ({resource_id})"):
            empty_bucket(s3, resource_id, locked=_locked(state))
        s3.delete_bucket(Bucket=resource_id)
    until(context.pace, Wait(target="", timeout=_DELETE_SECONDS), lambda: _seen(context, resource_id))


def _create(context: Context, inputs: Properties, tags: list[Any]) -> None:
    s3 = context.clients.client("s3", context.region)
    place: Any = {} if context.region == _CLASSIC else {"LocationConstraint": context.region}
    if tags:
        place["Tags"] = tags
    arguments: dict[str, Any] = {"Bucket": inputs["bucket"], "ACL": "private"}
    if place:
        arguments["CreateBucketConfiguration"] = place
    if inputs.get("objectLockEnabled"):
        arguments["ObjectLockEnabledForBucket"] = True
    retried(context.pace, _CREATE_SECONDS, codes("OperationAborted"), lambda: s3.create_bucket(**arguments))


def _refuse_existing(context: Context, bucket: str) -> None:
    if _seen(context, bucket):
        raise ProviderError(f"creating S3 Bucket ({bucket}): BucketAlreadyExists")


def _seen(context: Context, bucket: str) -> str:
    try:
        context.clients.client("s3", context.region).head_bucket(Bucket=bucket)
    except ClientError as error:
        if _GONE(error):
            return ""
        raise
    return "found"


def _locked(state: Properties) -> bool:
    """Whether the *state* knows of a lock: one that was added since the last read counts for nothing."""
    lock: Properties = state.get("objectLockConfiguration") or {}
    return lock.get("objectLockEnabled") == "Enabled"


TYPE: Final = ResourceType(
    type="aws:s3/bucket:Bucket",
    label="S3 Bucket",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket.go",
    properties={
        "bucket": Property(optional_computed=True, replaces=True, checks=(_NAME,)),
        "forceDestroy": Property(kind=Kind.BOOLEAN, default=False, unreadable=True),
        "objectLockEnabled": Property(kind=Kind.BOOLEAN, optional_computed=True, replaces=True),
    },
    outputs={name: Computed() for name in reading.OUTPUTS},
    operations=Operations(create=create, settle=settle, read=reading.read, tag=tag, delete=delete),
    tagged=True,
    autoname=Autoname(property="bucket", max_length=63, lower=True),
    import_id=bucket_import,
    gone=_GONE,
)
