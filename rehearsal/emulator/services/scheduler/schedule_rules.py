"""EventBridge Scheduler: what CreateSchedule and UpdateSchedule refuse."""

import re
from datetime import datetime
from typing import Any, Final
from zoneinfo import available_timezones

from rehearsal.emulator import acting, door, judgement
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.schedules import is_valid
from rehearsal.emulator.services.scheduler.records import complete, group_arn, time_of
from rehearsal.emulator.services.scheduler.timetable import TIMETABLE

SERVICE: Final = "scheduler.amazonaws.com"
_GUIDE: Final = "https://docs.aws.amazon.com/scheduler/latest/UserGuide"
_API: Final = "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html"
_WINDOW: Final = "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html"
_READ: Final = "2026-11-22"
_CODE: Final = "ValidationException"
_SCHEDULER: Final[Any] = door.module("services.scheduler")
_UNIVERSAL: Final = re.compile(r"arn:aws:scheduler:::aws-sdk:([^:]+):([^:]+)")
_TEMPLATED: Final = ("events", "lambda", "sns", "sqs", "states")
_LONGEST_WINDOW: Final = 1_440
_READING: Final = (
    "get", "describe", "list", "poll", "receive", "search", "scan", "query", "select", "read", "lookup", "discover",
    "validate", "batchget", "batchdescribe", "batchread", "transactget", "adminget", "adminlist", "testmigration",
    "retrieve", "testconnection", "translatedocument", "isauthorized", "invokemodel",
)  # fmt: skip


@rule(f"{_GUIDE}/schedule-types.html", read=_READ)
def refuse_a_schedule_of_another_form(expression: str) -> None:
    """A schedule is cron() with five or six fields, rate() or at()."""
    if not is_valid(complete(expression)):
        raise Refused(_CODE, f"Invalid Schedule Expression {expression}.")


@rule(f"{_GUIDE}/schedule-types.html", read=_READ)
def refuse_an_unknown_time_zone(zone: str) -> None:
    """A schedule's time zone is one of the tz database."""
    if zone not in available_timezones():
        raise Refused(_CODE, f"Invalid Schedule Expression Timezone {zone}.")


@rule(_WINDOW, read=_READ)
def refuse_a_window_that_does_not_fit_its_mode(mode: str, minutes: int | None) -> None:
    """A flexible window is one minute to a day long, and no window has no length."""
    fits = minutes is None if mode == "OFF" else minutes is not None and 1 <= minutes <= _LONGEST_WINDOW
    if not fits:
        raise Refused(_CODE, f"Invalid FlexibleTimeWindow: MaximumWindowInMinutes {minutes} with mode {mode}.")


@rule(_API, read=_READ)
def refuse_an_end_before_the_start(start: datetime | None, end: datetime | None) -> None:
    """A schedule ends after it starts."""
    if start and end and end <= start:
        raise Refused(_CODE, "The EndDate you specify must come after the StartDate you specify.")


@rule(f"{_GUIDE}/managing-targets-universal.html", read=_READ)
def refuse_a_target_that_only_reads(operation: str) -> None:
    """An operation that only reads cannot be a universal target."""
    if operation.lower().startswith(_READING):
        raise Refused(_CODE, f"Provided Arn is not in correct format: {operation} is a read-only operation.")


@rule(f"{_GUIDE}/managing-targets-universal.html", read=_READ)
def refuse_a_target_that_is_none(arn: str, is_known: bool) -> None:
    """A target is a queue, topic, bus, function or state machine, or an operation by the names of AWS's SDKs."""
    if not is_known:
        raise Refused(_CODE, f"Provided Arn is not in correct format: {arn}.")


@rule(f"{_GUIDE}/cross-service-confused-deputy-prevention.html", read=_READ)
def refuse_a_role_that_does_not_trust_the_scheduler(may_assume: bool) -> None:
    """The target's role lets EventBridge Scheduler in for this account and this schedule group."""
    if not may_assume:
        raise Refused(_CODE, "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.")


@replaces("services.scheduler:_create_schedule", read="5b205607c15c5c7f")
def create_schedule(original: Any, name: str, body: door.Record) -> Any:
    """Refuse what Scheduler refuses, and enter the schedule in the timetable."""
    return _checked(original, name, body)


@replaces("services.scheduler:_update_schedule", read="93f7fec4f7d84d8f")
def update_schedule(original: Any, name: str, body: door.Record) -> Any:
    """Refuse what Scheduler refuses, and enter the schedule anew."""
    return _checked(original, name, body)


def _checked(original: Any, name: str, body: door.Record) -> Any:
    try:
        _check(body)
    except Refused as refused:
        return _SCHEDULER._error(400, refused.code, str(refused))  # noqa: SLF001 - MiniStack's errors
    answer = original(name, body)
    if answer[0] == 200:
        TIMETABLE.changed(f"{body.get('GroupName', 'default')}/{name}")
    return answer


def _check(body: door.Record) -> None:
    refuse_a_schedule_of_another_form(body["ScheduleExpression"])
    refuse_an_unknown_time_zone(body.get("ScheduleExpressionTimezone", "UTC"))
    window: door.Record = body["FlexibleTimeWindow"]
    refuse_a_window_that_does_not_fit_its_mode(window["Mode"], window.get("MaximumWindowInMinutes"))
    refuse_an_end_before_the_start(time_of(body.get("StartDate")), time_of(body.get("EndDate")))
    target: door.Record = body["Target"]
    _check_target(target["Arn"])
    group = group_arn(door.account(), door.region(), body.get("GroupName", "default"))
    may_assume = judgement.service_may_assume(target["RoleArn"], SERVICE, door.account(), group)
    refuse_a_role_that_does_not_trust_the_scheduler(may_assume)


def _check_target(arn: str) -> None:
    universal = _UNIVERSAL.fullmatch(arn)
    if universal:
        refuse_a_target_that_only_reads(universal[2])
        refuse_a_target_that_is_none(arn, acting.knows(universal[1], universal[2]))
    else:
        parts = arn.split(":")
        refuse_a_target_that_is_none(arn, len(parts) >= 6 and parts[2] in _TEMPLATED)
