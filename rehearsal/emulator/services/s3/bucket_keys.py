"""S3: whether an object was encrypted through a key of its bucket, which MiniStack loses.

The object's own header decides, else the bucket's setting, and only under SSE-KMS:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-bucket-key-object.html (read 2026-11-22).
"""

import re
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces

_ENCRYPTION: Final = "x-amz-server-side-encryption"
_HEADER: Final = f"{_ENCRYPTION}-bucket-key-enabled"
_COPY: Final = "x-amz-copy-source"
_SWITCHED_ON: Final = re.compile(r"BucketKeyEnabled>\s*true\s*<")


@replaces("services.s3:_resolve_sse_write_headers", read="2affef5a7d37a055")
def resolve_sse_write_headers(original: Any, headers: dict[str, str], bucket: str) -> Any:
    """Add the header that says so to those that stay with the object."""
    kept, refused = original(headers, bucket)
    if refused is None and kept.get(_ENCRYPTION) == "aws:kms" and _wanted(headers, bucket):
        return {**kept, _HEADER: "true"}, None
    if refused is None and _COPY in headers:
        # MiniStack starts from the headers of the source, which say nothing about the copy.
        return {**kept, _HEADER: "false"}, None
    return kept, refused


@replaces("services.s3:_stored_sse_headers", read="d621904bcfb0adf0")
def stored_sse_headers(original: Any, stored: door.Record) -> Any:
    """Show it with the object's other encryption headers."""
    kept: dict[str, str] = stored.get("preserved_headers", {})
    return {**original(stored), **({_HEADER: kept[_HEADER]} if _HEADER in kept else {})}


def _wanted(headers: dict[str, str], bucket: str) -> bool:
    if _HEADER in headers:
        return headers[_HEADER].lower() == "true"
    configuration: str = door.s3._bucket_encryption.get(bucket) or ""  # noqa: SLF001 - a table
    return bool(_SWITCHED_ON.search(configuration))
