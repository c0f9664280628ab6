from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from strongroom.aws.points import Point
from strongroom.config.settings import TierName
from strongroom.facts import arns
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.plans.choice import CLOSE, LANDING, Asked, Choice, choose, landing_days
from strongroom.recovery.plans.reasons import offer
from strongroom.recovery.plans.usable import Held
from tests.strongroom.recovery.loss import BACKUP, DAY, LOST, NIGHT, REGION, point, vault

NOW = NIGHT + timedelta(hours=9)
TIERS: Mapping[str, TierName] = {vault("daily"): "daily", vault("weekly"): "weekly", vault("monthly"): "monthly"}
HOUR = timedelta(hours=1)


def held(*points: Point) -> Held:
    return Held(BACKUP, TIERS, {name: [one for one in points if one.vault == name] for name in TIERS}, NOW)


def chosen(*points: Point, at: datetime | None = None, **overrides: str) -> Choice:
    tables = sorted({one.table for one in points})
    return choose(Asked(tables, at, overrides), held(*points))


def only(choice: Choice) -> str:
    (one,) = choice.chosen
    return one.point_arn


def test_the_newest_point_is_taken_over_all_tiers() -> None:
    daily, weekly = point("aaa"), point("aaa", NIGHT + 2 * HOUR, "weekly")
    choice = chosen(point("aaa", NIGHT - DAY), weekly, daily)
    (one,) = choice.chosen
    assert (one.point_arn, one.vault, one.tier, one.created) == (weekly.arn, weekly.vault, "weekly", weekly.created)
    assert one.rpo_seconds == 7 * 3_600


def test_of_two_points_of_one_instant_the_one_that_is_kept_longer_is_taken() -> None:
    daily, weekly = point("aaa"), point("aaa", tier="weekly")
    assert only(chosen(daily, weekly)) == only(chosen(weekly, daily)) == weekly.arn
    for_ever = replace(daily, deleted_at=None)
    assert only(chosen(weekly, for_ever)) == daily.arn


@pytest.mark.parametrize("status", ["PARTIAL", "EXPIRED", "DELETING", "CREATING", "STOPPED", "NEW_WORD"])
def test_a_point_that_is_not_completed_is_never_taken_and_is_the_reason(status: str) -> None:
    good = point("aaa", NIGHT - DAY)
    choice = chosen(good, point("aaa", status=status))
    (one,) = choice.chosen
    assert one.point_arn == good.arn
    assert one.older_because == f"the point of 2026-11-22 03:00 UTC is {status}"


@pytest.mark.parametrize("cold", [{"storage_class": "COLD"}, {"cold_at": NOW}, {"cold_at": NOW - DAY}])
def test_a_cold_point_is_never_taken(cold: Mapping[str, object]) -> None:
    good = point("aaa", NIGHT - DAY)
    choice = chosen(good, replace(point("aaa"), **cold))
    (one,) = choice.chosen
    assert one.point_arn == good.arn
    assert one.older_because == "the point of 2026-11-22 03:00 UTC is in cold storage, from where AWS copies nothing"


def test_a_point_that_gets_cold_later_is_taken() -> None:
    warm = point("aaa", cold_at=NOW + timedelta(seconds=1), storage_class="WARM")
    assert only(chosen(warm, point("aaa", NIGHT - DAY))) == warm.arn


def test_a_point_of_another_account_is_never_taken() -> None:
    good, strange = point("aaa", NIGHT - DAY), point("aaa")
    strange = replace(strange, arn=strange.arn.replace(BACKUP, "999999999999"))
    assert only(chosen(good, strange)) == good.arn


def test_a_point_in_a_vault_that_was_not_named_is_never_taken() -> None:
    good, strange = point("aaa", NIGHT - DAY), point("aaa", vault="Default")
    known = Held(BACKUP, TIERS, {good.vault: [good], "Default": [strange]}, NOW)
    assert only(choose(Asked(["aaa"]), known)) == good.arn


def test_a_point_of_a_bucket_with_the_tables_name_is_never_taken() -> None:
    good = point("aaa", NIGHT - DAY)
    strange = point("aaa", resource_arn="arn:aws:s3:::table/aaa")
    assert only(chosen(good, strange)) == good.arn


def test_points_of_one_run_explain_nothing() -> None:
    choice = chosen(point("aaa"), point("bbb", NIGHT - CLOSE))
    assert [one.older_because for one in choice.chosen] == [None, None]


def test_a_table_that_is_older_than_the_set_is_explained() -> None:
    choice = chosen(point("aaa"), point("bbb", NIGHT - CLOSE - timedelta(seconds=1)))
    assert [one.older_because for one in choice.chosen] == [None, "no newer point of it is in the central vaults"]


def test_many_bad_points_are_not_all_told() -> None:
    bad = [point("aaa", NIGHT - HOUR * n, status="EXPIRED") for n in range(5)]
    (one,) = chosen(point("aaa", NIGHT - DAY), *bad).chosen
    assert one.older_because
    assert one.older_because.count("is EXPIRED") == 3
    assert one.older_because.endswith("; 2 more cannot be used either")


