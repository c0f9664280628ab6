"""Permissions on alarms, event rules and the topic that they send to.

IAM cannot bind a call on a subscription, nor a list of alarms, to a name.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html, read 2026-11-22.
"""

from typing import Final

from strongroom.documents.permissions.scope import Scope
from strongroom.documents.policy import Statement, allow
from strongroom.facts import names

_READ_TOPIC: Final = ("sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource")
_READ_SUBSCRIPTION: Final = "sns:GetSubscriptionAttributes"
_WRITE_TOPIC: Final = (
    "sns:CreateTopic",
    "sns:DeleteTopic",
    "sns:SetTopicAttributes",
    "sns:Subscribe",
    "sns:TagResource",
    "sns:UntagResource",
)
_WRITE_SUBSCRIPTION: Final = ("sns:SetSubscriptionAttributes", "sns:Unsubscribe")
_READ_RULE: Final = ("events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule")
_WRITE_RULE: Final = (
    "events:DeleteRule",
    "events:PutRule",
    "events:PutTargets",
    "events:RemoveTargets",
    "events:TagResource",
    "events:UntagResource",
)
_WRITE_ALARM: Final = (
    "cloudwatch:DeleteAlarms",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:TagResource",
    "cloudwatch:UntagResource",
)


def read(scope: Scope) -> list[Statement]:
    """See alarms, rules, the topic and its subscriptions."""
    return [
        allow("ReadTopic", _READ_TOPIC, scope.topic),
        allow("ReadSubscriptions", [_READ_SUBSCRIPTION], "*"),
        allow("ReadRules", _READ_RULE, scope.rules),
        allow("ReadAlarms", ["cloudwatch:DescribeAlarms"], "*"),
        allow("ReadTagsOfAlarms", ["cloudwatch:ListTagsForResource"], scope.alarms),
    ]


def write(scope: Scope) -> list[Statement]:
    """Make, change and take away alarms, rules, the topic and its subscriptions."""
    return [
        allow("WriteTopic", _WRITE_TOPIC, scope.topic),
        allow("WriteSubscriptions", _WRITE_SUBSCRIPTION, "*"),
        allow("WriteRules", _WRITE_RULE, scope.rules),
        allow("WriteAlarms", _WRITE_ALARM, scope.alarms),
    ]


def report(scope: Scope) -> list[Statement]:
    """Report measurements of our own, and send a test alarm."""
    return [
        allow(
            "ReportMeasurements",
            ["cloudwatch:PutMetricData"],
            "*",
            {"StringEquals": {"cloudwatch:namespace": names.METRICS_NAMESPACE}},
        ),
        allow("SendTestAlarm", ["sns:Publish"], scope.topic),
    ]
