from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.signals import DAY, HOUR, MINUTE, queue

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize("schedule", ["cron(0 5 ? * * *)", "rate(1 hour)", "rate(5 minutes)"])
def test_a_schedule_is_cron_with_six_fields_or_a_rate(events: Any, schedule: str) -> None:
    events.put_rule(Name="nightly", ScheduleExpression=schedule)
    assert events.describe_rule(Name="nightly")["ScheduleExpression"] == schedule


@pytest.mark.parametrize(
    "schedule",
    [
        "cron(0 5 * * * *)",
        "cron(0 5 ? * *)",
        "rate(1 hours)",
        "rate(5 minute)",
        "rate(0 days)",
        "at(2027-01-01T00:00:00)",
    ],
)
def test_fails_when_a_schedule_has_another_form(events: Any, schedule: str) -> None:
    with refuses("ValidationException"):
        events.put_rule(Name="nightly", ScheduleExpression=schedule)


def test_fails_when_a_rule_waits_for_nothing(events: Any) -> None:
    with refuses("ValidationException"):
        events.put_rule(Name="nightly")


def test_fails_when_another_bus_gets_a_schedule(events: Any) -> None:
    events.create_event_bus(Name="own")
    with refuses("ValidationException"):
        events.put_rule(Name="nightly", EventBusName="own", ScheduleExpression="rate(1 day)")
    assert events.put_rule(Name="nightly", EventBusName="own", EventPattern='{"source": ["app"]}')


def test_a_rule_sends_its_targets_an_event_each_time_that_it_is_due(emulator: Emulator, events: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    arn = events.put_rule(Name="nightly", ScheduleExpression="cron(30 2 * * ? *)")["RuleArn"]
    events.put_targets(Rule="nightly", Targets=[{"Id": "queue", "Arn": heard.arn}])
    emulator.advance(3 * DAY)
    sent = heard.bodies()
    assert [event["time"][11:] for event in sent] == ["02:30:00Z"] * 3
    assert {(event["source"], event["detail-type"], event["resources"][0]) for event in sent} == {
        ("aws.events", "Scheduled Event", arn)
    }


def test_a_rate_counts_from_the_rule_s_making(emulator: Emulator, events: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    made = emulator.now()
    events.put_rule(Name="often", ScheduleExpression="rate(5 minutes)")
    events.put_targets(Rule="often", Targets=[{"Id": "queue", "Arn": heard.arn}])
    emulator.advance(4 * MINUTE)
    assert heard.bodies() == []
    emulator.advance(7 * MINUTE)
    first, second = (datetime.fromisoformat(event["time"]) for event in heard.bodies())
    assert timedelta(minutes=5) - timedelta(seconds=1) <= first - made < timedelta(minutes=5, seconds=5)
    assert second - first == timedelta(minutes=5)


def test_a_disabled_rule_sends_nothing_and_an_enabled_one_again(emulator: Emulator, events: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    events.put_rule(Name="often", ScheduleExpression="rate(1 hour)")
    events.put_targets(Rule="often", Targets=[{"Id": "queue", "Arn": heard.arn, "Input": '"due"'}])
    events.disable_rule(Name="often")
    emulator.advance(5 * HOUR)
    assert heard.bodies() == []
    events.enable_rule(Name="often")
    emulator.advance(2 * HOUR + MINUTE)
    assert heard.bodies() == ["due", "due"]


def test_a_deleted_rule_sends_nothing(emulator: Emulator, events: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    events.put_rule(Name="often", ScheduleExpression="rate(1 hour)")
    events.put_targets(Rule="often", Targets=[{"Id": "queue", "Arn": heard.arn}])
    events.remove_targets(Rule="often", Ids=["queue"])
    events.delete_rule(Name="often")
    emulator.advance(5 * HOUR)
    assert heard.bodies() == []
