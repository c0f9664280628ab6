"""Vaults and the points in them: whether each table has a young, whole, warm point that is kept as long as declared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from strongroom.aws.points import Point, Points
from strongroom.aws.vaults import Vault, Vaults
from strongroom.config.lifecycle import LockBounds
from strongroom.evidence.places import told
from strongroom.evidence.places.aging import Due, aged
from strongroom.evidence.places.sights import Finding, Kind, Row, Seen, What, together
from strongroom.facts import delays

_GOING: Final = "DELETING"
_COMING: Final = "CREATING"


@dataclass(frozen=True)
class Shelf:
    """A vault, and what should lie in it."""

    place: str
    vault: str
    tables: Mapping[str, Due]
    """What is promised, by table. Points of other tables are not looked at."""
    days: frozenset[int]
    """Lives that a point may have."""
    lock: LockBounds | None = None
    """Bounds of the vault's lock, and then every point is held against `days`. Absent: no lock is declared, and only
    the newest points are, because older ones may be of older settings."""


@dataclass(frozen=True)
class Doors:
    """What an account shows of its vaults."""

    vaults: Vaults
    points: Points


def look(shelf: Shelf, doors: Doors, now: datetime) -> Seen:
    """Look into one vault.

    Raises:
        AwsError: it cannot be looked into. A vault that is not there is a finding.
    """
    vault = doors.vaults.vault(shelf.vault)
    if vault is None:
        return _without_a_vault(shelf)
    points = doors.points.in_vault(shelf.vault)
    locked = Seen(findings=tuple(_lock(shelf, vault)))
    tables = (_table(_Table(shelf, vault, name, due), points, now) for name, due in shelf.tables.items())
    return together([locked, *tables])


def _without_a_vault(shelf: Shelf) -> Seen:
    rows = tuple(Row(What.POINT, shelf.place, table, None, due.limit) for table, due in shelf.tables.items())
    sentence = "there is no such vault, so nothing is kept in this place; run `pulumi up` of the stack that makes it"
    return Seen(rows, (Finding(Kind.MISSING, shelf.place, shelf.vault, sentence),))


def _lock(shelf: Shelf, vault: Vault) -> Iterator[Finding]:
    if shelf.lock is None:
        return
    wanted = f"{shelf.lock.min_days} to {shelf.lock.max_days} days"
    if not vault.locked:
        yield Finding(Kind.WRONG, shelf.place, shelf.vault, f"has no lock, {wanted} is declared; run `pulumi up`")
    elif (vault.min_days, vault.max_days) != (shelf.lock.min_days, shelf.lock.max_days):
        got = f"{vault.min_days or 'any'} to {vault.max_days or 'any'} days"
        yield Finding(Kind.WRONG, shelf.place, shelf.vault, f"is locked to {got}, {wanted} is declared")


@dataclass(frozen=True)
class _Table:
    shelf: Shelf
    vault: Vault
    name: str
    due: Due

    @property
    def since(self) -> datetime | None:
        """When the promise began: not before there was a vault."""
        return max((at for at in (self.due.since, self.vault.created) if at is not None), default=None)

    def finding(self, kind: Kind, sentence: str) -> Finding:
        return Finding(kind, self.shelf.place, self.name, sentence)


def _table(table: _Table, points: Sequence[Point], now: datetime) -> Seen:
    own = sorted((point for point in points if point.table == table.name), key=lambda one: one.created, reverse=True)
    whole = [point for point in own if point.whole]
    newest = whole[0].created if whole else None
    row = Row(What.POINT, table.shelf.place, table.name, newest, table.due.limit)
    judged = whole if table.shelf.lock is not None else whole[:1]
    found = (
        *_broken(table, own, newest, now),
        *_kept(table, judged),
        *_warm(table, whole),
        *_overdue(table, whole, now),
    )
    return together([aged(row, now, table.since), Seen(findings=found)])


def _broken(table: _Table, own: Sequence[Point], newest: datetime | None, now: datetime) -> Iterator[Finding]:
    """Points that are not whole; where a newer one is, nothing is lost, and a lock may keep them for years."""
    for point in own:
        late = point.status == _COMING and now - point.created > table.due.limit
        if late or not (point.whole or point.status in {_GOING, _COMING}):
            sentence = f"point {point.arn} of {told.instant(point.created)} is {point.status}, and cannot be used"
            if newest is not None and newest > point.created:
                yield table.finding(Kind.WARNING, f"{sentence}; a newer one is whole")
            else:
                yield table.finding(Kind.WRONG, sentence)


def _kept(table: _Table, points: Sequence[Point]) -> Iterator[Finding]:
    declared = " or ".join(str(days) for days in sorted(table.shelf.days))
    other = [point for point in points if point.days not in table.shelf.days]
    if other:
        got = "for ever" if other[0].days is None else f"{other[0].days} days"
        yield table.finding(
            Kind.WRONG, f"{_some(other)} kept {got}, {declared} days are declared; run `pulumi up` of the source"
        )
    key = table.vault.key_arn
    foreign = [point for point in points if key and point.key_arn and point.key_arn != key]
    if foreign:
        sentence = f"{_some(foreign)} under key {foreign[0].key_arn}, and the vault's is {key}"
        yield table.finding(Kind.WRONG, f"{sentence}; whoever holds that key can make the point unreadable")


def _warm(table: _Table, points: Sequence[Point]) -> Iterator[Finding]:
    cold = [point for point in points if point.cold_at is not None]
    if cold:
        sentence = f"{_some(cold)} set to go to cold storage, from where nothing can be copied to another account"
        yield table.finding(Kind.WRONG, sentence)


def _overdue(table: _Table, points: Sequence[Point], now: datetime) -> Iterator[Finding]:
    kept = [one for one in points if one.deleted_at and now - one.deleted_at > delays.EXPIRY_DRAWN_OUT]
    if kept:
        sentence = f"{_some(kept)} past the day of deletion, and still there; data kept too long is a fault as well"
        yield table.finding(Kind.WARNING, sentence)


def _some(points: Sequence[Point]) -> str:
    """The beginning of a sentence about points, the newest of which is named."""
    first = f"point {points[0].arn} of {told.instant(points[0].created)}"
    return f"{first} is" if len(points) == 1 else f"{len(points)} points ({first} is the newest) are"
