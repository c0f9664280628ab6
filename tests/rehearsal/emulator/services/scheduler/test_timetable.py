"""When schedules fall due."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

import pytest

from tests.emulator_people import allow
from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.scheduler.scheduling import ITEM, PUT, create, ids, new_year, role, sending
from tests.rehearsal.emulator.services.signals import DAY, HOUR, MINUTE, Queue, queue

pytestmark = pytest.mark.emulator

ALARM: Final[dict[str, Any]] = {
    "AlarmName": "watched",
    "Namespace": "shop",
    "MetricName": "done",
    "Statistic": "Sum",
    "Period": 300,
    "EvaluationPeriods": 1,
    "Threshold": 0,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "breaching",
}


def test_a_universal_target_is_called_as_the_role_at_its_time(emulator: Emulator, scheduler: Any, table: Any) -> None:
    writer = role(emulator, allow("dynamodb:PutItem", f"arn:aws:dynamodb:{REGION}:{PROD}:table/receipts"))
    create(scheduler, "cron(30 2 * * ? *)", PUT, writer, target={"Input": ITEM})
    emulator.advance(3 * DAY)
    assert [found[10:] for found in ids(table)] == ["T02:30:00Z"] * 3


def test_a_rate_begins_at_once(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "rate(1 hour)")
    emulator.advance(2 * HOUR + MINUTE)
    times = [datetime.fromisoformat(body["at"]) for body in heard.bodies()]
    assert [later - earlier for earlier, later in pairwise(times)] == [timedelta(hours=1)] * 2


def test_a_rate_begins_with_its_start_and_ends_with_its_end(emulator: Emulator, scheduler: Any) -> None:
    start = (emulator.now() + timedelta(days=1)).replace(microsecond=0)
    heard = sending(emulator, scheduler, "rate(1 hour)", StartDate=start, EndDate=start + timedelta(hours=2))
    emulator.advance(DAY - MINUTE)
    assert heard.bodies() == []
    emulator.advance(DAY)
    assert [datetime.fromisoformat(body["at"]) - start for body in heard.bodies()] == [
        timedelta(hours=hours) for hours in range(3)
    ]


def test_a_cron_keeps_the_wall_clock_of_its_zone(emulator: Emulator, scheduler: Any) -> None:
    year = new_year(emulator).year
    heard = sending(emulator, scheduler, f"cron(0 5 1 1,7 ? {year})", ScheduleExpressionTimezone="Europe/London")
    emulator.advance(3 * 365 * DAY)
    assert [body["at"] for body in heard.bodies()] == [f"{year}-01-01T05:00:00Z", f"{year}-07-01T04:00:00Z"]


def test_a_disabled_schedule_invokes_nothing(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "rate(1 hour)", State="DISABLED")
    emulator.advance(DAY)
    assert heard.bodies() == []


def test_a_deleted_schedule_invokes_nothing(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "cron(0 * * * ? *)")
    scheduler.delete_schedule(Name="nightly")
    emulator.advance(DAY)
    assert heard.bodies() == []


@pytest.mark.parametrize("action", ["NONE", "DELETE"])
def test_a_schedule_is_deleted_after_its_last_time_when_it_says_so(
    emulator: Emulator, scheduler: Any, action: str
) -> None:
    once = f"at({new_year(emulator):%Y-%m-%dT%H:%M:%S})"
    heard = sending(emulator, scheduler, once, ActionAfterCompletion=action)
    emulator.advance(2 * 365 * DAY)
    assert len(heard.bodies()) == 1
    assert len(scheduler.list_schedules()["Schedules"]) == (action == "NONE")


def test_a_flexible_window_invokes_inside_of_it(emulator: Emulator, scheduler: Any) -> None:
    window = {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 60}
    heard = sending(emulator, scheduler, "cron(0 0 1 1 ? *)", FlexibleTimeWindow=window)
    begin = new_year(emulator)
    emulator.advance((begin - emulator.now()).total_seconds() - MINUTE)
    assert heard.bodies() == []
    emulator.advance(HOUR + MINUTE)
    assert [body["at"] for body in heard.bodies()] == [f"{begin:%Y-%m-%dT%H:%M:%SZ}"]


def test_what_is_due_survives_a_crash(own_emulator: Emulator) -> None:
    heard = sending(own_emulator, own_emulator.client("scheduler"), "rate(1 day)")
    ruled = queue(own_emulator, "ruled", "events.amazonaws.com")
    events, cloudwatch = own_emulator.client("events"), own_emulator.client("cloudwatch")
    events.put_rule(Name="often", ScheduleExpression="rate(1 day)")
    events.put_targets(Rule="often", Targets=[{"Id": "queue", "Arn": ruled.arn}])
    cloudwatch.put_metric_alarm(**ALARM)
    own_emulator.crash()
    own_emulator.advance(DAY + HOUR)
    again = own_emulator.client("sqs")
    assert len(Queue(again, again.get_queue_url(QueueName="heard")["QueueUrl"], heard.arn).bodies()) == 2
    assert len(Queue(again, again.get_queue_url(QueueName="ruled")["QueueUrl"], ruled.arn).bodies()) == 1
    assert own_emulator.client("cloudwatch").describe_alarms()["MetricAlarms"][0]["StateValue"] == "ALARM"


def test_a_reset_forgets_what_is_due(emulator: Emulator, scheduler: Any) -> None:
    sending(emulator, scheduler, "cron(0 * * * ? *)")
    emulator.reset()
    heard = queue(emulator, "heard")
    emulator.advance(DAY)
    assert heard.bodies() == []
