"""Months pass: the plans take points by their own schedules, and copies arrive in the central vaults."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import Tier
from strongroom.facts import arns, names

if TYPE_CHECKING:
    from mypy_boto3_backup import BackupClient

PASSED: Final = timedelta(days=33)
"""Longer than any month: every rule has run, and the first daily points have lived 32 days of their 35."""
_PERIODS: Final = {"daily": timedelta(days=1), "weekly": timedelta(days=7), "monthly": timedelta(days=31)}
"""Longest time between two runs of a tier's schedule."""
_WINDOWS: Final = timedelta(hours=14)
"""A start window of 1 hour, a completion window of 12, and an hour that a clock change may add."""


@dataclass(frozen=True)
class Point:
    """A recovery point in a vault."""

    arn: str
    table_arn: str
    status: str
    created: datetime
    days: int | None
    """After which it is deleted; None: never."""


@dataclass(frozen=True)
class Expected:
    """What a tier of a table asks of a vault."""

    table_arn: str
    vault: str
    tier: Tier
    days: int
    least: int
    """How many points there are at least."""


def months_pass(scene: Scene) -> None:
    """Turn the clock forward past a run of every rule."""
    scene.says(f"turning the clock forward by {PASSED.days} days")
    scene.local.control.advance(PASSED.total_seconds())


def points_arrived(scene: Scene, stack: str) -> None:
    """Look at the points of every protected table, in its own account and in the backup account."""
    settings = scene.local.world.sources[stack]
    now = scene.local.control.now()
    wanted = list(expected(settings))
    central = scene.local.administrators.backup(settings.accounts.backup)
    found = {vault: list(points_in(central, vault)) for vault in {one.vault for one in wanted}}
    every_copy_is_there(wanted, found, now)
    nothing_else_is_there(wanted, found)
    local = scene.local.administrators.backup(settings.accounts.own)
    every_table_has_its_own(wanted, list(points_in(local, names.local_vault(settings.environment))), now)


def expected(settings: SourceSettings) -> Iterator[Expected]:
    """Yield what each tier of each table asks of its central vault."""
    for table in settings.tables:
        for tier in table.data_class.tiers:
            yield Expected(
                arns.table(settings.region, settings.accounts.own, table.name),
                settings.retention_days.central_vault(settings.environment, tier),
                tier,
                settings.retention_days.days(tier),
                # An hour less, in case a clock is put back meanwhile.
                least=(PASSED - timedelta(hours=1)) // _PERIODS[tier.name],
            )


def every_copy_is_there(wanted: Iterable[Expected], found: dict[str, list[Point]], now: datetime) -> None:
    """Hold when each tier of each table has enough points, the newest no older than the schedule allows, all alike."""
    for one in wanted:
        points = [point for point in found[one.vault] if point.table_arn == one.table_arn]
        _enough(one, points, now)
        wrong = [point for point in points if (point.status, point.days) != ("COMPLETED", one.days)]
        if wrong:
            expects = f"points that are COMPLETED and deleted after {one.days} days"
            raise CheckError(f"copies of {one.table_arn} in {one.vault}", expected=expects, got=wrong[0])


def nothing_else_is_there(wanted: Sequence[Expected], found: dict[str, list[Point]]) -> None:
    """Hold when no vault has a point of a table that does not belong to its tier."""
    belongs = {(one.vault, one.table_arn) for one in wanted}
    strangers = [
        f"{point.table_arn} in {vault}"
        for vault, points in found.items()
        for point in points
        if (vault, point.table_arn) not in belongs
    ]
    if strangers:
        raise CheckError("copies in vaults of other tiers", expected="none", got=strangers[0])


def every_table_has_its_own(wanted: Iterable[Expected], points: Sequence[Point], now: datetime) -> None:
    """Hold when the local vault has a point of each table that is no older than a day and the windows."""
    for table_arn in {one.table_arn for one in wanted}:
        newest = max((point.created for point in points if point.table_arn == table_arn), default=_NEVER)
        if now - newest > _PERIODS["daily"] + _WINDOWS:
            raise CheckError(f"newest local point of {table_arn}", expected="younger than 38 hours", got=newest)


_NEVER: Final = datetime.fromtimestamp(0, UTC)


def _enough(one: Expected, points: Sequence[Point], now: datetime) -> None:
    what = f"{one.tier.name} copies of {one.table_arn} in {one.vault}"
    if len(points) < one.least:
        raise CheckError(what, expected=f"at least {one.least}", got=len(points))
    newest = max(point.created for point in points)
    if now - newest > _PERIODS[one.tier.name] + _WINDOWS:
        raise CheckError(f"newest of the {what}", expected=f"within {_PERIODS[one.tier.name]} and windows", got=newest)


def points_in(backup: "BackupClient", vault: str) -> Iterator[Point]:
    """Yield the points of a vault."""
    for page in backup.get_paginator("list_recovery_points_by_backup_vault").paginate(BackupVaultName=vault):
        for found in page["RecoveryPoints"]:
            yield Point(
                found.get("RecoveryPointArn", ""),
                found.get("ResourceArn", ""),
                found.get("Status", ""),
                found.get("CreationDate", _NEVER),
                found.get("Lifecycle", {}).get("DeleteAfterDays"),
            )
