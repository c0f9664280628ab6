from typing import Final

import pytest

from rehearsal.emulator.services.cloudwatch.expressions import Names, evaluate, functions, references
from rehearsal.emulator.services.cloudwatch.math_functions import MathError, Series, Value

ONE: Final[Series] = {0: 30.0, 1: 20.0, 2: 0.0, 3: 0.0}
TWO: Final[Series] = {0: 20.0, 2: 20.0}
NAMES: Final = Names({"metric1": ONE, "metric2": TWO, "e1": {0: 1.0}}, ["metric1", "metric2"], range(4), 60)


def come_to(expression: str) -> Value:
    return evaluate(expression, NAMES)


# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html: the examples there.
@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("metric1 < metric2", [0, 0, 1, 0]),
        ("metric1 >= 30", [1, 0, 0, 0]),
        ("metric1 > 15 AND metric2 > 15", [1, 0, 0, 0]),
        ("metric1 > 15 && metric2 > 15", [1, 0, 0, 0]),
        ("metric1 > 15 OR metric2 > 15", [1, 1, 1, 0]),
        ("metric1 > 15 || metric2 > 15", [1, 1, 1, 0]),
        ("metric1 == 0", [0, 0, 1, 1]),
        ("metric1 != 0", [1, 1, 0, 0]),
    ],
)
def test_comparisons_take_a_missing_value_for_zero(expression: str, values: list[float]) -> None:
    assert come_to(expression) == dict(enumerate(values))


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("metric1 + metric2", {0: 50.0, 1: 20.0, 2: 20.0, 3: 0.0}),
        ("metric1 - 10", {0: 20.0, 1: 10.0, 2: -10.0, 3: -10.0}),
        ("5 * metric2", {0: 100.0, 2: 100.0}),
        ("metric1 / metric2", {0: 1.5, 2: 0.0}),
        ("100 / metric1", {0: 100 / 30, 1: 5.0}),
        ("metric2 ^ 2", {0: 400.0, 2: 400.0}),
        ("-metric2", {0: -20.0, 2: -20.0}),
        ("metric1 - MIN(metric2)", {0: 10.0, 1: 0.0, 2: -20.0, 3: -20.0}),
        ("metric2 / PERIOD(metric2)", {0: 20 / 60, 2: 20 / 60}),
    ],
)
def test_arithmetic_drops_what_is_divided_by_zero(expression: str, result: Series) -> None:
    assert come_to(expression) == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("SUM(METRICS())", {0: 50.0, 1: 20.0, 2: 20.0, 3: 0.0}),
        ("SUM([metric1, metric2])", {0: 50.0, 1: 20.0, 2: 20.0, 3: 0.0}),
        ('SUM(METRICS("2"))', {0: 20.0, 2: 20.0}),
        ("MAX(METRICS())", {0: 30.0, 1: 20.0, 2: 20.0, 3: 0.0}),
        ("MIN([metric1, metric2])", {0: 20.0, 1: 20.0, 2: 0.0, 3: 0.0}),
        ("AVG([metric1, metric2])", {0: 25.0, 1: 20.0, 2: 10.0, 3: 0.0}),
        ("SUM(metric1)", 50.0),
        ("AVG(metric1)", 12.5),
        ("MAX(metric1)", 30.0),
        ("METRIC_COUNT(METRICS())", 2.0),
        ("TIME_SERIES(MAX(metric1))", dict.fromkeys(range(4), 30.0)),
        ("ABS(-metric2)", TWO),
        ("CEIL(metric2 / 3)", {0: 7.0, 2: 7.0}),
        ("FLOOR(metric2 / 3)", {0: 6.0, 2: 6.0}),
        ("DIFF(metric2)", {2: 0.0}),
        ("FIRST(METRICS())", ONE),
        ("LAST(METRICS())", TWO),
    ],
)
def test_functions_of_one_series_are_numbers_and_of_several_a_series(expression: str, result: Value) -> None:
    assert come_to(expression) == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("FILL(metric2, 0)", {0: 20.0, 1: 0.0, 2: 20.0, 3: 0.0}),
        ("FILL(metric2, metric1)", {0: 20.0, 1: 20.0, 2: 20.0, 3: 0.0}),
        ("FILL(metric2, MIN(metric2))", {0: 20.0, 1: 20.0, 2: 20.0, 3: 20.0}),
        ("FILL(metric2, REPEAT)", {0: 20.0, 1: 20.0, 2: 20.0, 3: 20.0}),
        ("FILL(metric2 + 0, LINEAR)", {0: 20.0, 1: 20.0, 2: 20.0}),
        ("FILL(METRICS(), 1)", [ONE, {0: 20.0, 1: 1.0, 2: 20.0, 3: 1.0}]),
    ],
)
def test_fill_puts_values_where_there_are_none(expression: str, result: Value) -> None:
    assert come_to(expression) == result


def test_fill_fills_a_series_without_any_value() -> None:
    assert evaluate("FILL(m, 0)", Names({"m": {}}, ["m"], range(3), 60)) == {0: 0.0, 1: 0.0, 2: 0.0}


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("IF(metric1 > 15, 1, 0)", {0: 1.0, 1: 1.0, 2: 0.0, 3: 0.0}),
        ("IF(metric1 > 15, metric2, metric1)", {0: 20.0, 1: 0.0, 2: 0.0, 3: 0.0}),
        ("IF(metric1 > 15, metric1)", {0: 30.0, 1: 20.0}),
        ("IF(metric2, 5, 6)", {0: 5.0, 2: 5.0}),
        ("IF(1 > 2, metric1, metric2)", TWO),
        ("IF(2 > 1, metric1)", ONE),
    ],
)
def test_if_chooses_point_by_point(expression: str, result: Value) -> None:
    assert come_to(expression) == result


@pytest.mark.parametrize(
    "expression",
    ["metric1 +", "absent", "NOSUCH(metric1)", "FILL(metric1)", "SUM(1)", "not metric1", "metric1 < metric2 < 3",
     "metric1.real", "'text'", "[1, 2]", "TIME_SERIES(metric1)", "metric1 % 2", "+metric1", "METRICS() + [metric1]",
     "IF(METRICS(), 1, 0)", "True", "1 / 0"],
)  # fmt: skip
def test_fails_when_an_expression_is_none(expression: str) -> None:
    with pytest.raises(MathError):
        come_to(expression)


def test_an_expression_names_ids_and_functions() -> None:
    expression = "FILL(metric1, REPEAT) + SUM([e1, metric2])"
    assert references(expression) == {"metric1", "e1", "metric2"}
    assert functions(expression) == {"FILL", "SUM"}
