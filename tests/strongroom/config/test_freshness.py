from datetime import timedelta

import pytest

from strongroom.config import freshness
from strongroom.config.tiers import DAILY, MONTHLY, TIERS, WEEKLY, DataClass, Tier
from tests.stacks import world

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("tier", "days"), [(DAILY, 1), (WEEKLY, 7), (MONTHLY, 31)])
def test_a_point_may_be_as_old_as_the_longest_wait_for_the_next_one(tier: Tier, days: int) -> None:
    assert freshness.period(tier.schedule) == timedelta(days=days)
    assert freshness.limit(tier) == timedelta(days=days) + 1 * HOUR + 12 * HOUR + 2 * HOUR


@pytest.mark.parametrize("data_class", DataClass)
def test_beside_a_table_the_most_frequent_tier_counts(data_class: DataClass) -> None:
    assert freshness.local(data_class.tiers) == freshness.limit(DAILY)


def test_the_most_frequent_tier_keeps_longer_than_any_tier_waits() -> None:
    assert timedelta(days=DAILY.floor_days) > max(freshness.limit(tier) for tier in TIERS.values())


def test_point_in_time_recovery_gets_some_slack_beyond_aws_s_own_lag() -> None:
    assert timedelta(minutes=15) == freshness.PITR


def test_a_stack_waits_for_the_places_that_it_can_see() -> None:
    assert freshness.hours(world.settings("prod")) == {"local": 39, "daily": 39, "weekly": 183, "monthly": 759}
    assert set(freshness.hours(world.settings("backup"))) == {
        f"{source}-{tier}" for source in ("prod", "ci") for tier in ("daily", "weekly", "monthly")
    }
