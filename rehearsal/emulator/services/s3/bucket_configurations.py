"""S3: configurations of which a bucket has several by id; MiniStack takes them for calls on the bucket itself."""

import re
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/AmazonS3/latest/API"
_READ: Final = "2026-11-22"
_KINDS: Final = ("metrics", "inventory", "analytics", "intelligent-tiering")
_KEPT: Final = "configurations"
_DECLARATION: Final = re.compile(rb"^\s*<\?xml[^>]*\?>")

Answer = tuple[int, dict[str, str], bytes]
Configurations = dict[str, bytes]
"""A bucket's configurations of one kind: the XML that was put, by id."""


@rule(f"{_API}/API_GetBucketMetricsConfiguration.html", read=_READ)
def refuse_an_absent_configuration(name: str, exists: bool) -> None:
    """A configuration that a bucket does not have cannot be read or taken away."""
    if not exists:
        raise Refused("NoSuchConfiguration", f"The specified configuration does not exist: {name}")


@rule(f"{_API}/API_PutBucketMetricsConfiguration.html", read=_READ)
def refuse_another_id_than_the_contents(name: str, body: bytes) -> None:
    """The id of a configuration is the same in the address and in what is put there."""
    if f"<Id>{name}</Id>".encode() not in body:
        raise Refused("InvalidArgument", f"The Id in the configuration must be {name}")


@replaces("services.s3:handle_request", read="0856144f19e733b4")
async def handle_request(
    original: Any, method: str, path: str, headers: dict[str, str], body: bytes, query: Any, *more: Any, **named: Any
) -> Any:
    """Answer for the configurations that MiniStack does not know; a bucket must exist to have one."""
    kinds = [kind for kind in _KINDS if kind in query]
    bucket: door.Record | None = door.s3._buckets.get(path.strip("/")) if kinds else None  # noqa: SLF001 - a table
    if bucket is None:
        return await original(method, path, headers, body, query, *more, **named)
    kept: Configurations = bucket.setdefault(_KEPT, {}).setdefault(kinds[0], {})
    return _answer(method, query.get("id", [""])[0], body, kept)


@refusing("s3")
def _answer(method: str, name: str, body: bytes, kept: Configurations) -> Answer:
    if method == "GET" and not name:
        listed = b"".join(kept[known] for known in sorted(kept))
        return 200, _xml(), b"<Result>" + listed + b"<IsTruncated>false</IsTruncated></Result>"
    if method == "PUT":
        refuse_another_id_than_the_contents(name, body)
        kept[name] = _DECLARATION.sub(b"", body)
        return 200, {}, b""
    refuse_an_absent_configuration(name, name in kept)
    if method == "DELETE":
        del kept[name]
        return 204, {}, b""
    return 200, _xml(), kept[name]


def _xml() -> dict[str, str]:
    # A new one each time: MiniStack adds the length of the body to it.
    return {"Content-Type": "application/xml"}
