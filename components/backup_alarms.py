"""Tells somebody when a backup, a copy or a restore did not end well, when none is young, or when a guard changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from components.checks import OwnedSite, checked
from components.exports_end import RULE
from components.keys import KeyPlan, key
from components.options import Options
from components.watched_events import EVENTS
from components.watched_metrics import (
    DESTINATION,
    FAILED_COPIES,
    FAILURES,
    MISSING_BACKUPS,
    NAMESPACE,
    REPLICATION,
    REPLICATION_NAMESPACE,
    REPLICATION_RULE,
    SOURCE,
    VAULT,
    Absence,
    Failures,
)
from components.watched_verify import HEARTBEAT, Above, limits
from strongroom.config import measures
from strongroom.config.settings import Alarms
from strongroom.documents import keys, topics
from strongroom.documents.events import Pattern
from strongroom.documents.principals import Caretakers
from strongroom.facts import arns, names


class BackupAlarmsArgs(TypedDict):
    """What a caller decides about alarms."""

    environment: str
    """Environment that is watched."""
    region: str
    """Region that is watched."""
    account_id: str
    """Account that is watched, twelve digits."""
    emails: Sequence[str]
    """Addresses that alarms are sent to, at least one; each has to confirm its subscription once."""
    vault_name: NotRequired[str]
    """Vault that backups of this account land in. Absent: none do, so nobody waits for one."""
    copy_vault_names: NotRequired[Mapping[str, str]]
    """Vaults that copies land in, by a short label that becomes part of a resource's name. Absent: none."""
    exports_bucket: NotRequired[str]
    """Bucket of this account that is replicated into `archive_bucket`. Absent: nobody waits for replicas."""
    archive_bucket: NotRequired[str]
    """Bucket that replicas go to; needed with `exports_bucket`."""
    max_age_hours: NotRequired[Mapping[str, float]]
    """How old the newest recovery point may be, by place as `strongroom verify --publish` names it. Absent: nobody
    verifies, and nobody waits for its heartbeat."""
    max_pitr_lag_minutes: NotRequired[float]
    """How far the head of point-in-time recovery may lie behind. Absent: not watched."""
    disposable: NotRequired[bool]
    """Whether destroying the stack destroys the topic's key. Default: no."""


