"""What an alarm watches, read from its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from rehearsal.emulator.members import listed, part
from rehearsal.emulator.services.cloudwatch.evaluation import Judgement
from rehearsal.emulator.services.cloudwatch.expressions import Names, evaluate, references
from rehearsal.emulator.services.cloudwatch.math_functions import MathError, Series, Value
from rehearsal.emulator.services.cloudwatch.series import Period, Point, series
from rehearsal.emulator.services.cloudwatch.windows import Window

_TABLES: Final = "AWS/DynamoDB"
Record = Mapping[str, Any]
MetricKey = tuple[str, str, tuple[tuple[str, str], ...]]
"""Namespace, name and sorted dimensions."""


@dataclass(frozen=True)
class Statistic:
    """A statistic of a metric, over periods."""

    metric: MetricKey
    statistic: str
    period: int
    """Seconds."""
    unit: str | None = None
    """Only points of this unit count. None: of any."""


@dataclass(frozen=True)
class Queries:
    """The metrics and expressions of a request, or of an alarm."""

    statistics: Mapping[str, Statistic] = field(default_factory=dict[str, Statistic])
    expressions: Mapping[str, str] = field(default_factory=dict[str, str])
    returned: tuple[str, ...] = ()
    """Ids of what is handed back."""

    @property
    def period(self) -> int:
        """The period of the first metric, in seconds; of an expression without one, a minute."""
        return next((found.period for found in self.statistics.values()), 60)


def queries_of(metrics: Sequence[Record]) -> Queries:
    """Read MetricDataQueries."""
    statistics = {query["Id"]: _statistic(query["MetricStat"]) for query in metrics if query.get("MetricStat")}
    expressions = {query["Id"]: str(query["Expression"]) for query in metrics if query.get("Expression")}
    returned = tuple(query["Id"] for query in metrics if query.get("ReturnData", True))
    return Queries(statistics, expressions, returned)


def queries_of_alarm(alarm: Record) -> Queries:
    """Return what an alarm on one metric, or on several, evaluates."""
    if alarm.get("Metrics"):
        return queries_of(alarm["Metrics"])
    if not alarm.get("MetricName"):
        return Queries()
    statistic = alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average"
    metric = metric_key(alarm)
    return Queries({"m": Statistic(metric, statistic, int(alarm["Period"]), alarm.get("Unit"))}, {}, ("m",))


def window_of(alarm: Record, queries: Queries) -> Window:
    """Return the time that an alarm looks at."""
    clock: Record | None = part(alarm, "EvaluationWindow").get("WallClockWindow")
    zone = None if clock is None else clock.get("Timezone") or "UTC"
    return Window(queries.period, int(alarm["EvaluationPeriods"]), zone)


def judgement_of(alarm: Record) -> Judgement:
    """Return what an alarm judges by."""
    periods = int(alarm["EvaluationPeriods"])
    default = "ignore" if alarm.get("Namespace") == _TABLES else "missing"
    return Judgement(
        alarm["ComparisonOperator"],
        float(alarm["Threshold"]),
        periods,
        int(alarm.get("DatapointsToAlarm") or periods),
        alarm.get("TreatMissingData") or default,
    )


def values_of(
    queries: Queries, points: Mapping[MetricKey, Sequence[Point]], periods: Sequence[Period]
) -> Mapping[str, Value]:
    """Return each metric's and expression's values in some periods, by id; an expression may use others.

    Raises:
        MathError: An expression is none, or expressions use each other in a circle.
    """
    found: dict[str, Value] = {
        id_: series(_of_unit(points.get(wanted.metric, ()), wanted.unit), periods, wanted.statistic)
        for id_, wanted in queries.statistics.items()
    }
    left = dict(queries.expressions)
    while left:
        ready = [id_ for id_, text in left.items() if not references(text) & left.keys()]
        if not ready:
            raise MathError(f"the expressions {sorted(left)} use each other")
        for id_ in ready:
            names = Names(found, list(queries.statistics), range(len(periods)), queries.period)
            found[id_] = evaluate(left.pop(id_), names)
    return found


def watched_values(
    queries: Queries, points: Mapping[MetricKey, Sequence[Point]], periods: Sequence[Period]
) -> list[float | None]:
    """Return the values that an alarm judges, the oldest first; None where there is none.

    Raises:
        MathError: The alarm's expression does not come to one time series.
    """
    found = values_of(queries, points, periods)[queries.returned[0]]
    if isinstance(found, list):
        if len(found) != 1:
            raise MathError("an alarm watches one time series")
        found = found[0]
    if not isinstance(found, dict):
        raise MathError("an alarm watches a time series, not a number")
    one: Series = found
    return [one.get(place) for place in range(len(periods))]


def metric_key(named: Record) -> MetricKey:
    """Return the metric that a record names by Namespace, MetricName and Dimensions."""
    dimensions = tuple(sorted((str(one["Name"]), str(one["Value"])) for one in listed(named, "Dimensions")))
    return str(named["Namespace"]), str(named["MetricName"]), dimensions


def _statistic(asked: Record) -> Statistic:
    return Statistic(metric_key(asked["Metric"]), str(asked["Stat"]), int(asked["Period"]), asked.get("Unit"))


def _of_unit(points: Sequence[Point], unit: str | None) -> Sequence[Point]:
    return points if unit is None else [point for point in points if point.unit == unit]
