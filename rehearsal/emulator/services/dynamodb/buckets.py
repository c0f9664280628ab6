"""The bucket of an export or an import: DynamoDB reads and writes it with the rights of whoever asked for the job.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html (read 2026-11-22).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.judgement import may
from rehearsal.emulator.keys import key_arn
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.kms.using import use_key

_EXPORT: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html"
_READ: Final = "2026-11-22"
_WRITING: Final = ("s3:PutObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload")
_THROUGH: Final = {"aws:ViaAWSService": "true", "aws:CalledVia": ["dynamodb.amazonaws.com"]}
_DENIED: Final = "Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)"
_OK: Final = 200
_SEALED: Final = "x-amz-server-side-encryption"


@dataclass(frozen=True)
class Bucket:
    """A bucket as a job names it."""

    name: str
    owner: str | None
    """Account that the job names as its owner; None when it names none."""
    caller: str
    """ARN of whoever asked for the job."""
    account: str
    """Of the table."""


@dataclass(frozen=True)
class Encryption:
    """How objects are encrypted."""

    algorithm: str | None
    """AES256 or KMS; None: as the bucket does by default."""
    key: str | None


@rule(_EXPORT, read=_READ)
def refuse_an_absent_bucket(name: str, *, exists: bool) -> None:
    """A job whose bucket does not exist is taken and ends FAILED."""
    if not exists:
        raise Refused("S3NoSuchBucket", f"The specified bucket does not exist: {name}")


@rule(_EXPORT, read=_READ)
def refuse_a_bucket_of_an_unnamed_account(owner: str, named: str | None, account: str) -> None:
    """A job ends FAILED when the bucket is not of the account that it names as owner, its own by default."""
    if owner != (named or account):
        raise Refused(
            "S3AccessDenied", "Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)"
        )


@rule(_EXPORT, read=_READ)
def refuse_who_may_not_use_the_bucket(action: str, arn: str, *, allowed: bool) -> None:
    """A job ends FAILED when its caller may not use the bucket, in another account by the bucket's policy as well."""
    if not allowed:
        raise Refused(
            "S3AccessDenied",
            f"{_DENIED}: {action} on {arn}",
        )


def write(bucket: Bucket, key: str, content: bytes, encryption: Encryption) -> str:
    """Write an object and return its ETag without quotes.

    Raises:
        Refused: There is no such bucket, or the caller of the job may not write there or not use the key.
    """
    owner, region = _place(bucket)
    arn = f"arn:aws:s3:::{bucket.name}/{key}"
    with door.request_scope(owner, region):
        headers = _headers(bucket, encryption)
        keys = {**_THROUGH, **{f"s3:{name}": value for name, value in headers.items()}}
        _judge(bucket, _WRITING, arn, keys)
        sealing, _ = door.s3._resolve_sse_write_headers(headers, bucket.name)  # noqa: SLF001
        _judge_key(bucket, sealing or {}, arn, ("kms:GenerateDataKey", "kms:Decrypt"))
        status, answer, body = door.s3._put_object(bucket.name, key, content, headers)  # noqa: SLF001
    if status != _OK:
        raise Refused("S3PutObjectFailed", body.decode())
    return answer["ETag"].strip('"')


def read(bucket: Bucket, prefix: str) -> list[tuple[str, bytes]]:
    """Return the objects below a prefix by their keys, in order of the keys.

    Raises:
        Refused: There is no such bucket, or the caller of the job may not read there or not use a key.
    """
    owner, region = _place(bucket)
    arn = f"arn:aws:s3:::{bucket.name}"
    _judge(bucket, ("s3:ListBucket",), arn, {**_THROUGH, "s3:prefix": prefix})
    with door.request_scope(owner, region):
        held = door.s3._buckets[bucket.name]["objects"]  # noqa: SLF001
        keys = sorted(key for key in held if key.startswith(prefix) and not key.endswith("/"))
        for key in keys:
            _judge(bucket, ("s3:GetObject",), f"{arn}/{key}", _THROUGH)
            _judge_key(bucket, held[key].get("preserved_headers") or {}, f"{arn}/{key}", ("kms:Decrypt",))
        return [(key, door.s3._get_object_data(bucket.name, key)) for key in keys]  # noqa: SLF001


def _place(bucket: Bucket) -> tuple[str, str]:
    """Return account and region of a bucket."""
    owner: str | None = door.s3._bucket_owner_account(bucket.name)  # noqa: SLF001
    refuse_an_absent_bucket(bucket.name, exists=owner is not None)
    refuse_a_bucket_of_an_unnamed_account(owner or "", bucket.owner, bucket.account)
    region: str = door.s3._buckets.get_scoped(owner, None, bucket.name).get("region") or door.region()  # noqa: SLF001
    return owner or "", region


def _judge(bucket: Bucket, actions: Sequence[str], arn: str, keys: dict[str, Any]) -> None:
    for action in actions:
        refuse_who_may_not_use_the_bucket(action, arn, allowed=may(bucket.caller, action, arn, keys))


def _judge_key(bucket: Bucket, sealing: dict[str, str], arn: str, actions: Sequence[str]) -> None:
    """Refuse a caller that may not use the key of an object; called in the bucket's account and region."""
    named = sealing.get(f"{_SEALED}-aws-kms-key-id")
    if not named:
        return
    by_bucket = sealing.get(f"{_SEALED}-bucket-key-enabled") == "true"
    bound = {"aws:s3:arn": f"arn:aws:s3:::{bucket.name}" if by_bucket else arn}
    try:
        use_key(bucket.caller, key_arn(named, door.account(), door.region()) or named, actions, "s3", bound)
    except Refused as refused:
        code = "AccessDenied" if refused.code == "AccessDeniedException" else f"KMS.{refused.code}"
        raise Refused(f"S3{code}", f"{refused} (Service: Amazon S3; Error Code: {code})") from refused


def _headers(bucket: Bucket, encryption: Encryption) -> dict[str, str]:
    if encryption.algorithm is None:
        return {}
    if encryption.algorithm != "KMS":
        return {_SEALED: encryption.algorithm}
    # A key without an account is looked for in that of the table, the managed one in that of the bucket.
    account = bucket.account if encryption.key else door.account()
    named = encryption.key or "alias/aws/s3"
    return {
        _SEALED: "aws:kms",
        f"{_SEALED}-aws-kms-key-id": key_arn(named, account, door.region()) or named,
    }
