"""CloudWatch: evaluates alarms on the emulator's clock, and only when an evaluation can come out differently."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.services.cloudwatch.alarm_states import transition
from rehearsal.emulator.services.cloudwatch.evaluation import COMPARISONS, Verdict, evaluate
from rehearsal.emulator.services.cloudwatch.math_functions import MathError
from rehearsal.emulator.services.cloudwatch.metrics import METRICS, Metric, Place
from rehearsal.emulator.services.cloudwatch.series import Point
from rehearsal.emulator.services.cloudwatch.watched import (
    MetricKey,
    judgement_of,
    queries_of_alarm,
    watched_values,
    window_of,
)
from rehearsal.emulator.services.cloudwatch.windows import Window
from rehearsal.emulator.timeline import AGENDAS, Appointments

_CLOUDWATCH: Final[Any] = door.module("services.cloudwatch")
_AHEAD: Final = 7_200
"""Seconds that a point may be ahead of the clock."""
Key = tuple[str, str, str]
"""Account, region and name of an alarm."""


class Watch:
    """When each alarm is evaluated next, and which alarms a metric concerns."""

    def __init__(self) -> None:
        self._appointments: Appointments[Key] = Appointments()
        self._due: dict[Key, datetime] = {}
        self._concerned: dict[tuple[Place, MetricKey], set[Key]] = {}
        self._windows: dict[Key, Window] = {}

    def next_due(self) -> datetime | None:
        """Return when the first alarm is evaluated."""
        return self._appointments.next()

    def run_due(self, now: datetime) -> None:
        """Evaluate every alarm that is due."""
        for key in self._appointments.take(now):
            self._due.pop(key, None)
            with door.request_scope(key[0], key[1]):
                alarm: door.Record | None = _CLOUDWATCH._alarms.get(key[2])  # noqa: SLF001 - a table
                if alarm:
                    self._evaluate(key, alarm, now.timestamp())

    def renew(self) -> None:
        """Begin again from the records; each alarm is evaluated once."""
        self._appointments.clear()
        self._due.clear()
        self._concerned.clear()
        self._windows.clear()
        for key, alarm in _CLOUDWATCH._alarms.to_dict().items():  # noqa: SLF001 - a table
            self._watch(key, alarm)

    def changed(self, name: str) -> None:
        """Take note of an alarm that was made, changed or set to a state; it is evaluated next time."""
        alarm: door.Record | None = _CLOUDWATCH._alarms.get(name)  # noqa: SLF001 - a table
        if alarm:
            self._watch((door.account(), door.region(), name), alarm)

    def noticed(self, place: Place, metric: Metric, at: float) -> None:
        """Take note of a new point: the alarms that it concerns are evaluated once it counts."""
        for key in self._concerned.get((place, (metric.namespace, metric.name, metric.dimensions)), ()):
            self._appoint(key, self._windows[key].first_after(max(at, clock.now().timestamp())))

    def _watch(self, key: Key, alarm: door.Record) -> None:
        window = _window(alarm)
        if window is None:
            return
        self._windows[key] = window
        for wanted in queries_of_alarm(alarm).statistics.values():
            self._concerned.setdefault((key[:2], wanted.metric), set()).add(key)
        self._appoint(key, window.first_after(clock.now().timestamp()))

    def _appoint(self, key: Key, at: float) -> None:
        due = datetime.fromtimestamp(at, UTC)
        if key not in self._due or due < self._due[key]:
            self._due[key] = due
            self._appointments.set(key, due)

    def _evaluate(self, key: Key, alarm: door.Record, now: float) -> None:
        window = _window(alarm)
        if window is None:
            return
        queries, periods = queries_of_alarm(alarm), window.looked_at(now)
        points = _points(key[:2], alarm, periods[0].start, now + _AHEAD)
        moments = [point.at for those in points.values() for point in those]
        upcoming = window.next_change(now, moments)
        if upcoming is not None:
            self._appoint(key, upcoming)
        try:
            verdict = evaluate(judgement_of(alarm), watched_values(queries, points, periods))
        except MathError as error:
            verdict = Verdict("INSUFFICIENT_DATA", f"The expression could not be evaluated: {error}", ())
        if verdict.state and verdict.state != alarm["StateValue"]:
            transition(alarm, verdict.state, verdict.reason, _data(alarm, verdict, periods[0].start))
            _CLOUDWATCH._evaluate_parent_alarms(alarm)  # noqa: SLF001 - MiniStack's composite alarms


WATCH: Final = Watch()
AGENDAS["alarms"] = WATCH
METRICS.listeners.append(WATCH.noticed)


def _window(alarm: Mapping[str, Any]) -> Window | None:
    """Return the window of an alarm that can be evaluated; of queries and anomaly bands it cannot."""
    if alarm.get("ComparisonOperator") not in COMPARISONS or alarm.get("Threshold") is None:
        return None
    queries = queries_of_alarm(alarm)
    return window_of(alarm, queries) if queries.returned else None


def _points(place: Place, alarm: door.Record, start: float, end: float) -> dict[MetricKey, list[Point]]:
    metrics = {wanted.metric for wanted in queries_of_alarm(alarm).statistics.values()}
    return {metric: METRICS.between(place, Metric(*metric), start, end) for metric in metrics}


def _data(alarm: door.Record, verdict: Verdict, start: float) -> str:
    queries = queries_of_alarm(alarm)
    statistic = next((wanted.statistic for wanted in queries.statistics.values()), None)
    content = {
        "version": "1.0",
        "queryDate": clock.now().strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
        "startDate": datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
        "statistic": statistic,
        "period": queries.period,
        "recentDatapoints": list(reversed(verdict.recent)),
        "threshold": float(alarm["Threshold"]),
    }
    return json.dumps({name: value for name, value in content.items() if value is not None})
