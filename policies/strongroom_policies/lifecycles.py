"""Rules about the lifecycles of buckets: what ends, what moves to a colder class, and in which order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, number
from strongroom_policies.tokens import TypeToken

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html, read
# 2026-11-22.
_INFREQUENT: Final = ("STANDARD_IA", "ONEZONE_IA")
_INFREQUENT_AFTER_DAYS: Final = 30
_MINIMUM_DAYS: Final = {"STANDARD_IA": 30, "ONEZONE_IA": 30, "GLACIER_IR": 90, "GLACIER": 90, "DEEP_ARCHIVE": 180}
"""Days that an object stays in a class at least, or is paid for."""
_COLDER: Final = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")
"""Classes in the order in which objects may move through them."""


@dataclass(frozen=True)
class Ages:
    """What a lifecycle does to objects by their age, and how its properties are called."""

    moves: str
    """Property with the moves to other classes."""
    end: str
    """Property with the expiration."""
    days: str
    """Property of both that says an age."""
    option: str
    """What a program calls `end`."""


CURRENT: Final = Ages("transitions", "expiration", "days", "expiration")
NONCURRENT: Final = Ages(
    "noncurrentVersionTransitions", "noncurrentVersionExpiration", "noncurrentDays", "noncurrent_version_expiration"
)


@dataclass(frozen=True, order=True)
class _Move:
    """A move to another class, at an age or on a date."""

    at: int
    """Days of age, or the day's number since the beginning of the calendar."""
    storage: str
    dated: bool

    @property
    def shown(self) -> str:
        """When, as sentences say it."""
        return _when(self.at, dated=self.dated)


def _when(at: int, *, dated: bool) -> str:
    return f"on {date.fromordinal(at)}" if dated else f"after {at} days"


def _lifecycle_is_sound(configuration: Resource, wanted: Properties) -> Iterator[Sentence]:
    active = [rule for rule in configuration.properties.parts("rules") if rule.text("status") == "Enabled"]
    yield from apart(
        _uploads_end(configuration, active, wanted),
        _old_versions_end(configuration, active),
        *(_in_order(configuration, rule, ages) for rule in active for ages in (CURRENT, NONCURRENT)),
    )


def _uploads_end(configuration: Resource, active: list[Properties], wanted: Properties) -> Iterator[Sentence]:
    most = wanted.number("abortUploadsDays") or 0
    days = [rule.part("abortIncompleteMultipartUpload").number("daysAfterInitiation") for rule in _of_all(active)]
    if not any(one and one <= most for one in days):
        yield (
            f"{configuration} leaves abandoned uploads for more than {most} days; they must end: add a rule with"
            f" abort_incomplete_multipart_upload and days_after_initiation {most}"
        )


def _old_versions_end(configuration: Resource, active: list[Properties]) -> Iterator[Sentence]:
    if not any(rule.part("noncurrentVersionExpiration").number("noncurrentDays") for rule in _of_all(active)):
        yield (
            f"{configuration} keeps old versions for ever; an end is required: add a rule with"
            " noncurrent_version_expiration"
        )


def _of_all(rules: Iterable[Properties]) -> Iterator[Properties]:
    """Rules that choose no part of a bucket's objects."""
    for rule in rules:
        chosen = rule.part("filter")
        if not (rule.text("prefix") or any(chosen.said(name) for name in chosen)):
            yield rule


def _in_order(configuration: Resource, rule: Properties, ages: Ages) -> Iterator[Sentence]:
    name, dates = f"rule {rule.text('id')!r} of {configuration}", [*rule.parts(ages.moves), rule.part(ages.end)]
    for unread in (text for one in dates if (text := one.text("date")) and _day(one) is None):
        yield f"{name} has the date {unread}, which cannot be read; one such as 2030-01-31 is required: change date"
    moves = sorted(_move(one, ages) for one in rule.parts(ages.moves))
    if len({one.dated for one in moves}) > 1:
        yield f"{name} moves by age and by date, which have no order; one of both is required: use days only"
        return
    yield from apart(
        _not_too_early(name, moves, ages), _one_after_the_other(name, moves, ages), _ends_last(name, rule, moves, ages)
    )


def _move(said: Properties, ages: Ages) -> _Move:
    storage, on = said.text("storageClass") or "", _day(said)
    # S3 takes a move without days as one at once.
    return _Move(said.number(ages.days) or 0, storage, dated=False) if on is None else _Move(on, storage, dated=True)


def _day(said: Properties) -> int | None:
    """Number of the day that a date names; None where there is none, or it cannot be read."""
    try:
        return date.fromisoformat((said.text("date") or "")[:10]).toordinal()
    except ValueError:
        return None


def _not_too_early(name: str, moves: list[_Move], ages: Ages) -> Iterator[Sentence]:
    # By a date alone nobody can tell how old an object is then.
    for move in moves:
        if move.storage in _INFREQUENT and not move.dated and move.at < _INFREQUENT_AFTER_DAYS:
            yield (
                f"{name} moves to {move.storage} {move.shown}; {_INFREQUENT_AFTER_DAYS} or more are required: raise"
                f" {_spelled(ages.days)}"
            )


def _one_after_the_other(name: str, moves: list[_Move], ages: Ages) -> Iterator[Sentence]:
    for move, following in pairwise(moves):
        least = move.at + _MINIMUM_DAYS.get(move.storage, 0)
        if following.at < least:
            asked = f"{date.fromordinal(least)} or later" if move.dated else str(least)
            yield (
                f"{name} moves on to {following.storage} {following.shown}; {move.storage} asks for {asked}: raise"
                f" {'date' if move.dated else _spelled(ages.days)}"
            )
        if _depth(following) <= _depth(move):
            yield (
                f"{name} moves from {move.storage} to {following.storage}, which S3 does not do; a colder class is"
                " required: leave the later move out"
            )


def _depth(move: _Move) -> int:
    return _COLDER.index(move.storage) if move.storage in _COLDER else len(_COLDER)


def _ends_last(name: str, rule: Properties, moves: list[_Move], ages: Ages) -> Iterator[Sentence]:
    said = rule.part(ages.end)
    on = _day(said)
    end = said.number(ages.days) if on is None else on
    if not moves or end is None:
        return
    last = moves[-1]
    if last.dated != (on is not None):
        yield f"{name} moves by one of age and date and expires by the other; one of both is required: use days only"
    elif end <= last.at:
        field = "date" if last.dated else _spelled(ages.days)
        yield (
            f"{name} expires {_when(end, dated=last.dated)} what moves {last.shown.replace(' days', '')}; later is"
            f" required: raise {field} of {ages.option}"
        )


def _spelled(days: str) -> str:
    """A property as programs call it."""
    return days.replace("D", "_d")


LIFECYCLE: Final = Rule(
    name="s3-bucket-lifecycle",
    description="Checks that abandoned uploads and old versions end, and that storage classes follow each other.",
    why="S3 refuses an expiration that is not after the last transition, and charges a class's minimum all the same.",
    controls={"AWS Security Hub": ("S3.10", "S3.13"), "Checkov": ("CKV_AWS_300",)},
    severity=Severity.MEDIUM,
    on=(TypeToken.S3_BUCKET_LIFECYCLE_CONFIGURATION,),
    check=_lifecycle_is_sound,
    options={"abortUploadsDays": number(7, "Days after which an abandoned upload is removed, at most.")},
)
