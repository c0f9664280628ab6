from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from strongroom.aws.errors import DeniedError, FailedError, WrongAccountError
from strongroom.evidence.places import verify
from strongroom.evidence.places.sights import Kind, Report, What
from tests.strongroom.aws.memory_sessions import MemorySessions
from tests.strongroom.evidence.kept import (
    ASYNC,
    BACKUP,
    DAILY,
    PROD,
    RECEIPTS,
    SECOND,
    Kept,
    central,
    looked,
    told,
)
from tests.strongroom.evidence.places.test_archives import MANIFEST, absent, hidden, unlocked


def of_all(kept: Kept) -> Report:
    return verify.of_central(central(), "Pulumi.backup.yaml", kept.sessions, lambda _: None)


def test_nothing_is_found_where_everything_is_as_declared() -> None:
    report = looked(Kept())
    assert told(report) == []
    assert {row.place for row in report.seen.rows} == {
        "pitr",
        "local",
        "daily",
        "weekly",
        "monthly",
        "export",
        "archive",
    }
    assert all(row.newest is not None for row in report.seen.rows if row.what is not What.EXPORT)


def test_every_table_is_looked_for_in_every_place_of_its_class() -> None:
    rows = {(row.place, row.subject) for row in looked(Kept()).seen.rows}
    assert {place for place, table in rows if table == RECEIPTS} == {
        "pitr",
        "local",
        "daily",
        "weekly",
        "monthly",
        "export",
    }
    assert {place for place, table in rows if table == ASYNC} == {"pitr", "local", "daily", "export"}


@pytest.mark.parametrize(
    ("operation", "places"),
    [
        ("points.in_vault", 4),
        ("vaults.vault", 4),
        ("backups.recent", 1),
        ("table_states.state", 6),
        ("exports.newest", 6),
        ("objects.head", 2),
    ],
)
def test_what_cannot_be_looked_at_is_never_taken_for_healthy(operation: str, places: int) -> None:
    kept = Kept()
    fault = FailedError("a page came without its list")
    kept.aws.wire.trouble(1, fault, operation=operation, times=100)
    report = looked(kept)
    assert [blind.fault for blind in report.seen.blind] == [fault] * places


def test_an_account_that_cannot_be_entered_does_not_hide_the_other() -> None:
    kept = Kept()
    sessions = MemorySessions(kept.aws, {"strongroom-backup": BACKUP})
    report = verify.of_source(kept.wanted, "it", sessions, lambda _: None)
    (blind,) = report.seen.blind
    assert blind.place == f"account {PROD} (profile strongroom-prod)"
    assert isinstance(blind.fault, DeniedError)
    assert {row.place for row in report.seen.rows} == {"daily", "weekly", "monthly", "archive"}


def test_fails_when_no_account_can_be_entered() -> None:
    kept = Kept()
    with pytest.raises(DeniedError, match="strongroom-prod"):
        verify.of_source(kept.wanted, "it", MemorySessions(kept.aws, {}), lambda _: None)


def test_fails_when_a_profile_lands_in_another_account() -> None:
    kept = Kept()
    sessions = MemorySessions(kept.aws, {"strongroom-prod": BACKUP, "strongroom-backup": BACKUP})
    with pytest.raises(WrongAccountError, match="must be in account 111111111111"):
        verify.of_source(kept.wanted, "it", sessions, lambda _: None)


def test_ages_are_counted_by_the_clock_of_aws() -> None:
    kept = Kept()
    kept.aws.clock.at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    report = looked(kept)
    assert report.at == kept.aws.clock.at
    assert (Kind.STALE, "daily", RECEIPTS) in told(report)


def test_the_backup_account_finds_nothing_where_everything_is_as_declared() -> None:
    report = of_all(Kept())
    assert told(report) == []
    assert {row.place for row in report.seen.rows} == {"prod-daily", "prod-weekly", "prod-monthly", "prod-archive"}
    assert len([row for row in report.seen.rows if row.place == "prod-daily"]) == 6


def test_the_backup_account_finds_what_is_stale_with_no_source_to_ask() -> None:
    kept = Kept()
    kept.change("daily", RECEIPTS, created=kept.at - DAILY - SECOND)
    kept.vault("daily").points["first"] = replace(
        kept.point("daily", RECEIPTS), arn="first", created=kept.at - timedelta(hours=183, seconds=1)
    )
    kept.take_away("weekly", RECEIPTS)
    assert told(of_all(kept)) == [
        (Kind.STALE, "prod-daily", RECEIPTS),
        (Kind.MISSING, "prod-weekly", RECEIPTS),
    ]


def test_a_table_that_a_new_manifest_names_is_not_missing_yet() -> None:
    kept = Kept()
    for place in ("daily", "weekly", "monthly"):
        kept.take_away(place, RECEIPTS)
    kept.document(kept.wanted.buckets.archive, modified=kept.at - DAILY)
    assert told(of_all(kept)) == []
    kept.document(kept.wanted.buckets.archive, modified=kept.at - DAILY - SECOND)
    assert told(of_all(kept)) == [(Kind.MISSING, "prod-daily", RECEIPTS)]


def test_a_table_that_is_copied_since_yesterday_has_no_weekly_point_yet() -> None:
    kept = Kept()
    kept.take_away("weekly", RECEIPTS)
    kept.document(kept.wanted.buckets.archive, modified=kept.at - timedelta(days=300))
    assert told(of_all(kept)) == []


@pytest.mark.parametrize("spoil", [absent, hidden, unlocked])
def test_the_backup_account_looks_into_the_archive(spoil: Callable[[Kept], None]) -> None:
    kept = Kept()
    spoil(kept)
    assert [place for _, place, _ in told(of_all(kept))] == ["prod-archive"]


def test_a_manifest_that_cannot_be_used_is_wrong() -> None:
    kept = Kept()
    kept.aws.buckets[kept.wanted.buckets.archive].objects[MANIFEST][0].body = b"{"
    assert [(kind, place) for kind, place, _ in told(of_all(kept))] == [(Kind.WRONG, "prod-archive")]


def test_a_manifest_that_cannot_be_read_is_never_taken_for_no_tables() -> None:
    kept = Kept()
    kept.aws.wire.trouble(1, DeniedError("no"), operation="objects.read")
    (blind,) = of_all(kept).seen.blind
    assert blind.place.startswith("settings manifest in")
