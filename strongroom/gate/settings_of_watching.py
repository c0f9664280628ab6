"""Settings of alarms, events, topics, schedules and trails: what begins a backup, and who hears of it."""

from typing import Final

from strongroom.gate.setting import ByType, Setting, Settings, Way, each, policy

_ALARM: Final[Settings] = (
    Setting("actionsEnabled", Way.OFF, absent=True),
    *each(Way.FEWER, "alarmActions", "insufficientDataActions"),
)
# Defaults of treatMissingData and evaluateLowSampleCountPercentiles, read 2026-11-23:
# https://boto3.amazonaws.com/v1/documentation/api/1.26.95/reference/services/cloudwatch/alarm/treat_missing_data.html
# and .../1.26.93/reference/services/cloudwatch/alarm/evaluate_low_sample_count_percentile.html.
_METRIC_ALARM: Final[Settings] = (
    *_ALARM,
    Setting("treatMissingData", Way.CHANGED, absent="missing"),
    Setting("evaluateLowSampleCountPercentiles", Way.CHANGED, absent="evaluate"),
    *each(Way.CHANGED, "metricName", "namespace", "dimensions", "unit", "metricQueries"),
    *each(Way.CHANGED, "statistic", "extendedStatistic", "period", "evaluationPeriods", "datapointsToAlarm"),
    *each(Way.CHANGED, "comparisonOperator", "threshold", "thresholdMetricId"),
)
_COMPOSITE: Final[Settings] = (*_ALARM, *each(Way.CHANGED, "alarmRule", "actionsSuppressor"))
_EVENTS: Final[Settings] = (
    Setting("state", Way.OTHER, absent="ENABLED", good="ENABLED"),
    Setting("isEnabled", Way.OFF, absent=True),
    *each(Way.CHANGED, "eventPattern", "scheduleExpression"),
)
_EVENT_TARGET: Final[Settings] = (
    *each(Way.OTHER, "arn", "roleArn", "deadLetterConfig.arn"),
    # What is started is told by these what to do.
    *each(Way.CHANGED, "input", "inputPath", "inputTransformer"),
)
_SCHEDULE: Final[Settings] = (
    Setting("state", Way.OTHER, absent="ENABLED", good="ENABLED"),
    *each(Way.CHANGED, "scheduleExpression", "startDate", "endDate", "target.input"),
    Setting("scheduleExpressionTimezone", Way.CHANGED, absent="UTC"),
    *each(Way.OTHER, "target.arn", "target.roleArn", "target.deadLetterConfig.arn"),
)
_TRAIL: Final[Settings] = (
    Setting("enableLogging", Way.OFF, absent=True),
    *(
        Setting(name, Way.OFF, absent=False)
        for name in ("enableLogFileValidation", "isMultiRegionTrail", "isOrganizationTrail")
    ),
    *each(Way.CHANGED, "eventSelectors", "advancedEventSelectors"),
    *each(Way.OTHER, "s3BucketName", "kmsKeyId"),
)
_EVENT_STORE: Final[Settings] = (
    *each(Way.LESS, "retentionPeriod"),
    Setting("terminationProtectionEnabled", Way.OFF, absent=True),
    Setting("multiRegionEnabled", Way.OFF, absent=True),
    Setting("organizationEnabled", Way.OFF, absent=False),
    Setting("suspend", Way.ON, absent=False),
    Setting("advancedEventSelectors", Way.CHANGED),
)

SETTINGS: Final[ByType] = {
    ("cloudtrail", "EventDataStore"): _EVENT_STORE,
    ("cloudtrail", "Trail"): _TRAIL,
    ("cloudwatch", "CompositeAlarm"): _COMPOSITE,
    ("cloudwatch", "EventBusPolicy"): policy(),
    ("cloudwatch", "EventRule"): _EVENTS,
    ("cloudwatch", "EventTarget"): _EVENT_TARGET,
    ("cloudwatch", "MetricAlarm"): _METRIC_ALARM,
    ("scheduler", "Schedule"): _SCHEDULE,
    ("sns", "Topic"): (*policy(), Setting("kmsMasterKeyId", Way.CHANGED)),
    ("sns", "TopicPolicy"): policy(),
    # A filter lets through what it names, and nothing else.
    ("sns", "TopicSubscription"): (
        Setting("filterPolicy", Way.CHANGED),
        Setting("filterPolicyScope", Way.CHANGED, absent="MessageAttributes"),
        Setting("redrivePolicy", Way.OTHER),
    ),
}
