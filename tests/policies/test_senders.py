"""What a topic is sent to by is told by dependencies where its ARN is not known yet."""

from dataclasses import replace

import pulumi_aws as aws
import pytest
from strongroom_policies import senders

from tests.policies.examples.keys import document
from tests.policies.examples.stack_senders import (
    ALARM,
    BOUND,
    KEY,
    POLICY,
    TARGET,
    TOPIC,
    TOPIC_POLICY,
    allowed,
    let_in,
)
from tests.policies.judging import UNKNOWN, Made, judged_together, unchecked

RULE = senders.SENDERS
SHUT = TOPIC_POLICY.but(POLICY, let_in("sns:Publish", BOUND[1]))
ANOTHER = Made(aws.sns.Topic, {"arn": "arn:aws:sns:eu-west-2:111111111111:other"}, "another")


def told(by: Made, *stack: Made) -> list[tuple[str, str]]:
    return judged_together(RULE, [TOPIC, *stack, by])


def sending_to(topic: Made) -> Made:
    return replace(ALARM.but("alarmActions", UNKNOWN), waits_for={"alarmActions": topic.name})


def test_an_alarm_whose_actions_are_computed_from_the_topic_sends_to_it() -> None:
    ((about, said),) = told(sending_to(TOPIC), SHUT)
    assert about == "topic"
    assert said.startswith("sns.Topic 'topic' is sent to by cloudwatch.MetricAlarm 'alarm', and its policy lets")


def test_an_alarm_whose_actions_are_computed_from_the_topics_policy_sends_to_the_topic() -> None:
    policy = replace(SHUT.but("arn", UNKNOWN), waits_for={"arn": TOPIC.name})
    assert [about for about, _ in told(sending_to(SHUT), policy)] == ["topic"]
    assert told(sending_to(SHUT), policy.but(POLICY, let_in("sns:Publish"))) == []


def test_an_alarm_whose_actions_are_computed_from_another_topic_does_not() -> None:
    assert told(sending_to(ANOTHER), SHUT, ANOTHER) == []


def test_fails_when_nothing_tells_where_an_alarm_sends() -> None:
    silent = ALARM.but("alarmActions", UNKNOWN)
    assert told(silent, SHUT) == [("topic", unchecked(RULE, "cloudwatch.MetricAlarm 'alarm'", "alarmActions"))]


def test_an_alarm_that_cannot_be_told_does_not_hide_one_that_can() -> None:
    silent = replace(ALARM.but("alarmActions", UNKNOWN), name="silent")
    assert [said for _, said in told(silent, SHUT, ALARM)] == [said for _, said in told(ALARM, SHUT)]


@pytest.mark.parametrize("waits_for", ["key", "key-policy"])
def test_a_key_that_is_not_known_yet_is_told_by_the_dependency(waits_for: str) -> None:
    policy = Made(aws.kms.KeyPolicy, {"keyId": "key", POLICY: let_in("kms:Decrypt")}, "key-policy")
    topic = replace(TOPIC.but("kmsMasterKeyId", UNKNOWN), waits_for={"kmsMasterKeyId": waits_for})
    policy = replace(policy.but("keyId", UNKNOWN), waits_for={"keyId": "key"})
    key = KEY.but("arn", UNKNOWN)
    ((about, said),) = judged_together(RULE, [topic, TOPIC_POLICY, key, policy, ALARM])
    assert about == "topic"
    assert "the policy of kms.Key 'key' does not let cloudwatch.amazonaws.com encrypt messages" in said


@pytest.mark.parametrize("by", ["name", "arn", "dependency"])
def test_a_key_is_told_by_its_alias(by: str) -> None:
    alias = Made(aws.kms.Alias, {"name": "alias/alarms", "arn": "alias-arn", "targetKeyId": "key"}, "alias")
    named = {"name": "alias/alarms", "arn": "alias-arn", "dependency": UNKNOWN}[by]
    topic = TOPIC.but("kmsMasterKeyId", named)
    if by == "dependency":
        topic = replace(topic, waits_for={"kmsMasterKeyId": "alias"})
        alias = replace(alias.but("targetKeyId", UNKNOWN), waits_for={"targetKeyId": "key"})
    shut = KEY.but(POLICY, let_in("kms:Decrypt"))
    assert [about for about, _ in judged_together(RULE, [topic, TOPIC_POLICY, alias, shut, ALARM])] == ["topic"]
    assert judged_together(RULE, [topic, TOPIC_POLICY, alias, KEY, ALARM]) == []


def test_a_key_that_somebody_wrote_down_is_none_that_is_not_made_yet() -> None:
    key = KEY.but("arn", UNKNOWN).but(POLICY, let_in("kms:Decrypt"))
    assert judged_together(RULE, [TOPIC, TOPIC_POLICY, key, ALARM]) == []


def test_a_topic_that_nothing_sends_to_needs_nobody_let_in() -> None:
    assert judged_together(RULE, [TOPIC, SHUT, KEY]) == []


def test_a_service_that_sends_elsewhere_needs_not_be_let_in() -> None:
    elsewhere = TARGET.but("arn", "arn:aws:lambda:eu-west-2:111111111111:function:hears")
    for_services_only = TOPIC_POLICY.but(POLICY, document(allowed(BOUND, "sns:Publish")))
    assert judged_together(RULE, [TOPIC, for_services_only, KEY, elsewhere]) == []
