from typing import Final

import pytest

from rehearsal.emulator.services.cloudwatch.evaluation import Judgement, evaluate

STATES: Final = {"O": "OK", "A": "ALARM", "I": "INSUFFICIENT_DATA", "r": None}
VALUES: Final = {"0": 0.0, "X": 1.0, "-": None}
TREATMENTS: Final = ("missing", "ignore", "breaching", "notBreaching")


def state(points: str, missing: str, *, periods: int = 3, datapoints: int = 3) -> str | None:
    judgement = Judgement("GreaterThanThreshold", 0.5, periods, datapoints, missing)
    return evaluate(judgement, [VALUES[point] for point in points.split()]).state


# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html: the two tables there.
@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("0 - X - X", "OOOO"),
        ("0 - - - -", "OOOO"),
        ("- - - - -", "IrAO"),
        ("0 X X - X", "AAAA"),
        ("- - X - -", "ArAO"),
    ],
)
def test_three_of_three_datapoints_as_in_aws_s_table(points: str, expected: str) -> None:
    assert [state(points, missing) for missing in TREATMENTS] == [STATES[letter] for letter in expected]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("0 - X - X", "AAAA"),
        ("0 0 X 0 X", "AAAA"),
        ("0 - X - -", "OOAO"),
        ("- - - - 0", "OOAO"),
        ("- - - X -", "ArAO"),
    ],
)
def test_two_of_three_datapoints_as_in_aws_s_table(points: str, expected: str) -> None:
    assert [state(points, missing, datapoints=2) for missing in TREATMENTS] == [STATES[letter] for letter in expected]


@pytest.mark.parametrize("points", ["- - - - X", "- - - X -"])
def test_a_first_breaching_datapoint_is_no_alarm_before_it_is_old_enough(points: str) -> None:
    assert state(points, "missing") == "OK"


@pytest.mark.parametrize("missing", TREATMENTS)
def test_a_breaching_datapoint_is_an_alarm_when_one_of_three_is_enough(missing: str) -> None:
    assert state("- - - - X", missing, datapoints=1) == "ALARM"


@pytest.mark.parametrize("missing", TREATMENTS)
def test_an_older_point_counts_in_the_place_of_missing_ones(missing: str) -> None:
    # Two evaluation periods of a day: the last two days are empty, the two before were good.
    assert state("0 0 - -", missing, periods=2, datapoints=2) == "OK"


@pytest.mark.parametrize(
    ("comparison", "at", "above", "below"),
    [
        ("GreaterThanThreshold", "OK", "ALARM", "OK"),
        ("GreaterThanOrEqualToThreshold", "ALARM", "ALARM", "OK"),
        ("LessThanThreshold", "OK", "OK", "ALARM"),
        ("LessThanOrEqualToThreshold", "ALARM", "OK", "ALARM"),
    ],
)
def test_each_comparison_on_both_sides_of_the_threshold(comparison: str, at: str, above: str, below: str) -> None:
    judgement = Judgement(comparison, 5.0, 1, 1)
    assert [evaluate(judgement, [value]).state for value in (5.0, 5.1, 4.9)] == [at, above, below]


@pytest.mark.parametrize(
    ("points", "missing", "reason"),
    [
        (
            "X",
            "missing",
            "Threshold Crossed: 1 out of the last 1 datapoint [1.0] was greater than the threshold (0.5) "
            "(minimum 1 datapoint for OK -> ALARM transition).",
        ),
        (
            "0",
            "missing",
            "Threshold Crossed: 1 out of the last 1 datapoint [0.0] was not greater than the threshold (0.5) "
            "(minimum 1 datapoint for ALARM -> OK transition).",
        ),
        (
            "- -",
            "breaching",
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as "
            "[Breaching].",
        ),
        ("- -", "missing", "Insufficient Data: 1 datapoint was unknown."),
    ],
)
def test_a_reason_says_what_was_seen(points: str, missing: str, reason: str) -> None:
    judgement = Judgement("GreaterThanThreshold", 0.5, 1, 1, missing)
    assert evaluate(judgement, [VALUES[point] for point in points.split()]).reason == reason
