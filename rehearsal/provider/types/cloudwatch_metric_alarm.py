"""aws.cloudwatch.MetricAlarm: an alarm on one metric, on a formula, or on a query; one of that name is overwritten."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
    Update,
)
from rehearsal.provider.types import cloudwatch_alarms as alarms
from rehearsal.provider.types import cloudwatch_metric_queries as queries
from rehearsal.provider.validation import at_least, length, one_of
from rehearsal.provider.values import present, tag_list

_SAME: Final = {
    "actionsEnabled": "ActionsEnabled",
    "alarmActions": "AlarmActions",
    "alarmDescription": "AlarmDescription",
    "comparisonOperator": "ComparisonOperator",
    "datapointsToAlarm": "DatapointsToAlarm",
    "evaluateLowSampleCountPercentiles": "EvaluateLowSampleCountPercentile",
    "evaluationInterval": "EvaluationInterval",
    "evaluationPeriods": "EvaluationPeriods",
    "extendedStatistic": "ExtendedStatistic",
    "insufficientDataActions": "InsufficientDataActions",
    "metricName": "MetricName",
    "name": "AlarmName",
    "namespace": "Namespace",
    "okActions": "OKActions",
    "period": "Period",
    "statistic": "Statistic",
    "threshold": "Threshold",
    "thresholdMetricId": "ThresholdMetricId",
    "treatMissingData": "TreatMissingData",
    "unit": "Unit",
}
"""Properties that the API takes and tells as they are, under another name."""

_KINDS: Final = ("metricName", "metricQueries", "evaluationCriteria")


def create(context: Context, inputs: Properties) -> str:
    """Put the alarm with its tags."""
    _put(context, inputs, **present({"Tags": tag_list(inputs["tagsAll"])}))
    return str(inputs["name"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the alarm and its tags."""
    answer = context.clients.client("cloudwatch", context.region).describe_alarms(
        AlarmNames=[resource_id], AlarmTypes=["MetricAlarm"]
    )
    found: list[Any] = [*answer.get("MetricAlarms", [])]
    if not found:
        raise GoneError
    alarm = found[0]
    return {
        **{name: alarm.get(theirs) for name, theirs in _SAME.items()},
        "dimensions": queries.dimensions_told(alarm.get("Dimensions", [])),
        **present({"metricQueries": [queries.told(one) for one in alarm.get("Metrics", [])]}),
        "evaluationCriteria": _criteria_told(alarm.get("EvaluationCriteria")),
        "arn": alarm["AlarmArn"],
        "tagsAll": alarms.tags_of(context, alarm["AlarmArn"]),
    }


def update(context: Context, update: Update) -> None:
    """Put the whole alarm again; tags have a call of their own."""
    _put(context, update.new)


def check(inputs: Properties) -> list[str]:
    """An alarm watches exactly one thing, and a classic one says how."""
    kinds = [name for name in _KINDS if inputs.get(name)]
    if not kinds:
        return ["one of `evaluation_criteria,metric_name,metric_query` must be specified"]
    if len(kinds) > 1:
        return [f"only one of `evaluation_criteria,metric_name,metric_query` can be specified, but {kinds} were"]
    if kinds == ["evaluationCriteria"]:
        return []
    wrong: list[str] = []
    if inputs.get("comparisonOperator") is None:
        wrong.append("comparison_operator is required for traditional metric alarms")
    if inputs.get("evaluationPeriods") is None:
        wrong.append("evaluation_periods is required for traditional metric alarms")
    if kinds == ["metricName"] and inputs.get("statistic") is None and inputs.get("extendedStatistic") is None:
        wrong.append("One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm")
    return wrong


