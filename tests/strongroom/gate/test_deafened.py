"""What makes an alarm deaf, or items vanish by a clock: whatever the direction, a change of it is for people."""

from typing import Final

import pytest

from tests.strongroom.gate.previews import SECRET, TABLE, UNKNOWN, Inputs, changed, found, weakened

ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE: Final = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
RULE: Final = "aws:cloudwatch/eventRule:EventRule"

CHANGES: Final[list[tuple[str, str, object, object]]] = [
    (ALARM, "comparisonOperator", "GreaterThanThreshold", "LessThanThreshold"),
    (ALARM, "datapointsToAlarm", 1, 2),
    (ALARM, "datapointsToAlarm", None, 2),
    (ALARM, "dimensions", {"BackupVaultName": "a"}, {"BackupVaultName": "b"}),
    (ALARM, "dimensions", None, {"BackupVaultName": "b"}),
    (ALARM, "evaluateLowSampleCountPercentiles", "evaluate", "ignore"),
    (ALARM, "evaluationPeriods", 1, 2),
    (ALARM, "extendedStatistic", None, "p50"),
    (ALARM, "metricName", "NumberOfBackupJobsFailed", "NumberOfBackupJobsCreated"),
    (ALARM, "metricQueries", [{"id": "jobs", "returnData": True}], [{"id": "jobs", "returnData": False}]),
    (ALARM, "metricQueries", None, [{"id": "none", "expression": "0"}]),
    (ALARM, "namespace", "AWS/Backup", "AWS/backup"),
    (ALARM, "period", 3600, 60),
    (ALARM, "statistic", "Sum", "Average"),
    (ALARM, "threshold", 0, 1000000),
    (ALARM, "threshold", 0, 0.5),
    (ALARM, "thresholdMetricId", None, "band"),
    (ALARM, "treatMissingData", "breaching", "notBreaching"),
    (ALARM, "treatMissingData", None, "notBreaching"),
    (ALARM, "unit", None, "Bits"),
    (COMPOSITE, "actionsSuppressor", None, {"alarm": "always"}),
    (COMPOSITE, "alarmRule", 'ALARM("a") OR ALARM("b")', 'ALARM("a")'),
    (RULE, "eventPattern", '{"source": ["aws.backup"]}', '{"source": ["aws.backup"], "account": ["000000000000"]}'),
    (RULE, "eventPattern", '{"source": ["aws.backup"]}', None),
    (RULE, "eventPattern", "{}", "{"),
    (RULE, "scheduleExpression", "rate(1 hour)", "rate(365 days)"),
]


def inputs(name: str, value: object) -> Inputs:
    return {} if value is None else {name: value}


@pytest.mark.parametrize(("token", "name", "old", "new"), CHANGES)
def test_what_an_alarm_listens_to_is_not_changed_by_the_way(token: str, name: str, old: object, new: object) -> None:
    for before, after in ((old, new), (new, old)):
        assert weakened(token, inputs(name, before), inputs(name, after)) == [f"{name} would be changed"]
        assert weakened(token, inputs(name, after), inputs(name, after)) == []


@pytest.mark.parametrize(("token", "name"), [(ALARM, "metricQueries"), (RULE, "eventPattern")])
@pytest.mark.parametrize("before", [None, "{}"])
def test_what_is_listened_to_and_known_too_late_is_refused(token: str, name: str, before: object) -> None:
    said = f"{name} would become what is known only during `pulumi up`"
    assert weakened(token, inputs(name, before), {name: UNKNOWN}) == [said]


def test_a_secret_within_what_is_listened_to_cannot_be_judged_once_it_changes() -> None:
    old: Inputs = {"dimensions": {"BackupVaultName": SECRET}}
    says = ["dimensions is secret, so that nobody can tell whether it would become worse"]
    assert weakened(ALARM, old, old) == []
    assert weakened(ALARM, old, old, diffReasons=["dimensions"]) == says
    assert weakened(ALARM, {"metricQueries": [old]}, {"metricQueries": [old]}, diffReasons=["threshold"]) == []
    open_one: Inputs = {"dimensions": {"BackupVaultName": "a"}}
    assert weakened(ALARM, open_one, open_one, diffReasons=["dimensions"]) == []


def test_a_pattern_written_in_another_way_is_the_same_pattern() -> None:
    one = '{"source": ["aws.backup"], "detail-type": ["Backup Job State Change"]}'
    other = '{"detail-type":["Backup Job State Change"],"source":["aws.backup"]}'
    assert weakened(RULE, {"eventPattern": one}, {"eventPattern": other}) == []
    twice = '{"source": ["none"], ' + one[1:]
    assert weakened(RULE, {"eventPattern": twice}, {"eventPattern": one}) == ["eventPattern would be changed"]


def test_what_says_nothing_of_missing_data_says_what_cloudwatch_takes_then() -> None:
    assert weakened(ALARM, {}, {"treatMissingData": "missing"}) == []
    assert weakened(ALARM, {}, {"evaluateLowSampleCountPercentiles": "evaluate"}) == []


def test_an_alarm_that_is_made_is_nobodys_loss() -> None:
    step = changed(ALARM, {}, {"threshold": 1000000})
    step["op"] = "create"
    del step["oldState"]
    assert found(step) == []


def test_items_vanish_by_no_other_attribute_than_before() -> None:
    def expiring(attribute: str) -> Inputs:
        return {"ttl": {"enabled": True, "attributeName": attribute}}

    assert weakened(TABLE, expiring("ttl"), expiring("madeAt")) == ["ttl.attributeName would become another one"]
    assert weakened(TABLE, expiring("ttl"), {}) == []
    assert weakened(TABLE, expiring("ttl"), {"ttl": {"enabled": False}}) == []
    said = "would become what is known only during `pulumi up`"
    assert weakened(TABLE, {}, {"ttl": UNKNOWN}) == [f"ttl {said}"]
    assert weakened(TABLE, expiring("ttl"), expiring(UNKNOWN)) == [f"ttl.attributeName {said}"]
