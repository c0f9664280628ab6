from datetime import timedelta
from typing import Any, Final

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import CI, Emulator
from tests.rehearsal.emulator.services.signals import DAY, HOUR

pytestmark = pytest.mark.emulator

VAULT: Final = [{"Name": "vault", "Value": "central"}]


def put(cloudwatch: Any, value: float = 1, **more: object) -> None:
    """Put a point into a metric of the shop."""
    cloudwatch.put_metric_data(Namespace="shop", MetricData=[{"MetricName": "done", "Value": value, **more}])


def query(id_: str, **more: object) -> dict[str, Any]:
    """A query for the sum of the metric by hours."""
    stat = {"Metric": {"Namespace": "shop", "MetricName": "done", **more}, "Period": HOUR, "Stat": "Sum"}
    return {"Id": id_, "MetricStat": stat}


def read(emulator: Emulator, cloudwatch: Any, *queries: dict[str, Any], **more: object) -> dict[str, list[float]]:
    """Return the values of the last day, the oldest first, by id."""
    until = emulator.now() + timedelta(hours=1)
    answer = cloudwatch.get_metric_data(
        MetricDataQueries=list(queries), StartTime=until - timedelta(days=1), EndTime=until,
        ScanBy="TimestampAscending", **more,
    )  # fmt: skip
    return {result["Id"]: result["Values"] for result in answer["MetricDataResults"]}


def test_a_point_is_taken_up_to_two_weeks_old_and_two_hours_ahead(emulator: Emulator, cloudwatch: Any) -> None:
    for off in (timedelta(days=-14, minutes=5), timedelta(hours=2, minutes=-5)):
        put(cloudwatch, Timestamp=emulator.now() + off)


@pytest.mark.parametrize("off", [timedelta(days=-14, minutes=-5), timedelta(hours=2, minutes=5)])
def test_fails_when_a_point_is_too_old_or_too_far_ahead(emulator: Emulator, cloudwatch: Any, off: timedelta) -> None:
    emulator.advance(100 * DAY)
    with refuses("InvalidParameterValue"):
        put(cloudwatch, Timestamp=emulator.now() + off)


def test_fails_when_a_namespace_is_of_aws(cloudwatch: Any) -> None:
    with refuses("InvalidParameterValue"):
        cloudwatch.put_metric_data(Namespace="AWS/Backup", MetricData=[{"MetricName": "done", "Value": 1}])


def dimensions(count: int) -> list[dict[str, str]]:
    """Return so many dimensions."""
    return [{"Name": f"d{number}", "Value": "v"} for number in range(count)]


def test_a_metric_has_up_to_thirty_dimensions(cloudwatch: Any) -> None:
    put(cloudwatch, Dimensions=dimensions(30))


def test_fails_when_a_metric_has_more_than_thirty_dimensions(cloudwatch: Any) -> None:
    with refuses("InvalidParameterValue"):
        put(cloudwatch, Dimensions=dimensions(31))


def test_fails_when_a_point_has_no_value_or_two_kinds(cloudwatch: Any) -> None:
    with refuses("MissingParameter"):
        cloudwatch.put_metric_data(Namespace="shop", MetricData=[{"MetricName": "done"}])
    with refuses("InvalidParameterCombination"):
        put(cloudwatch, Values=[1.0])


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_fails_when_a_value_is_no_number(cloudwatch: Any, value: float) -> None:
    with refuses("InvalidParameterValue"):
        put(cloudwatch, value)


def test_values_counts_and_sets_of_statistics_are_all_counted(emulator: Emulator, cloudwatch: Any) -> None:
    statistics = {"SampleCount": 2, "Sum": 7, "Minimum": 3, "Maximum": 4}
    cloudwatch.put_metric_data(
        Namespace="shop",
        MetricData=[
            {"MetricName": "done", "Values": [1.0, 2.0], "Counts": [2, 3]},
            {"MetricName": "done", "StatisticValues": statistics},
        ],
    )
    assert read(emulator, cloudwatch, query("m")) == {"m": [15.0]}


