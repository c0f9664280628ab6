"""Puts items and changes into a table, in batches, until DynamoDB has taken every one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from rehearsal.items.history import Change
from rehearsal.local.errors import TookTooLongError
from strongroom.evidence.items import canonical, sizes
from strongroom.facts import items
from strongroom.facts.items import Item

_LONGEST_ESCAPE: Final = 6
"""Bytes that a byte of text takes at most in a request, as the escape of a control character."""
_BATCH_BYTES: Final = items.BATCH_BYTES // _LONGEST_ESCAPE
_TRIES: Final = 10
_FIRST_PAUSE_SECONDS: Final = 0.05
_LONGEST_PAUSE_SECONDS: Final = 5.0


class Writer(Protocol):
    """The one call that writing needs; boto3's DynamoDB client has it."""

    # Any: boto3's own types for this call name every shape that an item may have.
    def batch_write_item(self, *, RequestItems: Mapping[str, Any]) -> Any:  # noqa: N803 - AWS's own word
        """See https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html."""
        ...


@dataclass(frozen=True)
class _Write:
    item: Item
    """The item, or the key of one that is deleted."""
    request: Mapping[str, Mapping[str, object]]
    key: bytes | None
    """None: no other write has the same key."""


def put(client: Writer, table: str, written: Iterable[Item], sleep: Callable[[float], None]) -> int:
    """Put items, each of another key; returns how many.

    Args:
        client: Door to DynamoDB.
        table: Name of the table.
        written: Items; not more than one batch of them is held.
        sleep: Waits so many seconds.

    Raises:
        TookTooLongError: DynamoDB left some unprocessed too often.
        MalformedItemError: an item is malformed.
        ValueError: an item is larger than DynamoDB takes.
    """
    return _send(client, table, (_Write(item, {"PutRequest": {"Item": item}}, None) for item in written), sleep)


def change(client: Writer, table: str, changes: Iterable[Change], sleep: Callable[[float], None]) -> int:
    """Make changes, those of one item in their order; returns how many.

    Args and errors are those of `put`.
    """
    return _send(client, table, map(_write, changes), sleep)


def _write(one: Change) -> _Write:
    key = canonical.encode(one.key)
    if one.item is None:
        return _Write(one.key, {"DeleteRequest": {"Key": one.key}}, key)
    return _Write(one.item, {"PutRequest": {"Item": one.item}}, key)


def _send(client: Writer, table: str, writes: Iterable[_Write], sleep: Callable[[float], None]) -> int:
    sent = 0
    for batch in _batches(writes):
        _take(client, {table: batch}, sleep)
        sent += len(batch)
    return sent


def _batches(writes: Iterable[_Write]) -> Iterator[Sequence[object]]:
    """As many as one call takes, and never two of one item, which a call refuses."""
    batch: list[object] = []
    keys: set[bytes] = set()
    room = _BATCH_BYTES
    for write in writes:
        canonical.encode(write.item)
        size = items.ITEM_BYTES.check(sizes.item_bytes(write.item))
        if len(batch) == items.BATCH_WRITES.high or size > room or write.key in keys:
            yield batch
            batch, keys, room = [], set[bytes](), _BATCH_BYTES
        batch.append(write.request)
        room -= size
        if write.key is not None:
            keys.add(write.key)
    if batch:
        yield batch


def _take(client: Writer, requests: Mapping[str, Any], sleep: Callable[[float], None]) -> None:
    pause = _FIRST_PAUSE_SECONDS
    for _ in range(_TRIES):
        requests = client.batch_write_item(RequestItems=requests).get("UnprocessedItems", {})
        if not requests:
            return
        sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
    left = sum(map(len, requests.values()))
    raise TookTooLongError(f"DynamoDB left {left} writes unprocessed {_TRIES} times; write slower, or try again")
