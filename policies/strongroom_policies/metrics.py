"""The metrics that an alarm looks at, however it names them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from strongroom_policies.properties import NotKnownError, Properties
from strongroom_policies.resource import Resource

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html, read
# 2026-11-23.
_QUERY: Final = re.compile(
    r'\s*SELECT\s+\w+\s*\(\s*"?([^"\s()]+)"?\s*\)\s+FROM\s+(?:SCHEMA\s*\(\s*)?"?([^"\s,()]+)"?', re.IGNORECASE
)
_CONDITION: Final = re.compile(r"""\b"?(\w+)"?\s*=\s*'([^']*)'""")

Place = Mapping[str, Callable[[], str]]
"""Values of dimensions, each asked for where an alarm is narrowed by it; an empty one is like any."""


@dataclass(frozen=True)
class Metric:
    """One metric of an alarm."""

    namespace: str
    name: str
    period: int
    """Seconds."""
    dimensions: Callable[[], Mapping[str, str]]

    def is_of(self, place: Place) -> bool:
        """Whether it counts what happens in a place, and nothing narrower."""
        narrowed = self.dimensions()
        return all(name in place and place[name]() in ("", value) for name, value in narrowed.items())


def metrics(alarm: Resource) -> Iterator[Metric]:
    """Every metric that an alarm looks at: its own, those of its expressions, and those of its queries."""
    if own := _metric(alarm.properties):
        yield own
    for query in alarm.properties.parts("metricQueries"):
        if found := _metric(query.part("metric")) or _asked(query):
            yield found


def watched(alarms: list[Resource], namespace: str, name: str, place: Place) -> bool:
    """Whether an alarm looks at a metric of a place.

    Raises:
        NotKnownError: only one that cannot be told could.
    """
    unknown: NotKnownError | None = None
    for alarm in alarms:
        try:
            if any((one.namespace, one.name) == (namespace, name) and one.is_of(place) for one in metrics(alarm)):
                return True
        except NotKnownError as error:
            unknown = error
    if unknown:
        raise unknown
    return False


def _metric(said: Properties) -> Metric | None:
    name = said.text("metricName")
    if not name:
        return None

    def dimensions() -> Mapping[str, str]:
        narrowed = said.part("dimensions")
        return {one: narrowed.text(one) or "" for one in narrowed}

    return Metric(said.text("namespace") or "", name, said.number("period") or 0, dimensions)


def _asked(query: Properties) -> Metric | None:
    """The metric of a query in SQL; what its conditions ask for narrows it as dimensions do."""
    expression = query.text("expression") or ""
    if not (found := _QUERY.match(expression)):
        return None
    narrowed = dict(_CONDITION.findall(expression))
    return Metric(found[2], found[1], query.number("period") or 0, lambda: narrowed)
