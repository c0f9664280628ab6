"""Keeps the contents of objects apart from the entries that hold them: each is written once, not with every change.

A bucket that keeps versions has all versions of an object in one entry, and a Pulumi state is a new version after every
resource.
"""

import io
import pickle
import sqlite3
from hashlib import blake2b
from typing import Any, Final

TABLE: Final = "create table if not exists bodies (digest blob primary key, value blob) without rowid"
_LEAST_BYTES: Final = 4096
"""Shorter contents stay where they are: a reference would cost more than it saves."""
_REMEMBERED_BYTES: Final = 256 * 2**20
"""How much is held so that it need not be digested again."""
_STORES: Final = (
    "own.backup:points",
    "own.dynamodb journals:segments",
    "services.dynamodb:_backups",
    "services.dynamodb:_exports",
    "services.s3:_buckets/objects",
    "services.s3:_object_versions",
)
"""Stores whose entries hold contents that never change."""


class Bodies:
    """Pickles entries, with references in place of the contents of objects.

    Args:
        database: Has the table.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._known: dict[int, tuple[bytes, bytes]] = {}
        self._known_bytes = 0
        self._new: dict[bytes, bytes] = {}

    def dumps(self, store: str, value: Any) -> bytes:
        """Return an entry of a store as it is kept."""
        if store not in _STORES:
            return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        file = io.BytesIO()
        _Pickler(file, self).dump(value)
        return file.getvalue()

    def loads(self, value: bytes) -> Any:
        """Return an entry that was kept."""
        return _Unpickler(io.BytesIO(value), self).load()

    def refer(self, body: bytes) -> bytes:
        """Return what stands for a content; it is written with the next entries."""
        # A content never changes, and while it is held here no other object can have its id.
        known = self._known.get(id(body))
        if known:
            return known[1]
        digest = blake2b(body, digest_size=16).digest()
        self._new[digest] = body
        self._remember(body, digest)
        return digest

    def write(self) -> None:
        """Write the contents that are new, inside the transaction of the entries that refer to them."""
        self._database.executemany("insert or ignore into bodies values (?, ?)", self._new.items())
        self._new.clear()

    def read(self, digest: bytes) -> bytes:
        """Return a content."""
        if digest in self._new:
            return self._new[digest]
        found = self._database.execute("select value from bodies where digest = ?", (digest,)).fetchone()
        self._remember(found[0], digest)
        return found[0]

    def _remember(self, body: bytes, digest: bytes) -> None:
        self._known[id(body)] = (body, digest)
        self._known_bytes += len(body)
        while self._known_bytes > _REMEMBERED_BYTES:
            # The oldest; it is digested again when it is met again.
            forgotten, _ = self._known.pop(next(iter(self._known)))
            self._known_bytes -= len(forgotten)


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, bodies: Bodies) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._bodies = bodies

    def persistent_id(self, obj: Any) -> bytes | None:
        """Return what stands for a content, and None for anything else."""
        return self._bodies.refer(obj) if type(obj) is bytes and len(obj) >= _LEAST_BYTES else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, bodies: Bodies) -> None:
        super().__init__(file)
        self._bodies = bodies

    def persistent_load(self, pid: bytes) -> bytes:
        """Return the content that is referred to."""
        return self._bodies.read(pid)
