from dataclasses import replace
from datetime import timedelta

import pytest

from strongroom.aws.errors import DeniedError
from strongroom.evidence.places.sights import Kind
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.evidence.kept import DAILY, HOUR, RECEIPTS, SECOND, Kept, looked, only, told


@pytest.mark.parametrize(
    ("place", "limit"), [("local", 39 * HOUR), ("daily", 39 * HOUR), ("weekly", 183 * HOUR), ("monthly", 759 * HOUR)]
)
def test_a_point_is_stale_once_it_is_older_than_the_longest_wait_for_the_next(place: str, limit: timedelta) -> None:
    kept = Kept()
    kept.change(place, RECEIPTS, created=kept.at - limit)
    assert told(looked(kept)) == []
    kept.change(place, RECEIPTS, created=kept.at - limit - SECOND)
    assert told(looked(kept)) == [(Kind.STALE, place, RECEIPTS)]


@pytest.mark.parametrize("place", ["local", "daily", "weekly", "monthly"])
def test_a_table_without_a_point_is_missing(place: str) -> None:
    kept = Kept()
    kept.take_away(place, RECEIPTS)
    assert told(looked(kept)) == [(Kind.MISSING, place, RECEIPTS)]


def test_a_point_that_is_not_due_yet_is_not_missing() -> None:
    kept = Kept()
    kept.take_away("monthly", RECEIPTS)
    kept.own.tables[RECEIPTS].created = kept.at - timedelta(hours=759)
    report = looked(kept)
    assert told(report) == []
    (row,) = [row for row in report.seen.rows if (row.place, row.subject) == ("monthly", RECEIPTS)]
    assert row.note == "none yet, due by 2026-11-22T12:00:00Z"
    kept.own.tables[RECEIPTS].created = kept.at - timedelta(hours=759) - SECOND
    assert told(looked(kept)) == [(Kind.MISSING, "monthly", RECEIPTS)]


def test_a_vault_that_was_made_lately_holds_nothing_yet() -> None:
    kept = Kept()
    vault = kept.vault("monthly")
    vault.points.clear()
    vault.created = kept.at - timedelta(days=1)
    assert told(looked(kept)) == []


@pytest.mark.parametrize("place", ["local", "daily"])
def test_a_vault_that_is_not_there_is_missing_and_never_healthy(place: str) -> None:
    kept = Kept()
    account = kept.own if place == "local" else kept.backup
    name = kept.vault(place).name
    del account.vaults[name]
    assert told(looked(kept)) == [(Kind.MISSING, place, name)]


def test_a_vault_of_which_aws_says_no_more_than_access_denied_is_not_seen_and_never_healthy() -> None:
    kept = Kept(MemoryAws(absent_vaults_are_denied=True))
    name = kept.vault("daily").name
    del kept.backup.vaults[name]
    report = looked(kept)
    assert [(blind.place, type(blind.fault)) for blind in report.seen.blind] == [(name, DeniedError)]
    assert "daily" not in {row.place for row in report.seen.rows}


@pytest.mark.parametrize("status", ["PARTIAL", "EXPIRED", "STOPPED", "NEWLY_INVENTED"])
def test_a_point_that_is_not_whole_is_wrong_and_does_not_count(status: str) -> None:
    kept = Kept()
    kept.change("daily", RECEIPTS, status=status)
    assert told(looked(kept)) == [(Kind.MISSING, "daily", RECEIPTS), (Kind.WRONG, "daily", RECEIPTS)]


@pytest.mark.parametrize(("after", "kind"), [(SECOND, Kind.WARNING), (timedelta(), Kind.WRONG), (-SECOND, Kind.WRONG)])
def test_a_newer_whole_point_makes_up_for_one_that_is_not(after: timedelta, kind: Kind) -> None:
    kept = Kept()
    good = kept.point("daily", RECEIPTS)
    torn = replace(good, arn="torn", status="PARTIAL", created=good.created - after)
    kept.vault("daily").points["torn"] = torn
    assert told(looked(kept)) == [(kind, "daily", RECEIPTS)]


@pytest.mark.parametrize("status", ["CREATING", "DELETING"])
def test_a_point_that_comes_or_goes_is_no_fault_beside_a_good_one(status: str) -> None:
    kept = Kept()
    good = kept.point("daily", RECEIPTS)
    kept.vault("daily").points["other"] = replace(good, arn="other", status=status, created=kept.at - HOUR)
    assert told(looked(kept)) == []


def test_a_point_that_never_gets_done_is_told() -> None:
    kept = Kept()
    good = kept.point("daily", RECEIPTS)
    late = replace(good, arn="other", status="CREATING", created=kept.at - DAILY - SECOND)
    kept.vault("daily").points["other"] = late
    assert told(looked(kept)) == [(Kind.WARNING, "daily", RECEIPTS)]


@pytest.mark.parametrize("place", ["local", "weekly"])
@pytest.mark.parametrize("days", [34, 36, None])
def test_another_life_than_declared_is_wrong(place: str, days: int | None) -> None:
    kept = Kept()
    kept.change(place, RECEIPTS, days=days)
    assert told(looked(kept)) == [(Kind.WRONG, place, RECEIPTS)]


def test_older_points_of_a_locked_vault_are_judged_too() -> None:
    kept = Kept()
    good = kept.point("daily", RECEIPTS)
    kept.vault("daily").points["older"] = replace(good, arn="older", created=good.created - DAILY, days=60)
    assert "point older of" in only(looked(kept))


def test_cold_storage_is_wrong() -> None:
    kept = Kept()
    kept.change("monthly", RECEIPTS, cold_at=kept.at + timedelta(days=60))
    assert "cold storage" in only(looked(kept))


def test_another_key_than_the_vault_s_is_wrong() -> None:
    kept = Kept()
    kept.change("daily", RECEIPTS, key_arn="arn:aws:kms:eu-west-2:999999999999:key/theirs")
    assert "key/theirs" in only(looked(kept))


def test_a_point_that_outlives_its_day_is_a_warning_after_the_hours_that_aws_takes() -> None:
    kept = Kept()
    kept.change("daily", RECEIPTS, deleted_at=kept.at - timedelta(hours=8))
    assert told(looked(kept)) == []
    kept.change("daily", RECEIPTS, deleted_at=kept.at - timedelta(hours=8) - SECOND)
    report = looked(kept)
    assert told(report) == [(Kind.WARNING, "daily", RECEIPTS)]
    assert (report.failures, len(report.warnings)) == ((), 1)


@pytest.mark.parametrize(
    ("bounds", "says"),
    [
        (None, "has no lock"),
        ((34, 90), "is locked to 34 to 90 days, 35 to 90 days is declared"),
        ((35, 91), "is locked to 35 to 91"),
        ((36, 90), "is locked to 36 to 90"),
    ],
)
def test_a_lock_that_is_off_or_has_other_bounds_is_wrong(bounds: tuple[int, int] | None, says: str) -> None:
    kept = Kept()
    kept.vault("daily").bounds = bounds
    report = looked(kept)
    assert told(report) == [(Kind.WRONG, "daily", kept.vault("daily").name)]
    assert says in only(report)
