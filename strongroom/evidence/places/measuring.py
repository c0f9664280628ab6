"""What a look at the backups saw, as measurements that alarms wait for."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from strongroom.aws.metrics import Measure
from strongroom.config import measures
from strongroom.evidence.places.sights import Report, Row, What

_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)


def of(report: Report) -> list[Measure]:
    """Ages by table and place and the worst of each place, failures, and a heartbeat if everything could be seen.

    A copy that is not there has no age; it counts as a failure.
    """
    told = {measures.ENVIRONMENT: report.environment}
    failed = len(report.failures) + len(report.seen.blind)
    found = [*_ages(report, told), *_lags(report, told), Measure(measures.FAILURES, failed, "Count", told)]
    if not report.seen.blind:
        found.append(Measure(measures.HEARTBEAT, 1, "Count", told))
    return found


def _ages(report: Report, told: dict[str, str]) -> Iterator[Measure]:
    worst: dict[str, float] = defaultdict(float)
    for row, age in _aged(report, What.POINT):
        hours = age / _HOUR
        worst[row.place] = max(worst[row.place], hours)
        dimensions = {**told, measures.PLACE: row.place, measures.TABLE: row.subject}
        yield Measure(measures.AGE_HOURS, hours, "None", dimensions)
    for place, hours in worst.items():
        yield Measure(measures.AGE_HOURS, hours, "None", {**told, measures.PLACE: place})


def _lags(report: Report, told: dict[str, str]) -> Iterator[Measure]:
    lags = {row.subject: age / _MINUTE for row, age in _aged(report, What.HEAD)}
    for table, minutes in lags.items():
        yield Measure(measures.PITR_LAG_MINUTES, minutes, "None", {**told, measures.TABLE: table})
    if lags:
        yield Measure(measures.PITR_LAG_MINUTES, max(lags.values()), "None", told)


def _aged(report: Report, what: What) -> Iterator[tuple[Row, timedelta]]:
    for row in report.seen.rows:
        if row.what is what and row.newest is not None:
            yield row, report.at - row.newest