def test_each_set_of_dimensions_is_a_metric_of_its_own(emulator: Emulator, cloudwatch: Any) -> None:
    put(cloudwatch, 1)
    put(cloudwatch, 5, Dimensions=VAULT)
    assert read(emulator, cloudwatch, query("plain"), query("vault", Dimensions=VAULT)) == {
        "plain": [1.0],
        "vault": [5.0],
    }


def test_expressions_are_evaluated_over_the_metrics_of_the_request(emulator: Emulator, cloudwatch: Any) -> None:
    put(cloudwatch, 6)
    expressions = [{"Id": "half", "Expression": "m / 2"}, {"Id": "filled", "Expression": "FILL(m, 0)"}]
    found = read(emulator, cloudwatch, query("m"), *expressions)
    assert (found["half"], sum(found["filled"]), len(found["filled"])) == ([3.0], 6.0, 25)


def test_fails_when_an_expression_of_a_request_is_none(emulator: Emulator, cloudwatch: Any) -> None:
    with refuses("ValidationError"):
        read(emulator, cloudwatch, query("m"), {"Id": "e", "Expression": "NOSUCH(m)"})


def test_a_metric_is_read_back_after_years_on_the_clock(emulator: Emulator, cloudwatch: Any) -> None:
    emulator.advance(3_650 * DAY)
    put(cloudwatch, 2)
    put(cloudwatch, 3)
    until = emulator.now() + timedelta(hours=1)
    answer = cloudwatch.get_metric_statistics(
        Namespace="shop", MetricName="done", StartTime=until - timedelta(hours=3), EndTime=until, Period=HOUR,
        Statistics=["Sum", "Average"], ExtendedStatistics=["p100"],
    )  # fmt: skip
    [point] = answer["Datapoints"]
    assert (point["Sum"], point["Average"], point["ExtendedStatistics"]) == (5.0, 2.5, {"p100": 3.0})


def statistics(emulator: Emulator, cloudwatch: Any, **changes: object) -> Any:
    """Ask for statistics of the last hour by minutes."""
    until = emulator.now()
    asked: dict[str, object] = {
        "Namespace": "shop", "MetricName": "done", "StartTime": until - timedelta(hours=1), "EndTime": until,
        "Period": 60, "Statistics": ["Sum"],
    }  # fmt: skip
    given = {name: value for name, value in {**asked, **changes}.items() if value is not None}
    return cloudwatch.get_metric_statistics(**given)


def test_statistics_are_read_between_a_start_and_an_end(emulator: Emulator, cloudwatch: Any) -> None:
    assert statistics(emulator, cloudwatch)["Datapoints"] == []


def test_fails_when_a_time_ends_before_it_starts(emulator: Emulator, cloudwatch: Any) -> None:
    with refuses("ValidationError"):
        statistics(emulator, cloudwatch, StartTime=emulator.now() + timedelta(hours=1))


def test_fails_when_no_statistic_is_named(emulator: Emulator, cloudwatch: Any) -> None:
    with refuses("InvalidParameterCombination"):
        statistics(emulator, cloudwatch, Statistics=None)


def test_fails_when_an_answer_would_hold_too_many_datapoints(emulator: Emulator, cloudwatch: Any) -> None:
    with refuses("InvalidParameterCombination"):
        statistics(emulator, cloudwatch, StartTime=emulator.now() - timedelta(hours=25))
    assert statistics(emulator, cloudwatch, StartTime=emulator.now() - timedelta(hours=23))["Datapoints"] == []


def test_metrics_are_listed_by_name_and_dimension(emulator: Emulator, cloudwatch: Any) -> None:
    put(cloudwatch, 1)
    put(cloudwatch, 5, Dimensions=VAULT)
    listed = cloudwatch.list_metrics(Namespace="shop", Dimensions=[{"Name": "vault"}])["Metrics"]
    assert listed == [{"Namespace": "shop", "MetricName": "done", "Dimensions": VAULT}]
    assert len(cloudwatch.list_metrics(MetricName="done")["Metrics"]) == 2
    assert emulator.client("cloudwatch", account=CI).list_metrics()["Metrics"] == []
