import pytest

from rehearsal.emulator.services.cloudwatch.series import Period, Point, series, statistic


def point(value: float, at: float = 0, count: float = 1) -> Point:
    return Point(at, count, value * count, value, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("SampleCount", 4.0), ("Sum", 16.0), ("Average", 4.0), ("Minimum", 1.0), ("Maximum", 7.0), ("p50", 4.0)],
)
def test_statistics_weigh_equal_values_by_their_number(name: str, value: float) -> None:
    assert statistic([point(1), point(4, count=2), point(7)], name) == value


@pytest.mark.parametrize(("name", "value"), [("p0", 1.0), ("p25", 1.5), ("p99", 2.98), ("p100", 3.0)])
def test_a_percentile_lies_between_the_nearest_values(name: str, value: float) -> None:
    assert statistic([point(3), point(1), point(2)], name) == pytest.approx(value)


@pytest.mark.parametrize("points", [[], [Point(0, 2, 3, 1, 2)], [point(-1)]])
def test_a_percentile_cannot_be_had_of_every_set(points: list[Point]) -> None:
    assert statistic(points, "p50") is None


@pytest.mark.parametrize("name", ["", "Median", "p101", "pp5"])
def test_fails_when_there_is_no_such_statistic(name: str) -> None:
    with pytest.raises(ValueError, match="a statistic is one of"):
        statistic([point(1)], name)


def test_a_point_belongs_to_the_period_that_it_begins_and_not_to_the_one_that_it_ends() -> None:
    periods = [Period(0, 60), Period(60, 120)]
    points = [point(1, at=0), point(2, at=59.9), point(4, at=60), point(8, at=120), point(16, at=-0.1)]
    assert series(points, periods, "Sum") == {0: 3.0, 1: 4.0}