class BackupAlarms(pulumi.ComponentResource):
    """A topic under its own key with its subscribers, and the event rules and metric alarms that send to it."""

    topic_arn: pulumi.Output[str]
    """ARN of the topic, once it lets its senders in."""

    def __init__(self, name: str, args: BackupAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        site = checked(OwnedSite, {part: args[part] for part in ("environment", "region", "account_id")})
        emails = checked(Alarms, {"emails": args["emails"]}).emails
        vault = args.get("vault_name")
        options = Options(self, args.get("disposable") or False)
        super().__init__("strongroom:index:BackupAlarms", name, {}, opts)

        policy = keys.alarms(keys.Place(site.region, Caretakers(site.account_id)))
        alias = names.key_alias(site.environment, "alarms")
        sealing = key(name, KeyPlan(alias, f"Alarms of {site.environment}", policy, site.region), options)
        topic = aws.sns.Topic(
            f"{name}-topic",
            region=site.region,
            name=names.alarm_topic(site.environment),
            kms_master_key_id=sealing.arn,
            opts=options.plain(),
        )
        arn = arns.topic(site.region, site.account_id, names.alarm_topic(site.environment))
        open_topic = aws.sns.TopicPolicy(
            f"{name}-topic-policy",
            region=site.region,
            arn=topic.arn,
            policy=json.dumps(topics.alarms(arn, site.account_id)),
            opts=options.plain(),
        )
        watch = _Watch(name, site, open_topic.arn, options)
        for email in emails:
            watch.subscribe(email)
        for suffix, pattern in EVENTS.items():
            watch.events(suffix, pattern)
        if vault is not None:
            for suffix, failures in FAILURES.items():
                watch.failures(suffix, failures, _Metrics(NAMESPACE, {VAULT: vault}))
            watch.absence("missing-backups", MISSING_BACKUPS, _Metrics(NAMESPACE, {VAULT: vault}))
        for label, copy_vault in (args.get("copy_vault_names") or {}).items():
            watch.failures(f"failed-copies-{label}", FAILED_COPIES, _Metrics(NAMESPACE, {VAULT: copy_vault}))
        if (replicated := _replicated(args)) is not None:
            for suffix, failures in REPLICATION.items():
                watch.failures(suffix, failures, replicated)
        ages = args.get("max_age_hours")
        if ages is not None:
            verified = _Metrics(names.METRICS_NAMESPACE, {measures.ENVIRONMENT: site.environment})
            watch.absence("missing-verify", HEARTBEAT, verified)
            for suffix, limit in limits(site.environment, ages, args.get("max_pitr_lag_minutes")):
                watch.above(suffix, limit)

        self.topic_arn = open_topic.arn
        self.register_outputs({"topic_arn": self.topic_arn})


@dataclass(frozen=True)
class _Metrics:
    """Where a metric is found."""

    namespace: str
    dimensions: Mapping[str, str]

    def __str__(self) -> str:
        return ", ".join(self.dimensions.values())


def _replicated(args: BackupAlarmsArgs) -> _Metrics | None:
    """Where the metrics of the replication are found, if there is one."""
    exports, archive = args.get("exports_bucket"), args.get("archive_bucket")
    if exports is None or archive is None:
        return None
    return _Metrics(REPLICATION_NAMESPACE, {SOURCE: exports, DESTINATION: archive, REPLICATION_RULE: RULE})


@dataclass(frozen=True)
class _Watch:
    """Everything that sends to one topic."""

    name: str
    site: OwnedSite
    topic_arn: pulumi.Output[str]
    options: Options

    def subscribe(self, email: str) -> None:
        aws.sns.TopicSubscription(
            f"{self.name}-{email}",
            region=self.site.region,
            topic=self.topic_arn,
            protocol="email",
            endpoint=email,
            opts=self.options.plain(),
        )

    def events(self, suffix: str, pattern: Pattern) -> None:
        rule = aws.cloudwatch.EventRule(
            f"{self.name}-{suffix}",
            region=self.site.region,
            name=names.watch(self.site.environment, suffix),
            event_pattern=json.dumps(pattern),
            opts=self.options.plain(),
        )
        aws.cloudwatch.EventTarget(
            f"{self.name}-{suffix}-target",
            region=self.site.region,
            rule=rule.name,
            arn=self.topic_arn,
            opts=self.options.plain(),
        )

    def failures(self, suffix: str, watched: Failures, where: _Metrics) -> None:
        aws.cloudwatch.MetricAlarm(
            f"{self.name}-{suffix}",
            region=self.site.region,
            name=names.watch(self.site.environment, suffix),
            alarm_description=f"{watched.says} ({where}).",
            namespace=where.namespace,
            metric_name=watched.metric,
            dimensions=where.dimensions,
            statistic=watched.statistic,
            period=watched.period_seconds,
            evaluation_periods=1,
            comparison_operator="GreaterThanThreshold",
            threshold=watched.threshold,
            treat_missing_data="notBreaching",
            alarm_actions=[self.topic_arn],
            ok_actions=[self.topic_arn],
            opts=self.options.plain(),
        )

    def above(self, suffix: str, watched: Above) -> None:
        aws.cloudwatch.MetricAlarm(
            f"{self.name}-{suffix}",
            region=self.site.region,
            name=names.watch(self.site.environment, suffix),
            alarm_description=f"{watched.says}.",
            namespace=names.METRICS_NAMESPACE,
            metric_name=watched.metric,
            dimensions=watched.dimensions,
            statistic="Maximum",
            period=watched.period_seconds,
            evaluation_periods=1,
            comparison_operator="GreaterThanThreshold",
            threshold=watched.threshold,
            treat_missing_data="breaching",
            alarm_actions=[self.topic_arn],
            ok_actions=[self.topic_arn],
            opts=self.options.plain(),
        )

    def absence(self, suffix: str, watched: Absence, where: _Metrics) -> None:
        metric: aws.cloudwatch.MetricAlarmMetricQueryMetricArgsDict = {
            "namespace": where.namespace,
            "metric_name": watched.metric,
            "dimensions": where.dimensions,
            "stat": "Sum",
            "period": watched.period_seconds,
        }
        aws.cloudwatch.MetricAlarm(
            f"{self.name}-{suffix}",
            region=self.site.region,
            name=names.watch(self.site.environment, suffix),
            alarm_description=f"{watched.says} ({where}).",
            # Without zeros in the gaps CloudWatch looks further back for a point, and finds yesterday's.
            metric_queries=[
                {"id": "jobs", "metric": metric, "return_data": False},
                {"id": "filled", "expression": "FILL(jobs, 0)", "label": watched.metric, "return_data": True},
            ],
            evaluation_periods=watched.periods,
            comparison_operator="LessThanThreshold",
            threshold=1,
            treat_missing_data="breaching",
            alarm_actions=[self.topic_arn],
            ok_actions=[self.topic_arn],
            opts=self.options.plain(),
        )
