"""Rules about the alarms that tell when backups fail."""

from collections.abc import Iterator, Mapping
from typing import Final

from strongroom_policies.metrics import Place, metrics, watched
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Rule, Sentence, Severity, StackRule, about, apart, texts
from strongroom_policies.tokens import TypeToken

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, read 2026-11-22.
_MOST_SECONDS: Final = 604_800
_MOST_SECONDS_OF_SHORT_PERIODS: Final = 86_400
_HOUR: Final = 3_600
_BACKUP: Final = "AWS/Backup"
_TABLES: Final = "DynamoDB"
_NOT_REPLICATED: Final = "OperationsFailedReplication"
"""Not there when nothing fails, as those of AWS Backup.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html, read 2026-11-22.
"""
_BELOW: Final = ("LessThanThreshold", "LessThanOrEqualToThreshold")


def _wakes_somebody(alarm: Resource, _: Properties) -> Iterator[Sentence]:
    yield from apart(_acts(alarm), _can_be_evaluated(alarm), _can_be_met(alarm), _reads_silence_right(alarm))


def _acts(alarm: Resource) -> Iterator[Sentence]:
    if not alarm.properties.count("alarmActions"):
        yield f"{alarm} tells nobody; an action is required: set alarm_actions to the ARN of a topic"
    if alarm.properties.said("actionsEnabled") is False:
        yield f"{alarm} is muted; its actions are required: leave actions_enabled out"


def _can_be_evaluated(alarm: Resource) -> Iterator[Sentence]:
    periods = alarm.properties.number("evaluationPeriods") or 1
    longest = max((one.period for one in metrics(alarm)), default=0)
    most = _MOST_SECONDS if longest >= _HOUR else _MOST_SECONDS_OF_SHORT_PERIODS
    if longest * periods > most:
        yield (
            f"{alarm} looks at {periods} periods of {longest} seconds; {most} seconds in all are CloudWatch's limit:"
            " lower period or evaluation_periods"
        )


def _can_be_met(alarm: Resource) -> Iterator[Sentence]:
    periods, needed = alarm.properties.number("evaluationPeriods") or 1, alarm.properties.number("datapointsToAlarm")
    if needed and needed > periods:
        yield (
            f"{alarm} waits for {needed} datapoints of {periods}; {periods} at most are required: lower"
            " datapoints_to_alarm or leave it out"
        )


def _reads_silence_right(alarm: Resource) -> Iterator[Sentence]:
    silent = [one for one in metrics(alarm) if one.namespace == _BACKUP or one.name == _NOT_REPLICATED]
    if not silent:
        return
    publisher = "AWS Backup" if silent[0].namespace == _BACKUP else "S3"
    absence = alarm.properties.text("comparisonOperator") in _BELOW
    required, got = "breaching" if absence else "notBreaching", alarm.properties.text("treatMissingData")
    if got != required:
        yield (
            f"{alarm} treats missing data as {got or 'missing'}; {required} is required, because {publisher} publishes"
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
    alarms = stack.of(TypeToken.CLOUDWATCH_METRIC_ALARM)
    for plan in stack.of(TypeToken.BACKUP_PLAN):
        yield from about(plan, _backups_watched(plan, alarms, wanted))
    for replication in stack.of(TypeToken.S3_BUCKET_REPLICATION_CONFIG):
        yield from about(replication, _replicas_watched(replication, alarms, wanted))


def _backups_watched(plan: Resource, alarms: list[Resource], wanted: Properties) -> Iterator[Sentence]:
    rules = plan.properties.parts("rules")
    landing = [_vault(rule, "targetVaultName") for rule in rules]
    copied = [_vault(copy, "destinationVaultArn") for rule in rules for copy in rule.parts("copyActions")]
    asked = {name: copied if "CopyJobs" in name else landing for name in wanted.texts("metrics")}
    if missing := list(_unseen(_BACKUP, asked, alarms)):
        yield _said(plan, missing)


def _replicas_watched(replication: Resource, alarms: list[Resource], wanted: Properties) -> Iterator[Sentence]:
    routes = [_route(replication, rule) for rule in replication.properties.parts("rules")]
    asked = dict.fromkeys(wanted.texts("replicationMetrics"), routes)
    if missing := list(_unseen("AWS/S3", asked, alarms)):
        yield _said(replication, missing)


def _said(what: Resource, missing: list[str]) -> str:
    return (
        f"{what} can fail unseen: no alarm of this stack looks at {', '.join(missing)}; each is required: add a"
        " cloudwatch.MetricAlarm for it"
    )


def _vault(said: Properties, name: str) -> Place:
    """Where the jobs of a rule, or of a copy, are counted."""
    return {
        "BackupVaultName": lambda: (said.text(name) or "").rsplit(":", 1)[-1],
        "ResourceType": lambda: _TABLES,
    }


def _route(replication: Resource, rule: Properties) -> Place:
    """Where the objects of a rule of a replication are counted."""
    destination = rule.part("destination")
    return {
        "SourceBucket": lambda: replication.properties.text("bucket") or "",
        "DestinationBucket": lambda: (destination.text("bucket") or "").rsplit(":", 1)[-1],
        "RuleId": lambda: rule.text("id") or "",
    }


def _unseen(namespace: str, asked: Mapping[str, list[Place]], alarms: list[Resource]) -> Iterator[str]:
    """Metrics that no alarm looks at, each with the first place where none does, if there is one elsewhere."""
    for metric, places in asked.items():
        unseen = [place for place in places if not watched(alarms, namespace, metric, place)]
        if unseen:
            named = next((of() for of in unseen[0].values()), "")
            elsewhere = any(one.name == metric for alarm in alarms for one in metrics(alarm))
            yield f"{metric} of {named}" if elsewhere and named else metric


WATCHED: Final = StackRule(
    name="backup-alarms-present",
    description=(
        "Checks that a stack watches failed, expired, aborted and missing backups, failed copies, and replicas that"
        " fail or come late."
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
            "Metrics of AWS Backup that must have an alarm, for every vault that a plan uses.",
        ),
        "replicationMetrics": texts(
            (_NOT_REPLICATED, "ReplicationLatency"),
            "Metrics of S3 that must have an alarm, for every rule by which a bucket is replicated.",
        ),
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
