"""How `forceDestroy` empties a bucket: with the same gaps in front of locks and legal holds as the real provider."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.errors import ProviderError, code_of, codes, told

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SOURCE: Final = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/delete.go"

_Version = Mapping[str, Any]


def empty_bucket(s3: "S3Client", bucket: str, *, locked: bool) -> None:
    """Delete all versions, then all delete markers, whoever wrote them.

    On a `locked` bucket governance retention is bypassed, and a version that is denied loses its legal hold and is
    tried once more *without* the bypass: so governance under a hold fails the first time, compliance always.

    Raises:
        ProviderError: a version could not be deleted; the others on its page are.
    """
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        failed = _delete_versions(s3, bucket, page.get("Versions", []), locked=locked)
        _refuse(bucket, "object versions", failed)
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        failed = _delete_page(s3, bucket, page.get("DeleteMarkers", []), bypass=False)
        _refuse(bucket, "delete markers", [_said(error) for error in failed])


def delete_versions_of_key(s3: "S3Client", bucket: str, key: str, *, force: bool) -> None:
    """Delete all versions of one key, then its delete markers; `force` bypasses governance and lifts legal holds.

    Raises:
        ProviderError: a version could not be deleted; the others are.
    """
    for kind in ("Versions", "DeleteMarkers"):
        last: ClientError | None = None
        for version in _of_key(s3, bucket, key, kind):
            try:
                _delete_version(s3, {"Bucket": bucket, "Key": key, "VersionId": version["VersionId"]}, force=force)
            except ClientError as error:
                last = error
        if last:
            raise ProviderError(
                f"deleting S3 Bucket ({bucket}) Object ({key}): "
                f"deleting at least one S3 Object version, last error: {told(last)}"
            ) from last


def _of_key(s3: "S3Client", bucket: str, key: str, kind: str) -> list[_Version]:
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=key)
    found: list[_Version] = []
    for page in pages:
        listed: Any = page.get("Versions", []) if kind == "Versions" else page.get("DeleteMarkers", [])
        found += [version for version in listed if version["Key"] == key]
    return found


def _delete_version(s3: "S3Client", version: dict[str, Any], *, force: bool) -> None:
    bypass: dict[str, Any] = {"BypassGovernanceRetention": True} if force else {}
    try:
        s3.delete_object(**version, **bypass)
    except ClientError as error:
        if codes("NoSuchKey", "NoSuchBucket")(error):
            return
        held = code_of(error) == "AccessDenied" and force and _held(s3, version)
        if not held:
            raise
        s3.put_object_legal_hold(**version, LegalHold={"Status": "OFF"})
        s3.delete_object(**version, **bypass)


def _held(s3: "S3Client", version: dict[str, Any]) -> bool:
    return s3.head_object(**version).get("ObjectLockLegalHoldStatus") == "ON"


def _delete_versions(s3: "S3Client", bucket: str, versions: Sequence[_Version], *, locked: bool) -> list[str]:
    failed: list[str] = []
    for error in _delete_page(s3, bucket, versions, bypass=locked):
        if error["Code"] == "AccessDenied" and locked:
            failed += _delete_without_hold(s3, {"Bucket": bucket, "Key": error["Key"], "VersionId": error["VersionId"]})
        else:
            failed.append(_said(error))
    return failed


def _delete_page(s3: "S3Client", bucket: str, versions: Sequence[_Version], *, bypass: bool) -> list[Mapping[str, Any]]:
    if not versions:
        return []
    asked: Any = {"Quiet": True, "Objects": [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in versions]}
    extra: dict[str, Any] = {"BypassGovernanceRetention": True} if bypass else {}
    try:
        answer = s3.delete_objects(Bucket=bucket, Delete=asked, **extra)
    except ClientError as error:
        if code_of(error) == "NoSuchBucket":
            return []
        raise
    return [error for error in answer.get("Errors", []) if error.get("Code") != "NoSuchKey"]


def _delete_without_hold(s3: "S3Client", version: dict[str, Any]) -> list[str]:
    """The second try: it has no bypass, so a retention still stops it."""
    try:
        s3.put_object_legal_hold(**version, LegalHold={"Status": "OFF"})
        s3.delete_object(**version)
    except ClientError as error:
        return [f"deleting S3 object ({version['Key']}) version ({version['VersionId']}): {told(error)}"]
    return []


def _said(error: Mapping[str, Any]) -> str:
    version = f"{error.get('Key')} version {error.get('VersionId')}"
    return f"deleting S3 object {version}: {error.get('Code')}: {error.get('Message')}"


def _refuse(bucket: str, what: str, failed: list[str]) -> None:
    if failed:
        sentences = "; ".join(failed)
        raise ProviderError(f"emptying S3 Bucket ({bucket}): deleting S3 bucket ({bucket}) {what}: {sentences}")
