import json
from typing import Any

import pytest

from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize("pattern", ["no json", '{"source": "aws.backup"}', '["aws.backup"]'])
def test_fails_when_an_event_pattern_is_none(events: Any, pattern: str) -> None:
    assert refusal(events.put_rule, Name="failures", EventPattern=pattern) == "InvalidEventPatternException"


def test_an_event_pattern_lists_what_each_field_may_be(events: Any) -> None:
    pattern = json.dumps({"source": ["aws.backup"], "detail": {"state": ["FAILED", "EXPIRED"]}})
    assert events.put_rule(Name="failures", EventPattern=pattern)["RuleArn"]


def test_fails_when_a_target_is_put_to_an_absent_rule(events: Any) -> None:
    target = {"Id": "topic", "Arn": "arn:aws:sns:eu-west-2:111111111111:alarms"}
    assert refusal(events.put_targets, Rule="absent", Targets=[target]) == "ResourceNotFoundException"


def test_fails_when_a_rule_with_targets_is_deleted(events: Any) -> None:
    events.put_rule(Name="failures", EventPattern=json.dumps({"source": ["aws.backup"]}))
    events.put_targets(Rule="failures", Targets=[{"Id": "topic", "Arn": "arn:aws:sns:eu-west-2:111111111111:alarms"}])
    assert refusal(events.delete_rule, Name="failures") == "ValidationException"
    events.remove_targets(Rule="failures", Ids=["topic"])
    events.delete_rule(Name="failures")
