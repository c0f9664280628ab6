import json
from datetime import timedelta
from typing import Any, Final

import pytest

from tests.emulator_people import allow, make_role, refuses, trust
from tests.emulator_process import CI, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.scheduler.scheduling import SCHEDULER

pytestmark = pytest.mark.emulator

EXPORT: Final = "arn:aws:scheduler:::aws-sdk:dynamodb:exportTableToPointInTime"
GROUP: Final = f"arn:aws:scheduler:{REGION}:{PROD}:schedule-group/default"


def create(emulator: Emulator, **changes: Any) -> str:
    """Make a schedule of an export, with changes; its role trusts Scheduler unless it is given."""
    role = changes.pop("role", None) or make_role(
        emulator, "exports", allow("dynamodb:*"), trusts=trust({"Service": SCHEDULER})
    )
    target = {"Arn": changes.pop("arn", EXPORT), "RoleArn": role, "Input": "{}", **changes.pop("target", {})}
    asked = {"Name": "nightly", "ScheduleExpression": "rate(1 day)", "FlexibleTimeWindow": {"Mode": "OFF"}, **changes}
    return emulator.client("scheduler").create_schedule(Target=target, **asked)["ScheduleArn"]


@pytest.mark.parametrize(
    "expression",
    ["cron(0 5 ? * * *)", "cron(0 5 ? * *)", "cron(15 10 ? * 6L 2026-2030)", "rate(1 days)", "rate(5 minutes)",
     "at(2027-11-20T13:00:00)"],
)  # fmt: skip
def test_a_schedule_is_cron_rate_or_at(emulator: Emulator, expression: str) -> None:
    assert create(emulator, ScheduleExpression=expression).endswith(":schedule/default/nightly")


@pytest.mark.parametrize(
    "expression",
    ["cron(0 5 * * * *)", "cron(60 5 ? * * *)", "rate(0 days)", "rate(5 weeks)", "at(2027-13-01T00:00:00)"],
)
def test_fails_when_a_schedule_has_another_form(emulator: Emulator, expression: str) -> None:
    with refuses("ValidationException"):
        create(emulator, ScheduleExpression=expression)


def test_fails_when_a_time_zone_is_none(emulator: Emulator) -> None:
    with refuses("ValidationException"):
        create(emulator, ScheduleExpressionTimezone="Mars/Olympus")


def test_a_schedule_has_a_time_zone(emulator: Emulator, scheduler: Any) -> None:
    create(emulator, ScheduleExpressionTimezone="Europe/London")
    assert scheduler.get_schedule(Name="nightly")["ScheduleExpressionTimezone"] == "Europe/London"


@pytest.mark.parametrize(
    "window", [{"Mode": "OFF"}, {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 1},
               {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 1440}],
)  # fmt: skip
def test_a_window_is_off_or_up_to_a_day(emulator: Emulator, window: dict[str, object]) -> None:
    create(emulator, FlexibleTimeWindow=window)


@pytest.mark.parametrize(
    "window", [{"Mode": "OFF", "MaximumWindowInMinutes": 5}, {"Mode": "FLEXIBLE"},
               {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 1441}],
)  # fmt: skip
def test_fails_when_a_window_does_not_fit_its_mode(emulator: Emulator, window: dict[str, object]) -> None:
    with refuses("ValidationException"):
        create(emulator, FlexibleTimeWindow=window)


def test_fails_when_a_schedule_ends_before_it_starts(emulator: Emulator) -> None:
    start = emulator.now() + timedelta(days=2)
    with refuses("ValidationException"):
        create(emulator, StartDate=start, EndDate=start)
    create(emulator, role=f"arn:aws:iam::{PROD}:role/exports", StartDate=start, EndDate=start + timedelta(seconds=1))


@pytest.mark.parametrize("operation", ["dynamodb:listTables", "dynamodb:getItem", "sqs:receiveMessage"])
def test_fails_when_a_universal_target_only_reads(emulator: Emulator, operation: str) -> None:
    with refuses("ValidationException"):
        create(emulator, arn=f"arn:aws:scheduler:::aws-sdk:{operation}")


def test_an_operation_that_begins_with_no_word_of_reading_is_a_target(emulator: Emulator) -> None:
    create(emulator, arn="arn:aws:scheduler:::aws-sdk:s3:headBucket")


@pytest.mark.parametrize(
    "arn",
    ["arn:aws:scheduler:::aws-sdk:dynamodb:noSuchThing", "arn:aws:scheduler:::aws-sdk:nosuch:putItem",
     f"arn:aws:dynamodb:{REGION}:{PROD}:table/receipts", "queue"],
)  # fmt: skip
def test_fails_when_a_target_is_none(emulator: Emulator, arn: str) -> None:
    with refuses("ValidationException"):
        create(emulator, arn=arn)


def test_a_role_trusts_the_scheduler_for_its_schedule_group(emulator: Emulator) -> None:
    condition = {"StringEquals": {"aws:SourceAccount": PROD, "aws:SourceArn": GROUP}}
    create(emulator, role=make_role(emulator, "bound", trusts=trust({"Service": SCHEDULER}, Condition=condition)))


@pytest.mark.parametrize(
    ("service", "condition"),
    [
        ("events.amazonaws.com", {}),
        (SCHEDULER, {"StringEquals": {"aws:SourceAccount": CI}}),
        (SCHEDULER, {"ArnLike": {"aws:SourceArn": f"arn:aws:scheduler:{REGION}:{PROD}:schedule/default/nightly"}}),
    ],
    ids=["another service", "another account", "the schedule's own ARN"],
)
def test_fails_when_the_role_does_not_trust_the_scheduler(
    emulator: Emulator, service: str, condition: dict[str, object]
) -> None:
    role = make_role(emulator, "bound", trusts=trust({"Service": service}, Condition=condition))
    with refuses("ValidationException"):
        create(emulator, role=role)


def test_fails_when_the_role_does_not_exist(emulator: Emulator) -> None:
    with refuses("ValidationException"):
        create(emulator, role=f"arn:aws:iam::{PROD}:role/absent")


def test_an_update_is_checked_like_a_new_schedule(emulator: Emulator, scheduler: Any) -> None:
    create(emulator)
    known = scheduler.get_schedule(Name="nightly")
    same = {name: known[name] for name in ("Name", "Target", "FlexibleTimeWindow")}
    scheduler.update_schedule(**same, ScheduleExpression="rate(2 days)")
    assert json.dumps(scheduler.get_schedule(Name="nightly")["ScheduleExpression"]) == '"rate(2 days)"'
    with refuses("ValidationException"):
        scheduler.update_schedule(**same, ScheduleExpression="cron(nightly)")
