"""S3: settings of buckets that MiniStack loses, and changes of versioning that S3 refuses."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing

_GUIDE: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
_READ: Final = "2026-11-22"
_LEAST_SIZE: Final = "x-amz-transition-default-minimum-object-size"
_LEAST_SIZES: Final = ("all_storage_classes_128K", "varies_by_storage_class")


@rule(f"{_GUIDE}/object-lock-managing.html", read=_READ)
def refuse_to_suspend_versioning_of_a_locked_bucket(locked: bool) -> None:
    """Versioning stays on where Object Lock is."""
    if locked:
        raise Refused(
            "InvalidBucketState",
            "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
        )


@rule(f"{_GUIDE}/replication-and-other-bucket-configs.html", read=_READ)
def refuse_to_suspend_versioning_of_a_replicated_bucket(replicated: bool) -> None:
    """Versioning stays on where replication is configured."""
    if replicated:
        raise Refused(
            "InvalidBucketState",
            "A replication configuration is present on this bucket, so you cannot change the versioning state. "
            "To change the versioning state, first delete the replication configuration.",
        )


@rule(f"{_GUIDE}/lifecycle-transition-general-considerations.html", read=_READ)
def refuse_an_unknown_least_size(least_size: str) -> None:
    """The smallest object that moves by default is 128 KB in every class, or depends on the class."""
    if least_size not in _LEAST_SIZES:
        raise Refused("InvalidRequest", f"Invalid TransitionDefaultMinimumObjectSize found: {least_size}")


@replaces("services.s3:_put_bucket_versioning", read="e6f9ef1330878b15")
@refusing("s3")
def put_bucket_versioning(original: Any, name: str, body: bytes) -> Any:
    """Refuse to suspend what must stay on."""
    if b"Suspended" in body:
        refuse_to_suspend_versioning_of_a_locked_bucket(name in door.s3._bucket_object_lock)  # noqa: SLF001 - a table
        refuse_to_suspend_versioning_of_a_replicated_bucket(name in door.s3._bucket_replication)  # noqa: SLF001 - a table
    return original(name, body)


@replaces("services.s3:handle_request", read="0856144f19e733b4")
async def handle_request(
    original: Any, method: str, path: str, headers: dict[str, str], body: bytes, query: Any, *more: Any, **named: Any
) -> Any:
    """Keep the smallest size that a lifecycle configuration moves; MiniStack does not read the header that names it."""
    name = path.strip("/")
    if "lifecycle" not in query or "/" in name:
        return await original(method, path, headers, body, query, *more, **named)
    least_size = headers.get(_LEAST_SIZE, _LEAST_SIZES[0])
    refused = _least_size_error(least_size) if method == "PUT" else None
    status, answered, content = refused or await original(method, path, headers, body, query, *more, **named)
    bucket: door.Record | None = door.s3._buckets.get(name) if status < 300 else None  # noqa: SLF001 - a table
    if bucket is None:
        return status, answered, content
    if method == "PUT":
        bucket[_LEAST_SIZE] = least_size
    return status, {**answered, _LEAST_SIZE: bucket.get(_LEAST_SIZE, _LEAST_SIZES[0])}, content


@refusing("s3")
def _least_size_error(least_size: str) -> Any:
    refuse_an_unknown_least_size(least_size)
