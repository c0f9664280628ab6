"""Examples of the rules about alarms."""

import pulumi_aws as aws
from strongroom_policies import alarms

from tests.policies.example import Broken, Example
from tests.policies.judging import GONE, Made

TOPIC = "arn:aws:sns:eu-west-2:111111111111:alarms"

FAILED = Made(
    aws.cloudwatch.MetricAlarm,
    {
        "namespace": "AWS/Backup",
        "metricName": "NumberOfBackupJobsFailed",
        "period": 3600,
        "evaluationPeriods": 1,
        "comparisonOperator": "GreaterThanThreshold",
        "treatMissingData": "notBreaching",
        "alarmActions": [TOPIC],
    },
)

MISSING = Made(
    aws.cloudwatch.MetricAlarm,
    {
        "metricQueries": [
            {
                "id": "jobs",
                "metric": {"namespace": "AWS/Backup", "metricName": "NumberOfBackupJobsCompleted", "period": 86400},
            },
            {"id": "filled", "expression": "FILL(jobs, 0)"},
        ],
        "evaluationPeriods": 7,
        "comparisonOperator": "LessThanThreshold",
        "treatMissingData": "breaching",
        "alarmActions": [TOPIC],
    },
)

ASKED = Made(
    aws.cloudwatch.MetricAlarm,
    {
        "metricQueries": [
            {"id": "q", "expression": 'SELECT SUM(NumberOfBackupJobsFailed) FROM "AWS/Backup"', "period": 300}
        ],
        "evaluationPeriods": 1,
        "comparisonOperator": "GreaterThanThreshold",
        "treatMissingData": "notBreaching",
        "alarmActions": [TOPIC],
    },
)

EXAMPLES = [
    Example(
        alarms.ALARM,
        FAILED,
        [
            Broken(
                "alarmActions",
                GONE,
                (
                    "cloudwatch.MetricAlarm 'it' tells nobody; an action is required: set alarm_actions to the ARN of a"
                    " topic"
                ),
            ),
            Broken(
                "datapointsToAlarm",
                2,
                (
                    "cloudwatch.MetricAlarm 'it' waits for 2 datapoints of 1; 1 at most are required: lower"
                    " datapoints_to_alarm or leave it out"
                ),
            ),
            Broken(
                "actionsEnabled",
                False,
                "cloudwatch.MetricAlarm 'it' is muted; its actions are required: leave actions_enabled out",
            ),
            Broken(
                "evaluationPeriods",
                169,
                (
                    "cloudwatch.MetricAlarm 'it' looks at 169 periods of 3600 seconds; 604800 seconds in all are"
                    " CloudWatch's limit: lower period or evaluation_periods"
                ),
            ),
            Broken(
                "treatMissingData",
                GONE,
                (
                    "cloudwatch.MetricAlarm 'it' treats missing data as missing; notBreaching is required, because AWS"
                    " Backup publishes nothing where it counts nothing: set treat_missing_data to notBreaching"
                ),
            ),
            Broken(
                "treatMissingData",
                "breaching",
                (
                    "cloudwatch.MetricAlarm 'it' treats missing data as breaching; notBreaching is required, because"
                    " AWS Backup publishes nothing where it counts nothing: set treat_missing_data to notBreaching"
                ),
            ),
        ],
        [("evaluationPeriods", 168), ("namespace", "AWS/Lambda"), ("datapointsToAlarm", 1)],
    ),
    Example(
        alarms.ALARM,
        FAILED.but("period", 3599).but("evaluationPeriods", 24),
        [
            Broken(
                "evaluationPeriods",
                25,
                (
                    "cloudwatch.MetricAlarm 'it' looks at 25 periods of 3599 seconds; 86400 seconds in all are"
                    " CloudWatch's limit: lower period or evaluation_periods"
                ),
            )
        ],
    ),
    Example(
        alarms.ALARM,
        ASKED,
        [
            Broken(
                "treatMissingData",
                "missing",
                (
                    "cloudwatch.MetricAlarm 'it' treats missing data as missing; notBreaching is required, because AWS"
                    " Backup publishes nothing where it counts nothing: set treat_missing_data to notBreaching"
                ),
            ),
            Broken(
                "metricQueries.0.period",
                604_801,
                (
                    "cloudwatch.MetricAlarm 'it' looks at 1 periods of 604801 seconds; 604800 seconds in all are"
                    " CloudWatch's limit: lower period or evaluation_periods"
                ),
            ),
        ],
        [("metricQueries.0.expression", 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda")')],
    ),
    Example(
        alarms.ALARM,
        FAILED.but("namespace", "AWS/S3").but("metricName", "OperationsFailedReplication"),
        [
            Broken(
                "treatMissingData",
                GONE,
                (
                    "cloudwatch.MetricAlarm 'it' treats missing data as missing; notBreaching is required, because S3"
                    " publishes nothing where it counts nothing: set treat_missing_data to notBreaching"
                ),
            )
        ],
    ),
    Example(
        alarms.ALARM,
        MISSING,
        [
            Broken(
                "evaluationPeriods",
                8,
                (
                    "cloudwatch.MetricAlarm 'it' looks at 8 periods of 86400 seconds; 604800 seconds in all are"
                    " CloudWatch's limit: lower period or evaluation_periods"
                ),
            ),
            Broken(
                "treatMissingData",
                "notBreaching",
                (
                    "cloudwatch.MetricAlarm 'it' treats missing data as notBreaching; breaching is required, because"
                    " AWS Backup publishes nothing where it counts nothing: set treat_missing_data to breaching"
                ),
            ),
            Broken(
                "metricQueries.1.expression",
                "jobs",
                (
                    "cloudwatch.MetricAlarm 'it' waits for a metric that is never zero, and CloudWatch looks back for"
                    " an older point; zeros in the gaps are required: compare FILL(metric, 0) in metric_queries"
                ),
            ),
        ],
    ),
    Example(
        alarms.EVENT_RULE,
        Made(aws.cloudwatch.EventRule, {"eventPattern": "{}"}),
        [
            Broken(
                "state",
                "DISABLED",
                (
                    "cloudwatch.EventRule 'it' is disabled, and tells nobody of what it matches; it must be enabled:"
                    " leave state out"
                ),
            ),
            Broken(
                "isEnabled",
                False,
                (
                    "cloudwatch.EventRule 'it' is disabled, and tells nobody of what it matches; it must be enabled:"
                    " leave state out"
                ),
            ),
        ],
        [("state", "ENABLED")],
    ),
]
