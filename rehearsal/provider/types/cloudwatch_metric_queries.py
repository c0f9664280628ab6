"""The queries of an alarm on a formula: their properties, and their two spellings."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rehearsal.provider.schema import Check, Kind, Properties, Property
from rehearsal.provider.validation import length
from rehearsal.provider.values import present


def asked(query: Properties) -> Any:
    """The query as CloudWatch takes it."""
    metric: Properties = query.get("metric") or {}
    return present(
        {
            "Id": query["id"],
            "AccountId": query.get("accountId"),
            "Expression": query.get("expression"),
            "Label": query.get("label"),
            "Period": query.get("period"),
            "MetricStat": _metric_asked(metric) if metric else None,
        }
    ) | {"ReturnData": bool(query.get("returnData"))}


def told(query: Mapping[str, Any]) -> Properties:
    """The query as properties."""
    stat: Mapping[str, Any] = query.get("MetricStat") or {}
    return present(
        {
            "id": query["Id"],
            "accountId": query.get("AccountId"),
            "expression": query.get("Expression"),
            "label": query.get("Label"),
            "period": query.get("Period"),
            "returnData": query.get("ReturnData", False),
            "metric": _metric_told(stat) if stat else None,
        }
    )


def dimensions_asked(dimensions: Mapping[str, str] | None) -> list[dict[str, str]]:
    """A map of dimensions as CloudWatch takes it."""
    return [{"Name": name, "Value": value} for name, value in (dimensions or {}).items()]


def dimensions_told(dimensions: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """CloudWatch's dimensions as a map."""
    return {one["Name"]: one["Value"] for one in dimensions}


def period(*short: int) -> Check:
    """Accept these seconds and whole minutes."""

    def check(value: Any) -> str | None:
        if value in short or (value > 0 and value % 60 == 0):
            return None
        return f"expected to be one of {list(short)} or a multiple of 60, got {value}"

    return check


def _metric_asked(metric: Properties) -> Any:
    return {
        "Metric": present(
            {
                "MetricName": metric["metricName"],
                "Namespace": metric.get("namespace"),
                "Dimensions": dimensions_asked(metric.get("dimensions")),
            }
        ),
        "Period": metric["period"],
        "Stat": metric["stat"],
        **present({"Unit": metric.get("unit")}),
    }


def _metric_told(stat: Mapping[str, Any]) -> Properties:
    metric = stat["Metric"]
    return present(
        {
            "metricName": metric["MetricName"],
            "namespace": metric.get("Namespace"),
            "dimensions": dimensions_told(metric.get("Dimensions", [])),
            "period": stat["Period"],
            "stat": stat["Stat"],
            "unit": stat.get("Unit"),
        }
    )


def _one_source(value: Any) -> str | None:
    if value.get("expression") and value.get("metric"):
        return "No metric_query may have both `expression` and a `metric` specified"
    return None


_PERIOD: Final = period(1, 5, 10, 20, 30)
_METRIC: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "metricName": Property(required=True, checks=(length(1, 255),)),
        "namespace": Property(checks=(length(1, 255),)),
        "dimensions": Property(kind=Kind.MAP),
        "period": Property(kind=Kind.INTEGER, required=True, checks=(_PERIOD,)),
        "stat": Property(required=True),
        "unit": Property(),
    },
)

QUERY: Final = Property(
    kind=Kind.OBJECT,
    checks=(_one_source,),
    fields={
        "id": Property(required=True, checks=(length(1, 255),)),
        "accountId": Property(),
        "expression": Property(checks=(length(1, 1024),)),
        "label": Property(),
        "metric": _METRIC,
        "period": Property(kind=Kind.INTEGER, checks=(_PERIOD,)),
        "returnData": Property(kind=Kind.BOOLEAN, default=False),
    },
)
"""What a program says of one query."""
