"""S3: copies of objects: under the locks of their own bucket, by callers whom both keys let in."""

from typing import Any
from urllib.parse import parse_qs, unquote

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.s3.encryption import ask_key, ask_key_to_write
from rehearsal.emulator.services.s3.object_locks import apply_lock
from rehearsal.emulator.services.s3.tables import BUCKETS, HOLDS, RETENTIONS
from rehearsal.emulator.services.s3.versions import find


@replaces("services.s3:_copy_object", read="ce47e73298bef8a8")
@refusing("s3")
def copy_object(original: Any, bucket: str, key: str, headers: dict[str, str]) -> Any:
    """Lock a copy as its own request or bucket says: MiniStack takes the lock of the source."""
    ask_source_key(headers)
    ask_key_to_write(bucket, key, headers)
    answer = original(bucket, key, headers)
    if answer[0] == 200:
        version_id: str | None = BUCKETS[bucket]["objects"][key].get("version_id")
        for table in (RETENTIONS, HOLDS):
            table.pop((bucket, key, version_id), None)
        apply_lock(bucket, key, headers, version_id)
    return answer


@replaces("services.s3:_upload_part_copy", read="890950db69f20539")
@refusing("s3")
def upload_part_copy(original: Any, bucket: str, key: str, query: Any, headers: dict[str, str]) -> Any:
    """Ask the key of the source to decrypt what becomes a part."""
    ask_source_key(headers)
    return original(bucket, key, query, headers)


def ask_source_key(headers: dict[str, str]) -> None:
    """Ask the key of what a request copies from to decrypt it.

    Raises:
        Refused: The key refuses.
    """
    path, _, query = headers.get("x-amz-copy-source", "").lstrip("/").partition("?")
    bucket, _, key = unquote(path).partition("/")
    source: door.Record | None = BUCKETS.get(bucket)
    if source is None:
        return
    current: door.Record | None = source["objects"].get(key)
    named = parse_qs(query).get("versionId")
    found = find(bucket, key, named[0]) if named else current
    if found is not None:
        ask_key(bucket, key, found.get("preserved_headers") or {}, "kms:Decrypt")
