import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import make_key
from tests.rehearsal.emulator.services.signals import DAY, HOUR, MINUTE, advance, now, queue, subscribed, topic

pytestmark = pytest.mark.emulator

CLOUDWATCH: Final = "cloudwatch.amazonaws.com"
ALARM_ARN: Final = f"arn:aws:cloudwatch:{REGION}:{PROD}:alarm:watched"
ON_ONE_METRIC: Final[dict[str, Any]] = {
    "AlarmName": "watched",
    "Namespace": "shop",
    "MetricName": "failures",
    "Dimensions": [{"Name": "vault", "Value": "central"}],
    "Statistic": "Sum",
    "Period": 300,
    "EvaluationPeriods": 1,
    "Threshold": 0,
    "ComparisonOperator": "GreaterThanThreshold",
}
ABSENCE: Final[dict[str, Any]] = {
    "AlarmName": "watched",
    "EvaluationPeriods": 2,
    "Threshold": 1,
    "ComparisonOperator": "LessThanThreshold",
    "TreatMissingData": "breaching",
    "Metrics": [
        {
            "Id": "jobs",
            "MetricStat": {"Metric": {"Namespace": "shop", "MetricName": "done"}, "Period": DAY, "Stat": "Sum"},
            "ReturnData": False,
        },
        {"Id": "filled", "Expression": "FILL(jobs, 0)", "ReturnData": True},
    ],
}


@pytest.fixture
def cloudwatch(emulator: Emulator) -> Any:
    """CloudWatch of prod."""
    return emulator.client("cloudwatch")


@pytest.fixture
def put(cloudwatch: Any) -> Callable[..., None]:
    """Puts a value into a metric of the shop."""

    def put(name: str, value: float, vault: str | None = None, **more: object) -> None:
        dimensions = [{"Name": "vault", "Value": vault}] if vault else []
        datum = {"MetricName": name, "Value": value, "Dimensions": dimensions, **more}
        cloudwatch.put_metric_data(Namespace="shop", MetricData=[datum])

    return put


def alarm(cloudwatch: Any, kind: str = "MetricAlarms") -> dict[str, Any]:
    """Return the alarm."""
    return cloudwatch.describe_alarms(AlarmNames=["watched"], AlarmTypes=[kind.removesuffix("s")])[kind][0]


def state(cloudwatch: Any) -> str:
    """Return the state of the alarm."""
    return alarm(cloudwatch)["StateValue"]


def test_an_alarm_follows_its_metric_on_the_clock(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="notBreaching")
    assert state(cloudwatch) == "INSUFFICIENT_DATA"
    advance(emulator, MINUTE)
    assert state(cloudwatch) == "OK"
    put("failures", 1, "central")
    assert state(cloudwatch) == "OK"
    advance(emulator, MINUTE)
    assert state(cloudwatch) == "ALARM"
    # The window looks two periods further back while there is no newer data.
    advance(emulator, 14 * MINUTE)
    assert state(cloudwatch) == "ALARM"
    advance(emulator, 2 * MINUTE)
    assert state(cloudwatch) == "OK"


def test_an_alarm_does_not_hear_of_other_dimensions(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC)
    put("failures", 1, "local")
    put("failures", 1)
    advance(emulator, 10 * MINUTE)
    assert state(cloudwatch) == "INSUFFICIENT_DATA"


@pytest.mark.parametrize(
    ("missing", "expected"), [("missing", "INSUFFICIENT_DATA"), ("ignore", "INSUFFICIENT_DATA"),
                              ("breaching", "ALARM"), ("notBreaching", "OK")],
)  # fmt: skip
def test_missing_data_is_treated_as_the_alarm_says(
    emulator: Emulator, cloudwatch: Any, missing: str, expected: str
) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData=missing)
    advance(emulator, MINUTE)
    assert state(cloudwatch) == expected