def test_a_table_without_a_good_point_is_missing_with_its_reason() -> None:
    choice = chosen(point("aaa"), point("bbb", status="PARTIAL"))
    assert [one.table for one in choice.chosen] == ["aaa"]
    (one,) = choice.missing
    assert (one.table, one.why) == ("bbb", "the point of 2026-11-22 03:00 UTC is PARTIAL")


def test_a_table_without_any_point_is_missing() -> None:
    (one,) = choose(Asked(["aaa", "bbb"]), held(point("aaa"))).missing
    assert (one.table, one.why) == ("bbb", "no point of it is in the central vaults")


@pytest.mark.parametrize(
    ("at", "days"), [(NIGHT, 0), (NIGHT - timedelta(microseconds=1), 1), (NIGHT - DAY, 1), (NIGHT + DAY, 0)]
)
def test_no_point_is_newer_than_the_instant_that_was_asked_for(at: datetime, days: int) -> None:
    points = [point("aaa", NIGHT - DAY * n) for n in range(3)]
    choice = chosen(*points, at=at)
    assert only(choice) == points[days].arn
    assert choice.chosen[0].older_because is None


def test_a_table_that_begins_after_the_instant_is_missing() -> None:
    (one,) = chosen(point("aaa"), at=NIGHT - DAY).missing
    assert one.why == "no point of it at or before 2026-11-21 03:00 UTC is in the central vaults"


def test_a_point_can_be_asked_for() -> None:
    old = point("aaa", NIGHT - DAY)
    choice = chosen(point("aaa"), old, point("bbb"), aaa=old.arn)
    (one, other) = choice.chosen
    assert (one.point_arn, one.older_because) == (old.arn, "it was asked for with --point")
    assert other.older_because is None


def test_a_point_that_is_asked_for_may_be_newer_than_the_instant() -> None:
    new = point("aaa")
    assert only(chosen(new, point("aaa", NIGHT - DAY), at=NIGHT - DAY, aaa=new.arn)) == new.arn


def test_fails_when_the_point_that_is_asked_for_is_another_tables() -> None:
    with pytest.raises(RequestError, match=f"this is a point of {arns.table(REGION, LOST, 'bbb')}; give one of aaa"):
        chosen(point("aaa"), point("bbb"), aaa=point("bbb").arn)


def test_fails_when_the_point_that_is_asked_for_is_nowhere() -> None:
    with pytest.raises(RequestError, match="aaa=arn:x: there is no such point in strongroom-prod-daily-35-90, "):
        chosen(point("aaa"), aaa="arn:x")


@pytest.mark.parametrize(("changes", "says"), [({"status": "PARTIAL"}, "is PARTIAL"), ({"cold_at": NOW}, "cold")])
def test_fails_when_the_point_that_is_asked_for_cannot_be_brought_back(
    changes: Mapping[str, object], says: str
) -> None:
    bad = replace(point("aaa"), **changes)
    with pytest.raises(GuardError, match=f"the point of 2026-11-22 03:00 UTC .*{says}.*; give another one"):
        chosen(bad, point("aaa", NIGHT - DAY), aaa=bad.arn)


def test_the_next_older_good_point_is_offered_with_what_it_costs() -> None:
    older = point("aaa", NIGHT - 3 * DAY)
    choice = chosen(point("aaa"), point("aaa", NIGHT - DAY, status="EXPIRED"), older)
    offered = choice.chosen[0].fallback
    assert offered
    assert (offered.point_arn, offered.created, offered.rpo_delta_seconds) == (older.arn, older.created, 3 * 86_400)
    assert offered.landing_days == landing_days(NOW - older.created)


def test_nothing_is_offered_where_there_is_nothing_older() -> None:
    assert chosen(point("aaa")).chosen[0].fallback is None


def test_a_copy_of_an_old_point_outlives_the_recovery() -> None:
    for old in (timedelta(), DAY, timedelta(days=2_500, hours=5)):
        ends = NOW - old + timedelta(days=landing_days(old))
        assert ends >= NOW + LANDING
    assert landing_days(timedelta(days=40_000)) == 36_500


def test_an_offer_says_what_an_older_point_costs() -> None:
    older = point("aaa", NIGHT - DAY)
    (one,) = chosen(point("aaa"), older).chosen
    assert offer(one) == (
        "the next older point of table aaa is of 2026-11-21 03:00 UTC, and 24 h 0 min more of its changes are lost with"
        f" it: --point aaa={older.arn}"
    )
    assert offer(chosen(older).chosen[0]) == "there is no older point of table aaa that can be used"


def test_a_bad_point_of_the_same_instant_explains_nothing() -> None:
    (one,) = chosen(point("aaa"), point("aaa", tier="weekly", status="PARTIAL")).chosen
    assert (one.tier, one.older_because) == ("daily", None)
