"""Who hears of an alarm's changes, by whose leave."""

import json
from typing import Any, Final

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.cloudwatch.watching import ON_ONE_METRIC, state
from tests.rehearsal.emulator.services.signals import HOUR, MINUTE, encrypt, queue, subscribed, topic

pytestmark = pytest.mark.emulator

CLOUDWATCH: Final = "cloudwatch.amazonaws.com"
ALARM_ARN: Final = f"arn:aws:cloudwatch:{REGION}:{PROD}:alarm:watched"


def test_a_topic_hears_of_each_change_of_state(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    arn = topic(emulator, "alarms", CLOUDWATCH, condition={"ArnEquals": {"aws:SourceArn": ALARM_ARN}})
    heard = subscribed(emulator, arn)
    actions = {"AlarmActions": [arn], "OKActions": [arn]}
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, **actions, TreatMissingData="notBreaching")
    put("failures", 2, "central")
    emulator.advance(HOUR)
    said = [(one["OldStateValue"], one["NewStateValue"], one["Trigger"]["MetricName"]) for one in heard.notifications()]
    assert said == [("INSUFFICIENT_DATA", "ALARM", "failures"), ("ALARM", "OK", "failures")]


def test_no_topic_hears_of_an_alarm_whose_actions_are_switched_off(emulator: Emulator, cloudwatch: Any) -> None:
    arn = topic(emulator, "alarms", CLOUDWATCH)
    heard = subscribed(emulator, arn)
    quiet = {**ON_ONE_METRIC, "ActionsEnabled": False, "AlarmActions": [arn], "TreatMissingData": "breaching"}
    cloudwatch.put_metric_alarm(**quiet)
    emulator.advance(MINUTE)
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
    emulator.advance(MINUTE)
    assert (state(cloudwatch), heard.bodies()) == ("ALARM", [])


@pytest.mark.parametrize(
    ("actions", "messages"), [(["kms:GenerateDataKey*", "kms:Decrypt"], 1), (["kms:DescribeKey"], 0)]
)
def test_an_encrypted_topic_hears_when_its_key_lets_cloudwatch(
    emulator: Emulator, cloudwatch: Any, actions: list[str], messages: int
) -> None:
    arn = topic(emulator, "alarms", CLOUDWATCH)
    heard = subscribed(emulator, arn)
    encrypt(
        emulator, arn, {"Effect": "Allow", "Principal": {"Service": CLOUDWATCH}, "Action": actions, "Resource": "*"}
    )
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, AlarmActions=[arn], TreatMissingData="breaching")
    emulator.advance(MINUTE)
    assert len(heard.bodies()) == messages


def test_a_rule_hears_of_a_change_of_state(emulator: Emulator, cloudwatch: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    events = emulator.client("events")
    pattern = {"source": ["aws.cloudwatch"], "detail": {"state": {"value": ["ALARM"]}}}
    events.put_rule(Name="alarms", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="alarms", Targets=[{"Id": "queue", "Arn": heard.arn}])
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="breaching")
    emulator.advance(MINUTE)
    [event] = heard.bodies()
    assert event["resources"] == [ALARM_ARN]
    assert event["detail"]["previousState"]["value"] == "INSUFFICIENT_DATA"


def test_a_composite_alarm_follows_its_alarms(emulator: Emulator, cloudwatch: Any) -> None:
    arn = topic(emulator, "alarms", CLOUDWATCH)
    heard = subscribed(emulator, arn)
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="breaching")
    cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule="ALARM(watched)", AlarmActions=[arn])
    emulator.advance(MINUTE)
    [said] = heard.notifications()
    assert (said["AlarmName"], said["NewStateValue"]) == ("both", "ALARM")