def test_an_alarm_of_two_out_of_three(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    cloudwatch.put_metric_alarm(
        **{**ON_ONE_METRIC, "EvaluationPeriods": 3, "DatapointsToAlarm": 2}, TreatMissingData="notBreaching"
    )
    put("failures", 1, "central")
    advance(emulator, MINUTE)
    assert state(cloudwatch) == "OK"
    advance(emulator, 5 * MINUTE)
    put("failures", 1, "central")
    advance(emulator, MINUTE)
    assert state(cloudwatch) == "ALARM"


def test_an_alarm_on_days_is_evaluated_at_the_full_hour(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    cloudwatch.put_metric_alarm(**ABSENCE)
    advance(emulator, HOUR)
    assert state(cloudwatch) == "ALARM"
    assert alarm(cloudwatch)["StateUpdatedTimestamp"].minute == 0
    for _ in range(2):
        put("done", 1)
        advance(emulator, DAY)
    assert state(cloudwatch) == "OK"
    assert alarm(cloudwatch)["StateUpdatedTimestamp"].minute == 0


def test_a_job_that_drifts_over_the_edge_of_a_day_is_not_missed(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    for pause in (DAY, DAY + 2 * HOUR, DAY - 2 * HOUR, DAY + 3 * HOUR):
        put("done", 1)
        advance(emulator, pause)
    cloudwatch.put_metric_alarm(**ABSENCE)
    advance(emulator, HOUR)
    assert state(cloudwatch) == "OK"


def test_two_days_without_a_job_are_an_alarm(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    for _ in range(4):
        put("done", 1)
        advance(emulator, DAY)
    cloudwatch.put_metric_alarm(**ABSENCE)
    advance(emulator, HOUR)
    assert state(cloudwatch) == "OK"
    advance(emulator, DAY - 2 * HOUR)
    assert state(cloudwatch) == "OK"
    advance(emulator, 2 * HOUR)
    assert state(cloudwatch) == "ALARM"


def test_a_window_on_the_wall_clock_looks_at_whole_days_only(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    whole = {**ON_ONE_METRIC, "Period": DAY, "EvaluationWindow": {"WallClockWindow": {"Timezone": "UTC"}}}
    cloudwatch.put_metric_alarm(**whole, TreatMissingData="notBreaching")
    midnight = (now(emulator) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    advance(emulator, (midnight - now(emulator)).total_seconds() + HOUR)
    put("failures", 1, "central")
    advance(emulator, 22 * HOUR)
    assert state(cloudwatch) == "OK"
    advance(emulator, 2 * HOUR)
    assert state(cloudwatch) == "ALARM"
    advance(emulator, DAY)
    assert state(cloudwatch) == "OK"


def test_a_topic_hears_of_each_change_of_state(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    arn = topic(emulator, "alarms", CLOUDWATCH, condition={"ArnEquals": {"aws:SourceArn": ALARM_ARN}})
    heard = subscribed(emulator, arn)
    actions = {"AlarmActions": [arn], "OKActions": [arn]}
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, **actions, TreatMissingData="notBreaching")
    put("failures", 2, "central")
    advance(emulator, HOUR)
    said = [(one["OldStateValue"], one["NewStateValue"], one["Trigger"]["MetricName"]) for one in heard.notifications()]
    assert said == [("INSUFFICIENT_DATA", "ALARM", "failures"), ("ALARM", "OK", "failures")]


def test_no_topic_hears_of_an_alarm_whose_actions_are_switched_off(emulator: Emulator, cloudwatch: Any) -> None:
    arn = topic(emulator, "alarms", CLOUDWATCH)
    heard = subscribed(emulator, arn)
    quiet = {**ON_ONE_METRIC, "ActionsEnabled": False, "AlarmActions": [arn], "TreatMissingData": "breaching"}
    cloudwatch.put_metric_alarm(**quiet)
    advance(emulator, MINUTE)
    assert (state(cloudwatch), heard.bodies()) == ("ALARM", [])


@pytest.mark.parametrize(
    "policy", [("events.amazonaws.com", None), (CLOUDWATCH, {"StringEquals": {"aws:SourceAccount": "222222222222"}})]
)
def test_an_alarm_is_lost_when_the_topic_s_policy_does_not_let_cloudwatch(
    emulator: Emulator, cloudwatch: Any, policy: tuple[str, dict[str, object] | None]
) -> None:
    arn = topic(emulator, "alarms", policy[0], condition=policy[1])
    heard = subscribed(emulator, arn)
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, AlarmActions=[arn], TreatMissingData="breaching")
    advance(emulator, MINUTE)
    assert (state(cloudwatch), heard.bodies()) == ("ALARM", [])


@pytest.mark.parametrize("is_let", [True, False])
def test_an_encrypted_topic_hears_when_its_key_lets_cloudwatch(
    emulator: Emulator, cloudwatch: Any, is_let: bool
) -> None:
    arn = topic(emulator, "alarms", CLOUDWATCH)
    heard, key = subscribed(emulator, arn), make_key(emulator)
    own = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{PROD}:root"}, "Action": "kms:*", "Resource": "*"}
    lets: dict[str, object] = {"Effect": "Allow", "Principal": {"Service": CLOUDWATCH}, "Resource": "*"}
    lets["Action"] = ["kms:GenerateDataKey*", "kms:Decrypt"] if is_let else ["kms:DescribeKey"]
    document = json.dumps({"Version": "2012-10-17", "Statement": [own, lets]})
    emulator.client("kms").put_key_policy(KeyId=key, Policy=document)
    emulator.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="KmsMasterKeyId", AttributeValue=key)
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, AlarmActions=[arn], TreatMissingData="breaching")
    advance(emulator, MINUTE)
    assert len(heard.bodies()) == int(is_let)


def test_a_rule_hears_of_a_change_of_state(emulator: Emulator, cloudwatch: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    events = emulator.client("events")
    pattern = {"source": ["aws.cloudwatch"], "detail": {"state": {"value": ["ALARM"]}}}
    events.put_rule(Name="alarms", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="alarms", Targets=[{"Id": "queue", "Arn": heard.arn}])
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="breaching")
    advance(emulator, MINUTE)
    [event] = heard.bodies()
    assert event["resources"] == [ALARM_ARN]
    assert event["detail"]["previousState"]["value"] == "INSUFFICIENT_DATA"


def test_a_composite_alarm_follows_its_alarms(emulator: Emulator, cloudwatch: Any) -> None:
    arn = topic(emulator, "alarms", CLOUDWATCH)
    heard = subscribed(emulator, arn)
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="breaching")
    cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule="ALARM(watched)", AlarmActions=[arn])
    advance(emulator, MINUTE)
    [said] = heard.notifications()
    assert (said["AlarmName"], said["NewStateValue"]) == ("both", "ALARM")


def test_an_alarm_that_was_set_goes_back_when_it_is_evaluated_next(emulator: Emulator, cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="notBreaching")
    advance(emulator, MINUTE)
    cloudwatch.set_alarm_state(AlarmName="watched", StateValue="ALARM", StateReason="a test")
    assert (state(cloudwatch), alarm(cloudwatch)["StateReason"]) == ("ALARM", "a test")
    advance(emulator, MINUTE)
    assert state(cloudwatch) == "OK"


def test_the_history_of_an_alarm_is_in_the_emulator_s_time(emulator: Emulator, cloudwatch: Any) -> None:
    advance(emulator, 400 * DAY)
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="breaching")
    advance(emulator, MINUTE)
    answer = cloudwatch.describe_alarm_history(AlarmName="watched", HistoryItemType="StateUpdate")
    newest = max(item["Timestamp"] for item in answer["AlarmHistoryItems"])
    assert abs(newest - now(emulator)) < timedelta(minutes=2)
    assert abs(alarm(cloudwatch)["StateTransitionedTimestamp"] - now(emulator)) < timedelta(minutes=2)


def test_ten_years_without_data_take_no_time(emulator: Emulator, cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="breaching")
    cloudwatch.put_metric_alarm(**{**ABSENCE, "AlarmName": "absent"})
    begun = now(emulator)
    advance(emulator, 3_650 * DAY)
    assert state(cloudwatch) == "ALARM"
    assert alarm(cloudwatch)["StateUpdatedTimestamp"] - begun < timedelta(minutes=2)
