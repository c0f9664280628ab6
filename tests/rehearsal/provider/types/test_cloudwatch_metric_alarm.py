from collections.abc import Generator
from typing import Any

import pytest

from rehearsal.provider.errors import GoneError
from rehearsal.provider.schema import TagChange, Update
from rehearsal.provider.types import cloudwatch_alarms
from rehearsal.provider.types import cloudwatch_composite_alarm as composite
from rehearsal.provider.types import cloudwatch_metric_alarm as alarm
from rehearsal.provider.types import cloudwatch_metric_queries as queries
from tests.rehearsal.provider.driver import Driver, InputsRefusedError, Resource, driving
from tests.rehearsal.provider.fakes import clients
from tests.rehearsal.provider.stubbed import REGION, World

ALARM, COMPOSITE = "aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"
ARN = f"arn:aws:cloudwatch:{REGION}:111111111111:alarm:a"
TOPIC = f"arn:aws:sns:{REGION}:111111111111:t"
OPERATOR = "GreaterThanThreshold"
METRIC = {"metricName": "m", "namespace": "n", "period": 60, "stat": "Sum"}
CLASSIC: dict[str, Any] = {
    "name": "a",
    "comparisonOperator": OPERATOR,
    "evaluationPeriods": 1,
    "metricName": "m",
    "statistic": "Sum",
}
FORMULA: dict[str, Any] = {
    "name": "a",
    "comparisonOperator": OPERATOR,
    "evaluationPeriods": 1,
    "metricQueries": [{"id": "m1", "metric": METRIC, "returnData": True}],
}
QUERY: dict[str, Any] = {"name": "a", "evaluationCriteria": {"promqlCriteria": {"query": "up"}}}
ANY_OF: dict[str, Any] = {"alarmName": "a", "alarmRule": "ALARM(b)"}


@pytest.fixture(scope="module")
def provider() -> Generator[Driver]:
    with driving(lambda _profile, _region: clients(), region=REGION) as driver:
        yield driver


def without(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


@pytest.mark.parametrize("given", [CLASSIC, FORMULA, QUERY])
def test_each_kind_of_alarm_is_allowed(provider: Driver, given: dict[str, Any]) -> None:
    inputs = provider.check(ALARM, "a", given)
    assert inputs["treatMissingData"] == "missing"
    assert inputs["actionsEnabled"] is True


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (without(CLASSIC, "metricName"), "one of `evaluation_criteria,metric_name,metric_query` must be specified"),
        ({**CLASSIC, **QUERY}, "only one of `evaluation_criteria,metric_name,metric_query`"),
        ({**CLASSIC, **FORMULA}, "conflicts with"),
        (without(CLASSIC, "comparisonOperator"), "comparison_operator is required for traditional metric alarms"),
        (without(FORMULA, "comparisonOperator"), "comparison_operator is required for traditional metric alarms"),
        (without(CLASSIC, "evaluationPeriods"), "evaluation_periods is required for traditional metric alarms"),
        (without(CLASSIC, "statistic"), "One of `statistic` or `extended_statistic` must be set"),
        ({**CLASSIC, "extendedStatistic": "p99"}, "conflicts with"),
        ({**CLASSIC, "threshold": 1, "thresholdMetricId": "e"}, "conflicts with"),
        ({**CLASSIC, "period": 15}, "or a multiple of 60"),
        ({**CLASSIC, "evaluationPeriods": 0}, "at least"),
        ({**CLASSIC, "datapointsToAlarm": 0}, "at least"),
        ({**CLASSIC, "treatMissingData": "panic"}, "to be one of"),
        ({**CLASSIC, "alarmActions": ["topic"]}, "invalid ARN"),
        ({**CLASSIC, "okActions": [f"{TOPIC}{n}" for n in range(6)]}, "at most 5 actions"),
        ({**CLASSIC, "alarmDescription": "d" * 1025}, "expected length"),
        (
            {**FORMULA, "metricQueries": [{"id": "e", "expression": "m1", "metric": METRIC}]},
            "No metric_query may have both",
        ),
        ({**FORMULA, "metricQueries": [{"id": "m", "metric": {**METRIC, "period": 7}}]}, "or a multiple of 60"),
    ],
)
def test_fails_when_an_alarm_is_not_allowed(provider: Driver, given: dict[str, Any], says: str) -> None:
    with pytest.raises(InputsRefusedError, match=says):
        provider.check(ALARM, "a", given)


@pytest.mark.parametrize(
    "more",
    [
        {"period": 10},
        {"period": 120},
        {"datapointsToAlarm": 1},
        {"okActions": [f"{TOPIC}{n}" for n in range(5)]},
        {"alarmActions": [f"arn:aws:automate:{REGION}:ec2:stop"]},
        {"alarmDescription": "d" * 1024},
    ],
)
def test_the_last_allowed_value_is_allowed(provider: Driver, more: dict[str, Any]) -> None:
    assert provider.check(ALARM, "a", {**CLASSIC, **more})


@pytest.mark.parametrize("seconds", [1, 5, 10, 20, 30, 60, 3600])
def test_a_query_may_be_shorter_than_an_alarm(seconds: int) -> None:
    assert queries.QUERY.fields["period"].checks[0](seconds) is None


