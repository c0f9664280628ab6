"""The settings that a restore does not bring back: set as `pulumi up` declares them, then read back.

AWS restores a table without expiry, point-in-time recovery, deletion protection, stream and tags:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html, read 2026-11-22.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from strongroom.aws.errors import AwsError, DeniedError, NotThereError
from strongroom.aws.table_state import TableState, TableStates
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import StreamView, TableSettings
from strongroom.evidence.places import tables

Patience = Callable[[str], bool]
"""Hears what is waited for, waits a while, and says whether to look again; False: the time is over."""

EXPIRY: Final = "expiry by attribute"
"""What a difference in expiry is called."""
_REACH: Final = "days of point-in-time recovery"
_PROTECTION: Final = "deletion protection"
_STREAM: Final = "stream"
_TAG: Final = "tag "
_READY: Final = "ACTIVE"
"""In any other status DynamoDB refuses changes: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/
API_UpdateTable.html, read 2026-11-22."""


@dataclass(frozen=True)
class Wanted:
    """Settings of a table as they are declared."""

    ttl_attribute: str | None
    """None: items never expire."""
    pitr_days: int
    deletion_protection: bool
    stream: StreamView | None
    """None: no stream."""
    tags: Mapping[str, str]
    """Others may be there besides; they are left alone."""
    leaves_expiry: bool = False
    """Whether expiry is left as it is: a table is read before DynamoDB begins to delete from it."""


@dataclass(frozen=True)
class Difference:
    """One setting that is not as declared."""

    what: str
    wanted: str
    found: str


@dataclass(frozen=True)
class Reapplied:
    """What came of setting a table's settings."""

    done: tuple[str, ...]
    """What was set, and is now as declared."""
    failed: tuple[str, ...]
    """Why AWS refused what is left; a sentence each."""
    left: tuple[Difference, ...]
    """What is not as declared when all is done."""


def wanted(settings: SourceSettings, table: TableSettings) -> Wanted:
    """What `pulumi up` declares of a table, the provider's default tags among it."""
    return Wanted(
        ttl_attribute=table.ttl_attribute,
        pitr_days=table.pitr_days,
        deletion_protection=not settings.disposable,
        stream=table.stream,
        tags=tables.tags(table, settings),
    )


def differences(wanted: Wanted, state: TableState) -> tuple[Difference, ...]:
    """What is not as declared; every setting of a table that is CREATING, as DynamoDB tells none of it."""
    return tuple(Difference(what, _word(declared), _word(found)) for what, declared, found in _differing(wanted, state))


def reapply(states: TableStates, table: str, wanted: Wanted, patience: Patience) -> Reapplied:
    """Set what is not as declared, each setting by itself, and read all of it back.

    What DynamoDB does not take yet, because the table is changing or expiry is being switched, is tried again as long
    as the patience lasts, and so is what it refuses; but for what this caller may not do. Doing it again is harmless.

    Args:
        states: Of the table's account.
        table: Name.
        wanted: As it is declared.
        patience: How long to wait for what takes time.

    Raises:
        NotThereError: there is no such table.
        AwsError: it cannot be read.
    """
    work = _Work(states, table, wanted)
    state = work.read()
    begun = differences(wanted, state)
    while left := differences(wanted, state):
        if work.step(state):
            state = work.read()
            left = differences(wanted, state)
        if not left or work.hopeless(left) or not patience(_waiting(state, left)):
            break
        state = work.read()
    still = {one.what for one in left}
    done = tuple(one.what for one in begun if one.what not in still)
    return Reapplied(done, tuple(said for what, said in work.refused.items() if what in still), left)


class _Work:
    """Setting one table's settings, and what was refused so far."""

    def __init__(self, states: TableStates, table: str, wanted: Wanted) -> None:
        self.refused: dict[str, str] = {}
        self._states, self._table, self._wanted = states, table, wanted
        self._denied: set[str] = set()

    def read(self) -> TableState:
        state = self._states.state(self._table)
        if state is None:
            raise NotThereError(f"there is no table {self._table}; it was deleted, or never restored")
        return state

    def hopeless(self, left: tuple[Difference, ...]) -> bool:
        """Whether this caller may do nothing of what is left."""
        return all(one.what in self._denied for one in left)

    def step(self, state: TableState) -> bool:
        """Set what can be set now; whether there was anything."""
        if state.status != _READY:
            return False
        tried = False
        for what, work in self._steps(state):
            tried = True
            self._do(what, work)
        return tried

    def _do(self, what: tuple[str, ...], work: Callable[[], None]) -> None:
        try:
            work()
        except AwsError as refused:
            self.refused |= dict.fromkeys(what, str(refused))
            if isinstance(refused, DeniedError):
                self._denied |= set(what)

    def _steps(self, state: TableState) -> Iterator[tuple[tuple[str, ...], Callable[[], None]]]:
        """What can be set now: of the changes that take the table itself, only one at a time."""
        wanted, states, table = self._wanted, self._states, self._table
        open_ = {what for what, _, _ in _differing(wanted, state)} - self._denied
        missing = {name: value for name, value in wanted.tags.items() if _TAG + name in open_}
        if missing:
            yield tuple(_TAG + name for name in missing), lambda: states.tag(state.arn, missing)
        if _REACH in open_:
            yield (_REACH,), lambda: states.set_pitr(table, wanted.pitr_days)
        if EXPIRY in open_ and not state.ttl_changing:
            yield (EXPIRY,), lambda: self._expire(state)
        if _PROTECTION in open_:
            yield (_PROTECTION,), lambda: states.protect(table, wanted.deletion_protection)
        elif _STREAM in open_:
            yield (_STREAM,), lambda: self._stream(state)

    def _expire(self, state: TableState) -> None:
        """Switch expiry once; where another attribute is on, that is switched off, and the next time ours on."""
        on = state.ttl_attribute is None
        attribute = self._wanted.ttl_attribute if on else state.ttl_attribute
        if attribute is not None:
            self._states.set_ttl(self._table, attribute, on)

    def _stream(self, state: TableState) -> None:
        """Switch the stream once; a stream with another view is switched off, and the next time ours on."""
        self._states.set_stream(self._table, self._wanted.stream if state.stream is None else None)


def _differing(wanted: Wanted, state: TableState) -> Iterator[tuple[str, object, object]]:
    told: list[tuple[str, object, object]] = [
        (EXPIRY, wanted.ttl_attribute, state.ttl_attribute),
        (_REACH, wanted.pitr_days, state.pitr_days),
        (_PROTECTION, wanted.deletion_protection, state.deletion_protection),
        (_STREAM, wanted.stream, state.stream),
        *((_TAG + name, value, state.tags.get(name)) for name, value in wanted.tags.items()),
    ]
    left_alone = EXPIRY if wanted.leaves_expiry else None
    yield from (one for one in told if one[0] != left_alone and one[1] != one[2])


def _word(value: object) -> str:
    if value is None or value is False:
        return "off"
    return "on" if value is True else str(value)


def _waiting(state: TableState, left: tuple[Difference, ...]) -> str:
    return f"table {state.name} is {state.status}; to be set still: {', '.join(one.what for one in left)}"
