"""S3 refuses a request that expects another owner of its bucket."""

from typing import Any, Final
from urllib.parse import unquote

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule

_PAGE: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html"


@replaces("services.s3:handle_request", read="0856144f19e733b4")
async def handle_request(original: Any, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
    """Compare the owners that the request expects."""
    source = unquote(headers.get("x-amz-copy-source", ""))
    try:
        refuse_another_owner(_owner(path), headers.get("x-amz-expected-bucket-owner"))
        refuse_another_owner(_owner(source), headers.get("x-amz-source-expected-bucket-owner"))
    except Refused as refused:
        return door.s3._error(refused.code, str(refused), 403, path)  # noqa: SLF001
    return await original(method, path, headers, body, query)


@rule(_PAGE, read="2026-11-22")
def refuse_another_owner(owner: str | None, expected: str | None) -> None:
    """A request that names the bucket owner it expects is denied when the bucket has another."""
    if owner and expected and owner != expected:
        raise Refused("AccessDenied", "Access Denied")


def _owner(path: str) -> str | None:
    return door.s3._bucket_owner_account(path.lstrip("/").partition("/")[0])  # noqa: SLF001
