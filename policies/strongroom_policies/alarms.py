"""Rules about the alarms that tell when backups fail."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Rule, Sentence, Severity, StackRule, about, apart, texts
from strongroom_policies.tokens import TypeToken

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, read 2026-11-22.
_MOST_SECONDS: Final = 604_800
_BACKUP: Final = "AWS/Backup"
_BELOW: Final = ("LessThanThreshold", "LessThanOrEqualToThreshold")


def _wakes_somebody(alarm: Resource, _: Properties) -> Iterator[Sentence]:
    yield from apart(_acts(alarm), _can_be_evaluated(alarm), _reads_silence_right(alarm))


def _acts(alarm: Resource) -> Iterator[Sentence]:
    if not alarm.properties.count("alarmActions"):
        yield f"{alarm} tells nobody; an action is required: set alarm_actions to the ARN of a topic"
    if alarm.properties.said("actionsEnabled") is False:
        yield f"{alarm} is muted; its actions are required: leave actions_enabled out"


def _metrics(alarm: Resource) -> list[tuple[str, str, int]]:
    """Namespace, name and period in seconds of every metric that an alarm looks at."""
    direct = alarm.properties
    read = [(direct.text("namespace"), direct.text("metricName"), direct.number("period"))]
    for query in direct.parts("metricQueries"):
        metric = query.part("metric")
        read.append((metric.text("namespace"), metric.text("metricName"), metric.number("period")))
    return [(namespace or "", name, period or 0) for namespace, name, period in read if name]


def _can_be_evaluated(alarm: Resource) -> Iterator[Sentence]:
    periods = alarm.properties.number("evaluationPeriods") or 1
    longest = max((period for _, _, period in _metrics(alarm)), default=0)
    if longest * periods > _MOST_SECONDS:
        yield (
            f"{alarm} looks at {periods} periods of {longest} seconds; {_MOST_SECONDS} seconds in all are CloudWatch's"
            " limit: lower period or evaluation_periods"
        )


def _reads_silence_right(alarm: Resource) -> Iterator[Sentence]:
    if not any(namespace == _BACKUP for namespace, _, _ in _metrics(alarm)):
        return
    absence = alarm.properties.text("comparisonOperator") in _BELOW
    required, got = "breaching" if absence else "notBreaching", alarm.properties.text("treatMissingData")
    if got != required:
        yield (
            f"{alarm} treats missing data as {got or 'missing'}; {required} is required, because AWS Backup publishes"
            f" nothing where it counts nothing: set treat_missing_data to {required}"
        )
    if absence and not _filled(alarm):
        yield (
            f"{alarm} waits for a metric that is never zero, and CloudWatch looks back for an older point; zeros in the"
            " gaps are required: compare FILL(metric, 0) in metric_queries"
        )


def _filled(alarm: Resource) -> bool:
    return any("FILL(" in (query.text("expression") or "") for query in alarm.properties.parts("metricQueries"))


ALARM: Final = Rule(
    name="cloudwatch-alarm-effective",
    description="Checks that an alarm tells somebody, can be evaluated, and takes silence for what it is.",
    why="An alarm on a metric that is only there when something happened stays green when nothing happens any more.",
    controls={"AWS Security Hub": ("CloudWatch.15", "CloudWatch.17"), "NIST 800-53": ("SI-4", "AU-5")},
    severity=Severity.HIGH,
    on=(TypeToken.CLOUDWATCH_METRIC_ALARM,),
    check=_wakes_somebody,
)


def _every_failure_is_watched(stack: Stack, wanted: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for plan in stack.of(TypeToken.BACKUP_PLAN):
        yield from about(plan, _watched(plan, stack, wanted))


def _watched(plan: Resource, stack: Stack, wanted: Properties) -> Iterator[Sentence]:
    seen = {name for alarm in stack.of(TypeToken.CLOUDWATCH_METRIC_ALARM) for _, name, _ in _metrics(alarm)}
    missing = [metric for metric in wanted.texts("metrics") if metric not in seen]
    if missing:
        yield (
            f"{plan} can fail unseen: no alarm of this stack looks at {', '.join(missing)}; each is required: add a"
            " cloudwatch.MetricAlarm for it"
        )


WATCHED: Final = StackRule(
    name="backup-alarms-present",
    description=(
        "Checks that a stack with a backup plan watches failed, expired, aborted and missing backups and copies."
    ),
    why="Expired and aborted jobs are no failed ones, and a job that never started is none of them.",
    controls={"NIST 800-53": ("SI-4", "CP-9"), "ISO 27001:2022": ("A.8.13", "A.8.16")},
    severity=Severity.HIGH,
    check=_every_failure_is_watched,
    options={
        "metrics": texts(
            (
                "NumberOfBackupJobsFailed",
                "NumberOfBackupJobsExpired",
                "NumberOfBackupJobsAborted",
                "NumberOfBackupJobsCompleted",
                "NumberOfCopyJobsFailed",
            ),
            "Metrics that must have an alarm.",
        )
    },
)


def _rule_is_on(rule: Resource, _: Properties) -> Iterator[Sentence]:
    if rule.properties.text("state") == "DISABLED" or rule.properties.said("isEnabled") is False:
        yield f"{rule} is disabled, and tells nobody of what it matches; it must be enabled: leave state out"


EVENT_RULE: Final = Rule(
    name="event-rule-enabled",
    description="Checks that event rules are enabled.",
    why="A rule that was muted for one noisy night hears nothing of the next.",
    controls={"NIST 800-53": ("SI-4",)},
    severity=Severity.MEDIUM,
    on=(TypeToken.CLOUDWATCH_EVENT_RULE,),
    check=_rule_is_on,
)


def _every_event_rule_has_a_target(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for rule in stack.of(TypeToken.CLOUDWATCH_EVENT_RULE):
        yield from about(rule, _has_a_target(rule, stack))


def _has_a_target(rule: Resource, stack: Stack) -> Iterator[Sentence]:
    if not stack.about(rule, TypeToken.CLOUDWATCH_EVENT_TARGET, "rule", "name", "id"):
        yield f"{rule} sends what it matches nowhere; a target is required: add a cloudwatch.EventTarget for it"


EVENT_TARGET: Final = StackRule(
    name="event-rule-target",
    description="Checks that event rules have a target.",
    why="A rule without a target matches every deleted plan and tells nobody.",
    controls={"NIST 800-53": ("SI-4",)},
    severity=Severity.MEDIUM,
    check=_every_event_rule_has_a_target,
)
