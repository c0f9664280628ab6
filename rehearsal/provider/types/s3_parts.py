"""What the types that configure a part of a bucket have in common: keys, imports, and how they wait for S3."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.errors import ProviderError, any_of, codes
from rehearsal.provider.schema import Imported, Properties, Property
from rehearsal.provider.validation import account_id, length
from rehearsal.provider.waiting import Wait, retried, until

T = TypeVar("T")

BUCKET: Final = Property(required=True, replaces=True, checks=(length(1, 63),))
OWNER: Final = Property(replaces=True, checks=(account_id,))
"""`expectedBucketOwner`: S3 refuses the call when the bucket is another account's."""

PROPAGATION: Final = 120.0
"""Seconds that the provider gives S3 to show what was written."""

NO_BUCKET: Final = codes("NoSuchBucket")


def part_id(inputs: Properties) -> str:
    """The id of a part: `bucket`, or `bucket,account` when the expected owner was given."""
    owner = inputs.get("expectedBucketOwner")
    return f"{inputs['bucket']},{owner}" if owner else str(inputs["bucket"])


def addressed(resource_id: str) -> dict[str, Any]:
    """The arguments by which every call names the bucket."""
    bucket, _, owner = resource_id.partition(",")
    return {"Bucket": bucket, **({"ExpectedBucketOwner": owner} if owner else {})}


def named(resource_id: str) -> Properties:
    """The inputs that an id carries."""
    bucket, _, owner = resource_id.partition(",")
    return {"bucket": bucket, **({"expectedBucketOwner": owner} if owner else {})}


def bucket_import(resource_id: str) -> Imported:
    """Take an import id that is a bucket's name.

    Raises:
        ProviderError: the name is empty.
    """
    if not resource_id:
        raise ProviderError("unexpected format for ID (), expected BUCKET")
    return Imported(id=resource_id, known={"bucket": resource_id})


def owned_import(resource_id: str) -> Imported:
    """Take an import id `bucket` or `bucket,account`.

    Raises:
        ProviderError: the resource_id has another form.
    """
    parts = resource_id.split(",")
    if not all(parts) or len(parts) > 2:
        raise ProviderError(
            f"unexpected format for ID ({resource_id}), expected BUCKET or BUCKET,EXPECTED_BUCKET_OWNER"
        )
    return Imported(id=resource_id, known=named(resource_id))


def put(context: Context, call: Callable[[], T]) -> T:
    """Write a part, again for as long as a new bucket is not visible."""
    return retried(context.pace, PROPAGATION, NO_BUCKET, call)


def until_found(context: Context, absent: Callable[[ClientError], bool], look: Callable[[], object]) -> None:
    """Look until what was written is there."""
    retried(context.pace, PROPAGATION, any_of(absent, NO_BUCKET), look)


def until_gone(context: Context, absent: Callable[[ClientError], bool], look: Callable[[], object]) -> None:
    """Look until what was deleted is no longer there.

    Raises:
        ProviderError: it stays.
    """

    def state() -> str:
        try:
            look()
        except ClientError as error:
            if any_of(absent, NO_BUCKET)(error):
                return ""
            raise
        return "found"

    until(context.pace, Wait(target="", timeout=PROPAGATION), state)
