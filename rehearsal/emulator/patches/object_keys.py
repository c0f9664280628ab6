"""The condition keys of S3 that a written object's headers fill besides those that MiniStack knows."""

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html (read 2026-11-22)

from typing import Any, Final

from rehearsal.emulator.patching import replaces

_HEADERS: Final = {
    "x-amz-server-side-encryption-aws-kms-key-id": "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-storage-class": "s3:x-amz-storage-class",
    "x-amz-object-lock-mode": "s3:object-lock-mode",
    "x-amz-object-lock-retain-until-date": "s3:object-lock-retain-until-date",
    "x-amz-object-lock-legal-hold": "s3:object-lock-legal-hold",
}


@replaces("core.iam_actions:s3_service_context", read="83e53d14d02c3a91")
def s3_service_context(
    original: Any, iam_action: str, query: Any, path: str = "", headers: Any = None
) -> dict[str, Any]:
    """Add our keys to MiniStack's."""
    keys: dict[str, Any] = original(iam_action, query, path, headers)
    if iam_action == "s3:PutObject" and headers:
        keys.update({key: headers[name] for name, key in _HEADERS.items() if headers.get(name)})
    if "versionId" in (query or {}):
        keys["s3:VersionId"] = query["versionId"][0]
    return keys
