"""What state an alarm is in, given the values of the periods that it looks at."""

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read 2026-11-22)

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

OK: Final = "OK"
ALARM: Final = "ALARM"
INSUFFICIENT: Final = "INSUFFICIENT_DATA"

COMPARISONS: Final[Mapping[str, tuple[Callable[[float, float], bool], str]]] = {
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "LessThanThreshold": (operator.lt, "less than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
}
"""By ComparisonOperator: what breaches the threshold, and its words in a reason."""


@dataclass(frozen=True)
class Judgement:
    """What an alarm judges by."""

    comparison: str
    threshold: float
    periods: int
    """Evaluation periods, N."""
    datapoints: int
    """Datapoints to alarm, M."""
    missing: str = "missing"
    """How missing data is treated: missing, ignore, breaching or notBreaching."""


@dataclass(frozen=True)
class Verdict:
    """What an evaluation comes to."""

    state: str | None
    """None: the alarm keeps the state that it has."""
    reason: str
    recent: tuple[float, ...]
    """The values that were judged, the newest first."""


def evaluate(judgement: Judgement, values: Sequence[float | None]) -> Verdict:
    """Return the state of an alarm.

    Args:
        judgement: What it judges by.
        values: Of every period that it looks at, the oldest first; None where there is no data.
    """
    real = [value for value in values if value is not None]
    if len(real) >= judgement.periods:
        # The newest real ones decide, from as far back as was looked; missing data does not matter.
        recent = real[-judgement.periods :]
        return _decided(judgement, recent, filled=0)
    if not real:
        return _without_data(judgement)
    return _with_gaps(judgement, values, real)


def _without_data(judgement: Judgement) -> Verdict:
    count = judgement.periods
    if judgement.missing == "missing":
        return Verdict(INSUFFICIENT, f"Insufficient Data: {_counted(count, 'datapoint')} {_were(count)} unknown.", ())
    if judgement.missing == "ignore":
        return Verdict(None, "", ())
    state, word = (ALARM, "Breaching") if judgement.missing == "breaching" else (OK, "NonBreaching")
    periods, missing = _counted(count, "period"), _counted(count, "missing datapoint")
    reason = f"no datapoints were received for {periods} and {missing} {_were(count)} treated as [{word}]."
    return Verdict(state, f"Threshold Crossed: {reason}", ())


def _with_gaps(judgement: Judgement, values: Sequence[float | None], real: Sequence[float]) -> Verdict:
    """Judge fewer real values than periods: as few missing ones as possible are filled in."""
    filled = judgement.periods - len(real)
    breaching = sum(_breaches(judgement, value) for value in real)
    if judgement.missing in ("breaching", "notBreaching") or breaching >= judgement.datapoints:
        return _decided(judgement, real, filled=filled)
    if _has_waited_enough(judgement, values):
        return _premature(judgement, real)
    if judgement.missing == "ignore" and breaching == len(real):
        return Verdict(None, "", ())
    return _decided(judgement, real, filled=0)


def _has_waited_enough(judgement: Judgement, values: Sequence[float | None]) -> bool:
    """Whether the oldest breaching value is as old as the datapoints to alarm, and nothing good came after it."""
    ages = [len(values) - place for place, value in enumerate(values) if value is not None]
    oldest = values[len(values) - ages[0]]
    all_bad = all(value is None or _breaches(judgement, value) for value in values)
    return oldest is not None and all_bad and judgement.datapoints <= ages[0]


def _premature(judgement: Judgement, real: Sequence[float]) -> Verdict:
    if judgement.missing == "ignore":
        return Verdict(None, "", ())
    return Verdict(ALARM, _reason(judgement, real, ALARM), tuple(reversed(real)))


def _decided(judgement: Judgement, real: Sequence[float], *, filled: int) -> Verdict:
    breaching = sum(_breaches(judgement, value) for value in real)
    if judgement.missing == "breaching":
        breaching += filled
    state = ALARM if breaching >= judgement.datapoints else OK
    return Verdict(state, _reason(judgement, real, state), tuple(reversed(real)))


def _breaches(judgement: Judgement, value: float) -> bool:
    return COMPARISONS[judgement.comparison][0](value, judgement.threshold)


def _reason(judgement: Judgement, real: Sequence[float], state: str) -> str:
    said = [value for value in reversed(real) if _breaches(judgement, value) == (state == ALARM)]
    change = "OK -> ALARM" if state == ALARM else "ALARM -> OK"
    needed = judgement.datapoints if state == ALARM else judgement.periods - judgement.datapoints + 1
    verb = f"{'was' if len(said) == 1 else 'were'}{'' if state == ALARM else ' not'}"
    words = f"{COMPARISONS[judgement.comparison][1]} the threshold ({judgement.threshold})"
    listed = ", ".join(str(value) for value in said)
    minimum = f"(minimum {_counted(needed, 'datapoint')} for {change} transition)"
    return (
        f"Threshold Crossed: {len(said)} out of the last {_counted(len(real), 'datapoint')} [{listed}] "
        f"{verb} {words} {minimum}."
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
