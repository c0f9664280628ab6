"""The last days of prod: it is written to around its last points, and the newest copy of one table is not whole."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from rehearsal.report.findings import Moment
from rehearsal.scenarios import backing_up, durations, filling, surveying
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.facts import schedules

ALL_RUN: Final = timedelta(hours=6)
"""After the daily rule: every rule of that day has run, and its copies have arrived."""
_BEFORE: Final = timedelta(hours=2)
"""At least so long changes are made before the first of the last points."""
_AFTER: Final = timedelta(hours=6)
"""So long changes are made that no point has."""
_COPIES: Final = 3
"""Rules that may copy a table on one day: daily, weekly, monthly."""


def jobs_take_time(scene: Scene) -> None:
    """Let backups, copies and restores take minutes from now on; the months before would only be slower."""
    scene.local.control.take_time(durations.DISASTER)


def last_points_are_taken(scene: Scene, stack: str) -> None:
    """Write through two nights; in the second the copies of the first table come out PARTIAL."""
    settings = scene.local.world.sources[stack]
    table, control = settings.tables[0], scene.local.control
    first = nightly(settings, scene.ledger.begin + _BEFORE)
    second = nightly(settings, first)
    scene.ledger.last_night = second
    filling.changes_are_made(scene, first + ALL_RUN)
    control.order({"job": "copy", "resource": f"*/{table.name}", "ends": "PARTIAL", "times": _COPIES})
    filling.changes_are_made(scene, second + ALL_RUN)
    control.withdraw_orders()
    the_newest_copy_is_bad(scene, settings, table, second)
    scene.findings.moment(Moment(second, f"the last points are taken; the newest copy of {table.name} is not whole"))
    surveying.vaults_are_told(scene, settings)
    filling.changes_are_made(scene, second + ALL_RUN + _AFTER)


def nightly(settings: SourceSettings, after: datetime) -> datetime:
    """Return the first instant after another at which the daily rule of a source runs."""
    zone = ZoneInfo(settings.schedule.time_zone)
    local = after.astimezone(zone).replace(hour=schedules.DAILY.hour, minute=0, second=0, microsecond=0)
    while local <= after:
        local += timedelta(days=1)
    return local.astimezone(UTC)


def the_newest_copy_is_bad(scene: Scene, settings: SourceSettings, table: TableSettings, night: datetime) -> None:
    """Hold when the copies of a table since an instant are there and are none that can be used."""
    central = scene.local.administrators.backup(settings.accounts.backup)
    vaults = [settings.retention_days.central_vault(settings.environment, tier) for tier in table.data_class.tiers]
    found = [
        point
        for vault in vaults
        for point in backing_up.points_in(central, vault)
        if point.table_arn.endswith(f"/{table.name}") and point.created >= night
    ]
    if not found:
        raise CheckError(f"copies of {table.name} since {night}", expected="at least one", got="none")
    expect("how they ended", expected={"PARTIAL"}, got={point.status for point in found})
