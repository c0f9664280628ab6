"""What somebody who is about to recover should think about first."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from strongroom.aws.points import Point
from strongroom.config.settings import SourceSettings
from strongroom.recovery.instants import age, exact, told
from strongroom.recovery.plans.choice import CLOSE, Asked, Choice, choose
from strongroom.recovery.plans.plan import Chosen
from strongroom.recovery.plans.usable import Held, account_of

_SOON: Final = timedelta(days=1)
"""A point that is deleted within this time may be gone before it is copied."""
_STALE: Final = timedelta(hours=26)
"""Age of the newest point from which on a day's backup must have been missed."""
_SHRUNK: Final = 2
"""A table that has lost more than one part of so many since its last point may have been emptied first."""
_TRIES: Final = 10
"""Instants that are tried for a set that lies closer."""


def cautions(settings: SourceSettings, asked: Asked, held: Held, choice: Choice) -> tuple[str, ...]:
    """What is odd about a choice, a sentence each.

    Args:
        settings: Of the lost source.
        asked: What was asked for.
        held: What the vaults hold.
        choice: What is brought back.
    """
    points = {point.arn: point for stored in held.points.values() for point in stored}
    return (
        *_age(held, choice, asked),
        *_spread(asked, held, choice),
        *(said for one in choice.chosen for said in _of_point(one, points, settings, held.now)),
        *_unnamed(settings, held),
    )


def _age(held: Held, choice: Choice, asked: Asked) -> Iterator[str]:
    newest = max((one.created for one in choice.chosen), default=held.now)
    if asked.at is None and held.now - newest > _STALE:
        yield (
            f"the newest point is {age(held.now - newest)} old: either the loss lies back so far, or backups had"
            " stopped before it"
        )


def _spread(asked: Asked, held: Held, choice: Choice) -> Iterator[str]:
    if choice.spread <= CLOSE or asked.overrides:
        return
    apart = f"the points lie {age(choice.spread)} apart, so that tables may contradict each other"
    closer = _closer(held, choice)
    if closer is None:
        yield f"{apart}; there is no instant at which they lie closer"
        return
    at, found = closer
    newest = max(one.created for one in choice.chosen) - max(one.created for one in found.chosen)
    then = f"they lie {age(found.spread)} apart" if found.spread else "they are of one instant"
    yield f"{apart}; with --at {exact(at)} {then}, and the newest is {age(newest)} older"


def _closer(held: Held, choice: Choice) -> tuple[datetime, Choice] | None:
    """The newest instant at which all tables have points of one run."""
    wanted, tables = choice, [one.table for one in choice.chosen]
    for _ in range(_TRIES):
        at = min(one.created for one in wanted.chosen) + CLOSE
        wanted = choose(Asked(tables, at), held)
        if wanted.missing:
            return None
        if wanted.spread <= CLOSE:
            return at, wanted
    return None


def _of_point(one: Chosen, points: Mapping[str, Point], settings: SourceSettings, now: datetime) -> Iterator[str]:
    point = points[one.point_arn]
    name = f"the point of table {one.table}"
    if point.deleted_at is not None and point.deleted_at - now <= _SOON:
        when = "was due to be" if point.deleted_at <= now else "is"
        yield f"{name} {when} deleted at {told(point.deleted_at)}: copy it before, or take another with --point"
    maker = account_of(point.resource_arn)
    if maker != settings.accounts.own:
        yield f"{name} was made in account {maker}, before {settings.environment} lived in {settings.accounts.own}"
    before = points.get(one.fallback.point_arn) if one.fallback else None
    if before and before.size_bytes and (point.size_bytes or 0) * _SHRUNK < before.size_bytes:
        yield (
            f"{name} has {point.size_bytes or 0:,} bytes, the one before it, of {told(before.created)},"
            f" {before.size_bytes:,}: was the table emptied before its backup? take the older one with"
            f" --point {one.table}={before.arn}"
        )


def _unnamed(settings: SourceSettings, held: Held) -> Iterator[str]:
    rest = sorted(held.tables - {table.name for table in settings.tables})
    if rest:
        yield (
            f"the vaults hold points of tables that the settings do not name: {', '.join(rest)}; were they taken out"
            " on purpose? older settings are read with --settings-version"
        )