def _put(context: Context, inputs: Properties, **more: Any) -> None:
    sent: dict[str, Any] = present({theirs: inputs.get(name) for name, theirs in _SAME.items()}) | more
    given: list[Properties] = inputs.get("metricQueries") or []
    sent |= present(
        {
            "Dimensions": queries.dimensions_asked(inputs.get("dimensions")),
            "Metrics": [queries.asked(one) for one in given],
            "EvaluationCriteria": _criteria_asked(inputs.get("evaluationCriteria")),
        }
    )
    if "EvaluationCriteria" not in sent and "ThresholdMetricId" not in sent:
        sent["Threshold"] = inputs.get("threshold", 0)
    context.clients.client("cloudwatch", context.region).put_metric_alarm(**sent)


_CRITERIA: Final = {"query": "Query", "pendingPeriod": "PendingPeriod", "recoveryPeriod": "RecoveryPeriod"}


def _criteria_asked(criteria: Properties | None) -> Any:
    if not criteria:
        return None
    given = criteria["promqlCriteria"]
    return {"PromQLCriteria": present({theirs: given.get(name) for name, theirs in _CRITERIA.items()})}


def _criteria_told(criteria: Any) -> Any:
    if not criteria:
        return None
    found = criteria["PromQLCriteria"]
    return {"promqlCriteria": present({name: found.get(theirs) for name, theirs in _CRITERIA.items()})}


_INTEGER: Final = Property(kind=Kind.INTEGER)
_OPERATORS: Final = one_of(
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
    "LessThanLowerOrGreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "GreaterThanUpperThreshold",
)
_PROMQL: Final = Property(
    kind=Kind.OBJECT,
    required=True,
    fields={"query": Property(required=True), "pendingPeriod": _INTEGER, "recoveryPeriod": _INTEGER},
)

TYPE: Final = ResourceType(
    type="aws:cloudwatch/metricAlarm:MetricAlarm",
    label="CloudWatch Metric Alarm",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/cloudwatch/metric_alarm.go",
    properties={
        "name": Property(optional_computed=True, replaces=True, checks=(length(1, 255),)),
        "actionsEnabled": Property(kind=Kind.BOOLEAN, default=True),
        "alarmActions": alarms.actions(),
        "alarmDescription": Property(checks=(length(0, 1024),)),
        "comparisonOperator": Property(checks=(_OPERATORS,)),
        "datapointsToAlarm": Property(kind=Kind.INTEGER, checks=(at_least(1),)),
        "dimensions": Property(kind=Kind.MAP),
        "evaluateLowSampleCountPercentiles": Property(optional_computed=True, checks=(one_of("evaluate", "ignore"),)),
        "evaluationCriteria": Property(kind=Kind.OBJECT, fields={"promqlCriteria": _PROMQL}),
        "evaluationInterval": _INTEGER,
        "evaluationPeriods": Property(kind=Kind.INTEGER, checks=(at_least(1),)),
        "extendedStatistic": Property(conflicts_with=("statistic", "metricQueries")),
        "insufficientDataActions": alarms.actions(limit=5),
        "metricName": Property(conflicts_with=("metricQueries",), checks=(length(1, 255),)),
        "metricQueries": Property(kind=Kind.SET, item=queries.QUERY),
        "namespace": Property(conflicts_with=("metricQueries",), checks=(length(1, 255),)),
        "okActions": alarms.actions(limit=5),
        "period": Property(kind=Kind.INTEGER, conflicts_with=("metricQueries",), checks=(queries.period(10, 20, 30),)),
        "statistic": Property(
            conflicts_with=("extendedStatistic", "metricQueries"),
            checks=(one_of("SampleCount", "Average", "Sum", "Minimum", "Maximum"),),
        ),
        "threshold": Property(kind=Kind.NUMBER, conflicts_with=("thresholdMetricId",)),
        "thresholdMetricId": Property(conflicts_with=("threshold",), checks=(length(1, 255),)),
        "treatMissingData": Property(
            default="missing", checks=(one_of("breaching", "notBreaching", "ignore", "missing"),)
        ),
        "unit": Property(),
    },
    outputs={"arn": Computed()},
    operations=Operations(create=create, read=read, update=update, tag=alarms.tag, delete=alarms.delete),
    tagged=True,
    autoname=Autoname(),
    check=check,
)
