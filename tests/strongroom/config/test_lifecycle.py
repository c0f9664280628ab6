import itertools

import pytest

from strongroom.config.lifecycle import Lifecycle, LockBounds
from strongroom.config.retention import Retention
from strongroom.config.tiers import TIERS, DataClass, Tier


def test_a_point_stays_cold_for_ninety_days_at_least() -> None:
    Lifecycle(delete_after_days=120, cold_after_days=30)
    with pytest.raises(ValueError, match="delete_after_days must be at least 120, 90 after cold storage"):
        Lifecycle(delete_after_days=119, cold_after_days=30)


@pytest.mark.parametrize("days", [0, 36_501])
def test_fails_when_aws_cannot_keep_a_point_that_long(days: int) -> None:
    with pytest.raises(ValueError, match=f"retention in days must be 1 to 36500, got {days}"):
        Lifecycle(days)


def test_fails_when_a_lock_is_upside_down() -> None:
    LockBounds(30, 30)
    with pytest.raises(ValueError, match=r"max_days must be at least min_days \(30\), got 29"):
        LockBounds(30, 29)


@pytest.mark.parametrize(("days", "accepted"), [(34, False), (35, True), (90, True), (91, False)])
def test_a_lock_accepts_what_lies_between_its_bounds(days: int, accepted: bool) -> None:
    assert LockBounds(35, 90).accepts(Lifecycle(days)) is accepted


@pytest.mark.parametrize("tier", TIERS.values(), ids=list(TIERS))
def test_the_lock_of_a_tier_accepts_its_copies_and_nothing_shorter(tier: Tier) -> None:
    copy = Retention().lifecycle(tier)
    lock = Retention().lock(tier)
    assert lock.accepts(copy)
    assert not lock.accepts(Lifecycle(copy.delete_after_days - 1))


def test_no_copy_goes_cold_because_a_cold_point_cannot_be_copied() -> None:
    assert all(Retention().lifecycle(tier).cold_after_days is None for tier in TIERS.values())


def test_a_lesser_data_class_is_kept_in_fewer_tiers() -> None:
    assert [len(data_class.tiers) for data_class in DataClass] == [3, 2, 1]


def test_start_windows_of_the_tiers_do_not_overlap_and_avoid_the_clock_change() -> None:
    windows = sorted((t.schedule.hour * 60, t.schedule.start_window_minutes) for t in TIERS.values())
    assert windows[0][0] >= 120
    assert all(begin + length <= nxt for (begin, length), (nxt, _) in itertools.pairwise(windows))
