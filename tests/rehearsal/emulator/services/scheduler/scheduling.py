"""Short forms for tests of schedules: a role, a schedule, and what a schedule has called."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from tests.emulator_people import allow, make_role, trust
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.signals import Queue, queue

SCHEDULER: Final = "scheduler.amazonaws.com"
SDK: Final = "arn:aws:scheduler:::aws-sdk:"
PUT: Final = f"{SDK}dynamodb:putItem"
ITEM: Final = json.dumps(
    {"TableName": "receipts", "Item": {"id": {"S": "<aws.scheduler.scheduled-time>"}, "by": {"S": "schedule"}}}
)


def role(emulator: Emulator, *statements: dict[str, Any], name: str = "schedule") -> str:
    """Make a role that Scheduler assumes."""
    return make_role(emulator, name, *statements, trusts=trust({"Service": SCHEDULER}))


def create(scheduler: Any, expression: str, arn: str, role_arn: str, **changes: Any) -> str:
    """Make a schedule."""
    target = {"Arn": arn, "RoleArn": role_arn, **changes.pop("target", {})}
    asked = {"Name": "nightly", "FlexibleTimeWindow": {"Mode": "OFF"}, **changes}
    return scheduler.create_schedule(ScheduleExpression=expression, Target=target, **asked)["ScheduleArn"]


def ids(table: Any) -> list[str]:
    """Return the ids of the items that schedules put."""
    return sorted(item["id"]["S"] for item in table.scan(TableName="receipts")["Items"])


def sending(emulator: Emulator, scheduler: Any, expression: str, **changes: Any) -> Queue:
    """Make a schedule that sends its time to a queue."""
    heard = queue(emulator, "heard")
    given = {"Input": '{"at": "<aws.scheduler.scheduled-time>", "attempt": <aws.scheduler.attempt-number>}'}
    target = {**given, **changes.pop("target", {})}
    create(scheduler, expression, heard.arn, role(emulator, allow("sqs:SendMessage")), target=target, **changes)
    return heard


def new_year(emulator: Emulator) -> datetime:
    """Return the next first of January in UTC."""
    return datetime(emulator.now().year + 1, 1, 1, tzinfo=UTC)
