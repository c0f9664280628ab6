from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.emulator.services.backup.plans.overlaps import Run, gives_way, outlives, overlap

_MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def _run(order: int = 0, starts: float = 0, hours: float = 1, days: int | None = 35) -> Run:
    return Run(order, _MIDNIGHT + timedelta(hours=starts), timedelta(hours=hours), days)


@pytest.mark.parametrize(
    ("starts", "hours", "together"),
    [
        (0, 1, True),
        (0.99, 1, True),
        (1, 1, False),
        (2, 1, False),
        (-1, 1, False),
        (-0.99, 1, True),
        (-1, 1.01, True),
        (-5, 8, True),
        (-5, 5, False),
        (0.25, 0.5, True),
    ],
)
def test_windows_overlap_that_share_time(starts: float, hours: float, *, together: bool) -> None:
    one, other = _run(), _run(1, starts, hours)
    assert overlap(one, other) is together
    assert overlap(other, one) is together


@pytest.mark.parametrize(("days", "longer"), [(36, True), (35, False), (34, False), (None, True)])
def test_the_longer_retention_outlives(days: int | None, *, longer: bool) -> None:
    assert outlives(_run(1, days=days), _run(0)) is longer


def test_nothing_outlives_for_ever_but_an_earlier_rule_that_also_does() -> None:
    assert not outlives(_run(1, days=36_500), _run(0, days=None))
    assert outlives(_run(0, days=None), _run(1, days=None))
    assert not outlives(_run(1, days=None), _run(0, days=None))


def test_of_equal_retentions_the_earlier_rule_counts_as_longer() -> None:
    assert outlives(_run(0), _run(1))
    assert not outlives(_run(1), _run(0))


def test_a_run_gives_way_to_a_longer_one_that_overlaps() -> None:
    daily = _run(0, days=35)
    assert gives_way(daily, [_run(1, starts=0.5, days=2557)])
    assert not gives_way(daily, [_run(1, starts=1, days=2557)])
    assert not gives_way(daily, [_run(1, starts=0.5, days=7)])
    assert not gives_way(daily, [])
    assert gives_way(daily, [_run(1, starts=0.5, days=7), _run(2, starts=-0.5, days=None)])
