from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rehearsal.local import world
from rehearsal.local.place import CHECKOUT
from rehearsal.scenarios import backing_up
from rehearsal.scenarios.backing_up import Expected, Point
from rehearsal.scenarios.step import CheckError
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import DAILY, MONTHLY, WEEKLY

NOW = datetime(2027, 1, 3, 12, tzinfo=UTC)
TABLE = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"
VAULT = "strongroom-prod-daily-35-90"
WANTED = Expected(TABLE, VAULT, DAILY, days=35, least=2)
YOUNGEST = timedelta(days=1, hours=14)


def point(**changes: Any) -> Point:
    known: dict[str, Any] = {"arn": "arn:aws:backup:eu-west-2:333333333333:recovery-point:1", "table_arn": TABLE}
    more: dict[str, Any] = {"status": "COMPLETED", "created": NOW - timedelta(hours=9), "days": 35}
    return Point(**(known | more | changes))


def two(**changes: Any) -> dict[str, list[Point]]:
    return {VAULT: [point(), point(**changes)]}


def settings() -> SourceSettings:
    found = world.read(CHECKOUT).stacks["prod"]
    assert isinstance(found, SourceSettings)
    return found


def test_each_tier_of_each_table_asks_for_points_of_its_own() -> None:
    wanted = [one for one in backing_up.expected(settings()) if one.table_arn.endswith("receipts")]
    assert [(one.tier, one.days, one.least) for one in wanted] == [(DAILY, 35, 32), (WEEKLY, 90, 4), (MONTHLY, 2557, 1)]
    assert len({one.vault for one in wanted}) == 3


def test_enough_young_points_of_the_right_life_hold() -> None:
    backing_up.every_copy_is_there([WANTED], two(), NOW)
    backing_up.every_copy_is_there(
        [WANTED], {VAULT: [point(created=NOW - YOUNGEST), point(created=NOW - 2 * YOUNGEST)]}, NOW
    )


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ({VAULT: [point()]}, "expected at least 2, got 1"),
        ({VAULT: [point(), point(table_arn=f"{TABLE}s")]}, "expected at least 2, got 1"),
        (two(status="PARTIAL"), "COMPLETED and deleted after 35 days"),
        (two(days=34), "COMPLETED and deleted after 35 days"),
        (two(days=None), "COMPLETED and deleted after 35 days"),
        ({VAULT: [point(created=NOW - YOUNGEST - timedelta(seconds=1))] * 2}, "newest of the daily copies"),
    ],
)
def test_fails_when_copies_are_too_few_too_old_or_of_another_life(found: dict[str, list[Point]], why: str) -> None:
    with pytest.raises(CheckError, match=why):
        backing_up.every_copy_is_there([WANTED], found, NOW)


def test_a_vault_has_points_of_its_tiers_tables_only() -> None:
    backing_up.nothing_else_is_there([WANTED], two())
    with pytest.raises(CheckError, match=f"{TABLE}s in {VAULT}"):
        backing_up.nothing_else_is_there([WANTED], two(table_arn=f"{TABLE}s"))


def test_every_table_has_a_point_at_home_that_is_younger_than_a_day_and_the_windows() -> None:
    backing_up.every_table_has_its_own([WANTED], [point(created=NOW - YOUNGEST)], NOW)
    for points in ([], [point(created=NOW - YOUNGEST - timedelta(seconds=1))], [point(table_arn=f"{TABLE}s")]):
        with pytest.raises(CheckError, match=f"newest local point of {TABLE}"):
            backing_up.every_table_has_its_own([WANTED], points, NOW)
