"""EventBridge: rules that wait for a time instead of an event, on the emulator's clock."""

import re
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.registry import HOLDERS
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.schedules import is_valid, next_occurrence, rate
from rehearsal.emulator.services.events.bus import DEFAULT, hand_out
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.timeline import AGENDAS, Appointments

_RATE: Final = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html"
_API: Final = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html"
_READ: Final = "2026-11-22"
_EVENTS: Final[Any] = door.module("services.eventbridge")
_ONE: Final = re.compile(r"rate\(1 [a-z]+[^s]\)")
_SOME: Final = re.compile(r"rate\((?!1 )\d+ [a-z]+s\)")


@rule(_RATE, read=_READ)
def refuse_a_schedule_of_another_form(expression: str) -> None:
    """A rule's schedule is cron() with six fields, or rate() with a unit that is singular for 1 and plural for more."""
    fits = bool(_ONE.fullmatch(expression) or _SOME.fullmatch(expression)) if rate(expression) else is_valid(expression)
    if not fits or expression.startswith("at("):
        raise Refused("ValidationException", "Parameter ScheduleExpression is not valid.")


@rule(_API, read=_READ)
def refuse_a_schedule_on_another_bus(bus: str) -> None:
    """Only the default bus has rules with a schedule."""
    if bus != DEFAULT:
        raise Refused("ValidationException", "ScheduleExpression is supported only on the default event bus.")


@rule(_API, read=_READ)
def refuse_a_rule_that_waits_for_nothing(pattern: str, schedule: str) -> None:
    """A rule has an event pattern or a schedule, or both."""
    if not pattern and not schedule:
        raise Refused("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.")


class ScheduledRules:
    """When each rule with a schedule falls due next."""

    def __init__(self) -> None:
        self.due = door.AccountRegionScopedDict()
        """Key of a rule -> its schedule, and when it falls due next."""
        self._appointments: Appointments[tuple[str, str, str]] = Appointments()

    def next_due(self) -> datetime | None:
        """Return when the first rule falls due."""
        return self._appointments.next()

    def run_due(self, now: datetime) -> None:
        """Send the targets of every rule that is due their event."""
        for account, region, key in self._appointments.take(now):
            with door.request_scope(account, region):
                _, due = self.due.pop(key)
                if key in _EVENTS._rules:  # noqa: SLF001 - a table
                    _fire(key, due)
                    self._wait(key, due)

    def renew(self) -> None:
        """Begin again from the records."""
        self._appointments.clear()
        for key, (_, due) in self.due.to_dict().items():
            self._appointments.set(key, due)

    def changed(self, key: str) -> None:
        """Take note of a rule that was made, changed, enabled, disabled or deleted."""
        found: door.Record | None = _EVENTS._rules.get(key)  # noqa: SLF001 - a table
        schedule = found["ScheduleExpression"] if found and found["State"] != "DISABLED" else ""
        kept = self.due.get(key)
        if kept and kept[0] == schedule:
            return
        self.due.pop(key, None)
        self._appointments.drop((door.account(), door.region(), key))
        if schedule:
            self._wait(key, clock.now())

    def _wait(self, key: str, after: datetime) -> None:
        schedule: str = _EVENTS._rules[key]["ScheduleExpression"]  # noqa: SLF001 - a table
        due = next_occurrence(schedule, "UTC", after)
        if due is None:
            return
        self.due[key] = (schedule, due)
        self._appointments.set((door.account(), door.region(), key), due)


SCHEDULED: Final = ScheduledRules()
HOLDERS["scheduled rules"] = SCHEDULED
AGENDAS["scheduled rules"] = SCHEDULED


def _fire(key: str, due: datetime) -> None:
    found: door.Record = _EVENTS._rules[key]  # noqa: SLF001 - a table
    event = {
        "EventId": str(uuid4()),
        "Source": "aws.events",
        "DetailType": "Scheduled Event",
        "Detail": "{}",
        "EventBusName": DEFAULT,
        "Time": int(due.timestamp()),
        "Resources": [found["Arn"]],
        "Account": door.account(),
        "Region": door.region(),
    }
    hand_out(key, found, event, _EVENTS._pattern_event_view(event))  # noqa: SLF001 - MiniStack's view of an event


@replaces("services.eventbridge:_put_rule", read="829a0feae10325c8")
@refusing("eventbridge")
def put_rule(original: Any, data: door.Record) -> Any:
    """Refuse what EventBridge refuses, and wait for the rule's time."""
    schedule, bus = data.get("ScheduleExpression", ""), data.get("EventBusName", DEFAULT)
    refuse_a_rule_that_waits_for_nothing(data.get("EventPattern", ""), schedule)
    if schedule:
        refuse_a_schedule_on_another_bus(bus)
        refuse_a_schedule_of_another_form(schedule)
    return _noting(original, data)


@replaces("services.eventbridge:_enable_rule", read="72ec5dc6c95648b9")
def enable_rule(original: Any, data: door.Record) -> Any:
    """Wait for the rule's time again."""
    return _noting(original, data)


@replaces("services.eventbridge:_disable_rule", read="8e3ffd7100d81e49")
def disable_rule(original: Any, data: door.Record) -> Any:
    """Wait for the rule's time no more."""
    return _noting(original, data)


@replaces("services.eventbridge:_now_ts", read="207143452ca86c81")
def now_ts(_original: Any) -> float:
    """Give events and rules the emulator's time."""
    return clock.now().timestamp()


@replaces("services.eventbridge:start_scheduler", read="11f17404da11c928")
def start_scheduler(_original: Any) -> None:
    """Start no thread: the agenda above does its work."""


def _noting(original: Any, data: door.Record) -> Any:
    answer = original(data)
    # MiniStack has no public name for the key under which it keeps a rule.
    SCHEDULED.changed(_EVENTS._rule_key(data.get("Name"), data.get("EventBusName", DEFAULT)))  # noqa: SLF001
    return answer
