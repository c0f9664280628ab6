"""Keeps the state on disk: complete up to the last answer whatever ends the process, and as it was when sealed."""

import fcntl
import pickle
import sqlite3
import time
from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from rehearsal.emulator import bodies
from rehearsal.emulator.bodies import Bodies
from rehearsal.emulator.clock import Clock
from rehearsal.emulator.registry import Service
from rehearsal.emulator.stores import Keeping

_WATCHED_SECONDS: Final = 15
"""How long a background worker of MiniStack's may go on changing an entry that it holds."""

_TABLES: Final = """
create table if not exists entries (store text, key blob, value blob, primary key (store, key)) without rowid;
create table if not exists sealed (store text, key blob, value blob, primary key (store, key)) without rowid;
create table if not exists facts (name text primary key, value blob) without rowid;
"""

Entry = tuple[str, Any]
"""Name of a store and a key in it."""


class StateInUseError(Exception):
    """Another process keeps its state in this folder."""


class State:
    """The stores and services of this process, and their copy on disk.

    Args:
        folder: Where the copy is; must exist.
        stores: MiniStack's and ours, by name.
        services: Ours, by name.
        clock: The emulator's.
    """

    def __init__(self, folder: Path, stores: dict[str, Keeping], services: dict[str, Service], clock: Clock) -> None:
        self._lock = (folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StateInUseError(
                f"{folder} belongs to an emulator that is running; stop it or give another --state"
            ) from None
        self._database = sqlite3.connect(folder / "state.sqlite", isolation_level=None)
        # A crash of the process loses nothing that was handed to the system; a crash of the machine may.
        self._database.execute("pragma journal_mode=wal")
        self._database.execute("pragma synchronous=off")
        self._database.executescript(_TABLES + bodies.TABLE)
        self._bodies = Bodies(self._database)
        self._stores = stores
        self._services = services
        self._clock = clock
        self._digests: dict[Entry, bytes] = {}
        self._sealed: dict[Entry, bytes] = {}
        self._watched: dict[Entry, float] = {}
        self._held: dict[Entry, int] = {}
        self.sealed = False
        """Whether `reset` has a state of its own to go back to."""

    def load(self) -> None:
        """Take up what an earlier process left."""
        for store, key, value in self._database.execute("select store, key, value from entries order by store"):
            self._put((store, pickle.loads(key)), value)  # noqa: S301 - our own file
        for store, key, value in self._database.execute("select store, key, value from sealed"):
            self._sealed[store, pickle.loads(key)] = _digest(value)  # noqa: S301 - our own file
        facts = dict(self._database.execute("select name, value from facts"))
        self.sealed = "sealed" in facts
        self._clock.ahead = timedelta(seconds=facts.get("ahead", 0.0))
        self._noticed()

    def save(self, *, begun: int = 0, oldest: int = 1) -> None:
        """Write every entry that may have changed and has; all of them or, when the process ends here, none.

        An entry noticed now may be held, and changed later, by any request that has begun. It is looked at again until
        the last of those has ended.

        Args:
            begun: Number of the request that began last.
            oldest: Lowest number of the other requests under way. The defaults stand for none.
        """
        noticed = self._noticed()
        until = time.monotonic() + _WATCHED_SECONDS
        # Workers hold tables and buckets, never the items and objects in them.
        self._watched.update({entry: until for entry in noticed if "/" not in entry[0]})
        self._write(noticed | self._held.keys())
        self._held.update(dict.fromkeys(noticed, begun))
        self._held = {entry: number for entry, number in self._held.items() if number >= oldest}

    def save_background_work(self) -> None:
        """Write what changed outside any request."""
        now = time.monotonic()
        self._watched = {entry: until for entry, until in self._watched.items() if until > now}
        self._write(self._noticed() | set(self._watched))

    def keep_clock(self) -> None:
        """Write how far the clock is ahead."""
        self._keep("ahead", self._clock.ahead.total_seconds())

    def seal(self) -> None:
        """Make the present state the one that `reset` goes back to."""
        self._write_everything()
        with self._database:
            self._database.execute("begin")
            self._database.execute("delete from sealed")
            self._database.execute("insert into sealed select * from entries")
            self._keep("sealed", 1)
        self._sealed = dict(self._digests)
        self.sealed = True

    def reset(self) -> int:
        """Go back to the sealed state, or to nothing when there is none.

        Returns:
            How many entries differed.
        """
        self._write_everything()
        differing = [
            entry
            for entry in self._digests.keys() | self._sealed.keys()
            if self._digests.get(entry) != self._sealed.get(entry)
        ]
        # A table comes before its items: stores are named so that they sort that way.
        for entry in sorted(differing, key=lambda entry: entry[0]):
            self._restore(entry)
        self._write(set(differing))
        self._clock.ahead = timedelta()
        self.keep_clock()
        return len(differing)

    def close(self) -> None:
        """Write everything and let go of the folder."""
        self._write_everything()
        self._database.close()
        self._lock.close()

    def _restore(self, entry: Entry) -> None:
        if entry in self._sealed:
            found = self._database.execute("select value from sealed where store = ? and key = ?", _row(entry))
            self._put(entry, found.fetchone()[0])
        elif entry[0] in self._stores:
            self._stores[entry[0]].drop(entry[1])
        elif entry[0] in self._services:
            self._services[entry[0]].reset()

    def _put(self, entry: Entry, value: bytes) -> None:
        name, key = entry
        self._digests[entry] = _digest(value)
        if name in self._stores:
            self._stores[name].restore(key, self._bodies.loads(value))
        elif name in self._services:
            self._services[name].load_persisted_state(pickle.loads(value))  # noqa: S301 - our own file

    def _noticed(self) -> set[Entry]:
        entries: set[Entry] = {(name, None) for name in self._services}
        for name, store in self._stores.items():
            entries.update((name, key) for key in store.take_noticed())
        return entries

    def _write_everything(self) -> None:
        everything = {(name, key) for name, store in self._stores.items() for key in store}
        self._write(everything | self._noticed() | self._digests.keys())

    def _write(self, entries: Iterable[Entry]) -> None:
        changed: dict[Entry, bytes | None] = {}
        for entry in entries:
            value = self._value(entry)
            digest = None if value is None else _digest(value)
            if digest != self._digests.get(entry):
                changed[entry] = value
        if changed:
            self._commit(changed)

    def _value(self, entry: Entry) -> bytes | None:
        name, key = entry
        if name in self._services:
            return pickle.dumps(dict(self._services[name].get_state()), pickle.HIGHEST_PROTOCOL)
        store = self._stores.get(name)
        if store is None or key not in store:
            return None
        return self._bodies.dumps(name, store.peek(key))

    def _commit(self, changed: dict[Entry, bytes | None]) -> None:
        written = [(*_row(entry), value) for entry, value in changed.items() if value is not None]
        deleted = [_row(entry) for entry, value in changed.items() if value is None]
        with self._database:
            self._database.execute("begin")
            self._bodies.write()
            self._database.executemany("insert or replace into entries values (?, ?, ?)", written)
            self._database.executemany("delete from entries where store = ? and key = ?", deleted)
        for entry, value in changed.items():
            if value is None:
                del self._digests[entry]
            else:
                self._digests[entry] = _digest(value)

    def _keep(self, name: str, value: float) -> None:
        self._database.execute("insert or replace into facts values (?, ?)", (name, value))


def _row(entry: Entry) -> tuple[str, bytes]:
    return entry[0], pickle.dumps(entry[1], 4)


def _digest(value: bytes) -> bytes:
    return blake2b(value, digest_size=16).digest()