def test_a_name_replaces_and_the_order_of_queries_does_not_count(provider: Driver) -> None:
    two = {**FORMULA, "metricQueries": [*FORMULA["metricQueries"], {"id": "m2", "metric": METRIC}]}
    inputs = provider.check(ALARM, "a", two)
    made = Resource(ALARM, "a", "a", inputs, inputs)
    assert provider.diff(made, {**two, "name": "b"}).replaces == ["name"]
    assert provider.diff(made, {**two, "metricQueries": two["metricQueries"][::-1]}).diffs == []


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (CLASSIC, {"MetricName": "m", "Statistic": "Sum", "Threshold": 0}),
        ({**CLASSIC, "threshold": 1.5}, {"MetricName": "m", "Statistic": "Sum", "Threshold": 1.5}),
        (
            {**CLASSIC, "thresholdMetricId": "e"},
            {"MetricName": "m", "Statistic": "Sum", "ThresholdMetricId": "e"},
        ),
        (
            {**CLASSIC, "actionsEnabled": False, "dimensions": {"d": "1"}, "okActions": []},
            {
                "MetricName": "m",
                "Statistic": "Sum",
                "Threshold": 0,
                "ActionsEnabled": False,
                "Dimensions": [{"Name": "d", "Value": "1"}],
            },
        ),
    ],
)
def test_the_threshold_is_sent_unless_a_metric_gives_it(given: dict[str, Any], sent: dict[str, Any]) -> None:
    world = World()
    asked = {"AlarmName": "a", "ComparisonOperator": OPERATOR, "EvaluationPeriods": 1, **sent}
    tags = [{"Key": "k", "Value": "v"}]
    world.expect("cloudwatch", "put_metric_alarm", {**asked, "Tags": tags}, {})
    assert alarm.create(world.context(), {**given, "tagsAll": {"k": "v"}}) == "a"
    world.expect("cloudwatch", "put_metric_alarm", asked, {})
    new = {**given, "tagsAll": {"k": "v"}}
    alarm.update(world.context(), Update(id="a", old={}, new=new, changed=frozenset()))
    world.done()


def test_an_alarm_on_a_query_has_no_threshold() -> None:
    world = World()
    sent = {"AlarmName": "a", "EvaluationCriteria": {"PromQLCriteria": {"Query": "up"}}}
    world.expect("cloudwatch", "put_metric_alarm", sent, {})
    alarm.create(world.context(), {**QUERY, "tagsAll": {}})
    world.done()


def test_a_query_goes_and_comes_back() -> None:
    given = {
        "id": "m",
        "accountId": "222222222222",
        "label": "l",
        "period": 60,
        "returnData": True,
        "metric": {**METRIC, "dimensions": {"d": "1"}, "unit": "Count"},
    }
    asked = queries.asked(given)
    assert asked["MetricStat"]["Metric"]["Dimensions"] == [{"Name": "d", "Value": "1"}]
    assert queries.told(asked) == given
    assert queries.asked({"id": "e", "expression": "m"}) == {"Id": "e", "Expression": "m", "ReturnData": False}


@pytest.mark.parametrize(("module", "kind"), [(alarm, "MetricAlarm"), (composite, "CompositeAlarm")])
def test_an_alarm_of_the_other_kind_is_gone(module: Any, kind: str) -> None:
    world = World()
    answer: dict[str, Any] = {"MetricAlarms": [], "CompositeAlarms": []}
    world.expect("cloudwatch", "describe_alarms", {"AlarmNames": ["a"], "AlarmTypes": [kind]}, answer)
    with pytest.raises(GoneError):
        module.read(world.context(), "a", {})


def test_tags_are_taken_away_before_they_are_put() -> None:
    world = World()
    world.expect("cloudwatch", "untag_resource", {"ResourceARN": ARN, "TagKeys": ["a"]}, {})
    world.expect("cloudwatch", "tag_resource", {"ResourceARN": ARN, "Tags": [{"Key": "b", "Value": "1"}]}, {})
    change = TagChange(id="a", state={"arn": ARN}, put={"b": "1"}, remove=["a"])
    cloudwatch_alarms.tag(world.context(), change)
    world.done()


def test_muting_a_composite_alarm_replaces_it_and_the_old_one_is_deleted_last(provider: Driver) -> None:
    inputs = provider.check(COMPOSITE, "a", ANY_OF)
    made = Resource(COMPOSITE, "a", "a", inputs, inputs)
    muted = provider.diff(made, {**ANY_OF, "actionsEnabled": False})
    assert muted.replaces == ["actionsEnabled"]
    assert not muted.delete_before_replace
    assert provider.diff(made, {**ANY_OF, "alarmName": "b"}).replaces == ["alarmName"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"alarmRule": "r" * 10241}, "expected length"),
        ({"alarmActions": [f"{TOPIC}{n}" for n in range(6)]}, "at most 5 actions"),
        ({"actionsSuppressor": {"alarm": "s"}}, "Missing required argument"),
        ({"name": "a"}, "unknown property 'name'"),
    ],
)
def test_fails_when_a_composite_alarm_is_not_allowed(provider: Driver, more: dict[str, Any], says: str) -> None:
    with pytest.raises(InputsRefusedError, match=says):
        provider.check(COMPOSITE, "a", {**ANY_OF, **more})


def test_a_composite_alarm_is_not_named_by_the_provider(provider: Driver) -> None:
    with pytest.raises(InputsRefusedError, match="alarmName"):
        provider.check(COMPOSITE, "a", {"alarmRule": "ALARM(b)"})
