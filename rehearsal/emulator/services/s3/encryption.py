"""S3: the keys that objects are encrypted under, which are asked with the caller's rights at each write and read."""

# ruff: noqa: SLF001 - MiniStack's functions have no public names
from collections.abc import Mapping
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.keys import key_arn
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.kms.using import use_key
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.s3.callers import account_of_caller, caller, is_anonymous
from rehearsal.emulator.services.s3.tables import ENCRYPTION, region_of

_KMS: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html"
_READ: Final = "2026-11-22"
_SSE: Final = "x-amz-server-side-encryption"
_KEY: Final = f"{_SSE}-aws-kms-key-id"
_BUCKET_KEY: Final = f"{_SSE}-bucket-key-enabled"
_MANAGED: Final = "alias/aws/s3"
_READ_STATUSES: Final = (200, 206)


@rule(_KMS, read=_READ)
def refuse_a_key_that_refuses(refused: Refused) -> None:
    """Who writes or reads an object under a KMS key may use the key through S3, and the key can be used."""
    if refused.code == "AccessDeniedException":
        raise Refused("AccessDenied", str(refused))
    raise Refused(f"KMS.{refused.code}", str(refused))


@rule(_KMS, read=_READ)
def refuse_a_key_of_another_region(name: str, region: str) -> None:
    """An object is encrypted under a key of its bucket's region."""
    if name.startswith("arn:") and region and name.split(":")[3] != region:
        raise Refused("KMS.NotFoundException", f"Invalid arn {name.split(':')[3]}")


@rule(_KMS, read=_READ)
def refuse_who_does_not_sign(signed: bool) -> None:
    """Who does not sign a request neither reads nor writes what a KMS key encrypts."""
    if not signed:
        raise Refused(
            "InvalidArgument",
            "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
        )


def key_of(record: door.Record) -> str:
    """Return the ARN of the KMS key of an object or version; "" when none encrypts it."""
    headers: dict[str, str] = record.get("preserved_headers") or {}
    return headers.get(_KEY, "") if headers.get(_SSE) == "aws:kms" else ""


def bound_to(bucket: str, key: str, through_bucket: bool) -> str:
    """Return what S3 binds a data key to: the object's ARN, or its bucket's where that has a key of its own."""
    return f"arn:aws:s3:::{bucket}" if through_bucket else f"arn:aws:s3:::{bucket}/{key}"


def ask_key(bucket: str, key: str, headers: Mapping[str, str], action: str) -> None:
    """Ask the key of an object for its caller; nothing when no KMS key encrypts it, or nobody calls.

    Args:
        bucket: Name.
        key: Of the object.
        headers: The object's, which name its key.
        action: Of KMS.

    Raises:
        Refused: The key refuses.
    """
    if headers.get(_SSE) != "aws:kms":
        return
    refuse_who_does_not_sign(not is_anonymous())
    principal = caller()
    if principal is None:
        return
    name = headers.get(_KEY, "")
    refuse_a_key_of_another_region(name, region_of(bucket))
    context = {"aws:s3:arn": bound_to(bucket, key, headers.get(_BUCKET_KEY) == "true")}
    try:
        use_key(principal, name, [action], "s3", context)
    except Refused as refused:
        refuse_a_key_that_refuses(refused)


def ask_key_to_write(bucket: str, key: str, headers: dict[str, str]) -> None:
    """Ask the key under which these headers, or the bucket's default, would encrypt a new object.

    Raises:
        Refused: The key refuses.
    """
    if headers.get(_SSE) == "aws:kms" or bucket in ENCRYPTION:
        kept, refused = door.s3._resolve_sse_write_headers(headers, bucket)
        if refused is None:
            ask_key(bucket, key, kept, "kms:GenerateDataKey")


@replaces("services.s3:_resolve_sse_write_headers", read="2affef5a7d37a055")
def resolve_sse_write_headers(original: Any, headers: dict[str, str], bucket: str) -> Any:
    """Name the key by its ARN, and the one that AWS manages where none is named."""
    asked = headers
    if headers.get(_SSE) == "aws:kms":
        asked = {**headers, _KEY: _arn(headers.get(_KEY, ""), account_of_caller(door.account()))}
    kept, refused = original(asked, bucket)
    if refused is None and kept.get(_SSE) == "aws:kms":
        return {**kept, _KEY: _arn(kept.get(_KEY, ""), door.account())}, None
    return kept, refused


@replaces("services.s3:_put_object", read="cf5861e4d9999243")
@refusing("s3")
def put_object(original: Any, bucket: str, key: str, body: bytes, headers: dict[str, str]) -> Any:
    """Ask the key for a data key."""
    ask_key_to_write(bucket, key, headers)
    return original(bucket, key, body, headers)


@replaces("services.s3:_get_object", read="64ad7071ef0ec45a")
@refusing("s3")
def get_object(original: Any, bucket: str, key: str, headers: dict[str, str], query: Any = None) -> Any:
    """Ask the key to decrypt what is handed out."""
    answer = original(bucket, key, headers, query)
    if answer[0] in _READ_STATUSES:
        ask_key(bucket, key, answer[1], "kms:Decrypt")
    return answer


def _arn(name: str, account: str) -> str:
    """What is no key keeps its name, by which KMS does not find it."""
    return key_arn(name or _MANAGED, account, door.region()) or name
