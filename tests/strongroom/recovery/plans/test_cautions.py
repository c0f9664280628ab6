from datetime import timedelta

import pytest

from strongroom.config import manifest
from strongroom.facts import arns
from strongroom.recovery.plans.plan import Plan
from tests.strongroom.recovery.loss import DAY, LOST, NIGHT, REGION, Loss, point, settings

RECEIPTS, BUNDLES = "prod-submit-receipts", "prod-submit-bundles"


def warned(plan: Plan, part: str) -> str:
    (said,) = [one for one in plan.warnings if part in one]
    return said


def test_a_bad_newest_point_is_explained_and_does_not_hold_the_others_back() -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), status="PARTIAL")
    plan = loss.plan()
    by_table = {one.table: one for one in plan.chosen}
    assert by_table[RECEIPTS].created == NIGHT - DAY
    assert by_table[RECEIPTS].older_because == "the point of 2026-11-22 03:00 UTC is PARTIAL"
    assert by_table[BUNDLES].created == NIGHT
    assert warned(plan, "apart") == (
        "the points lie 24 h 0 min apart, so that tables may contradict each other; with --at 2026-11-21T04:00:00Z they"
        " are of one instant, and the newest is 24 h 0 min older"
    )


def test_the_instant_that_is_offered_keeps_its_word() -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), status="PARTIAL")
    plan = loss.plan(at=NIGHT - DAY + timedelta(hours=1))
    assert {one.created for one in plan.chosen} == {NIGHT - DAY}
    assert not [one for one in plan.warnings if "apart" in one]


def test_a_set_that_cannot_lie_closer_says_so() -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), status="PARTIAL")
    loss.lose(point(BUNDLES, NIGHT - DAY))
    assert warned(loss.plan(), "apart").endswith("; there is no instant at which they lie closer")


def test_coming_back_into_the_same_account_is_asked_about() -> None:
    loss = Loss()
    loss.sessions.profiles["strongroom-prod"] = LOST
    assert "is it lost, or are its tables?" in warned(loss.plan(), f"account {LOST}")


@pytest.mark.parametrize(
    ("left", "says"),
    [(timedelta(), "was due to be deleted"), (timedelta(seconds=1), "is deleted"), (DAY, "is deleted")],
)
def test_a_point_that_is_soon_deleted_is_warned_of(left: timedelta, says: str) -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), deleted_at=loss.aws.clock.now() + left)
    assert says in warned(loss.plan(), f"the point of table {RECEIPTS} ")


def test_a_point_that_is_kept_for_more_than_a_day_is_not() -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), deleted_at=loss.aws.clock.now() + DAY + timedelta(seconds=1))
    assert loss.plan().warnings == ()


@pytest.mark.parametrize(("size", "warns"), [(600_000, False), (599_999, True), (0, True)])
def test_a_table_that_shrank_before_its_backup_is_warned_of(size: int, warns: bool) -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), size_bytes=size)
    said = [one for one in loss.plan().warnings if "was the table emptied before its backup?" in one]
    assert bool(said) is warns
    assert all(f"--point {RECEIPTS}={point(RECEIPTS, NIGHT - DAY).arn}" in one for one in said)


def test_points_of_an_account_before_serve_and_are_told() -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), resource_arn=arns.table(REGION, "999999999999", RECEIPTS))
    assert warned(loss.plan(), "was made in account 999999999999") == (
        f"the point of table {RECEIPTS} was made in account 999999999999, before prod lived in {LOST}"
    )


def test_tables_that_the_settings_lost_are_told() -> None:
    loss = Loss()
    loss.declare(manifest.of(settings(BUNDLES)))
    plan = loss.plan()
    assert [one.table for one in plan.chosen] == [BUNDLES]
    assert RECEIPTS in warned(plan, "tables that the settings do not name")
    older = loss.aws.buckets[next(iter(loss.aws.buckets))].objects["manifest/prod/settings.json"][1].version.version_id
    assert len(loss.plan(settings_version=older).chosen) == 6


@pytest.mark.parametrize(("hours", "warns"), [(26, False), (27, True)])
def test_a_set_that_misses_a_day_is_warned_of(hours: int, warns: bool) -> None:
    loss = Loss()
    loss.aws.clock.at = NIGHT + timedelta(hours=hours)
    said = [one for one in loss.plan().warnings if one.startswith("the newest point is")]
    assert said == ([f"the newest point is {hours} h 0 min old: {_STALE}"] if warns else [])


_STALE = "either the loss lies back so far, or backups had stopped before it"
