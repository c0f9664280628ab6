import json
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from tests.emulator_people import allow, deny, make_role, refuses, trust
from tests.emulator_process import PROD, REGION, Emulator, start
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.signals import DAY, HOUR, MINUTE, Queue, advance, now, queue, topic

pytestmark = pytest.mark.emulator

SCHEDULER: Final = "scheduler.amazonaws.com"
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
SDK: Final = "arn:aws:scheduler:::aws-sdk:"
PUT: Final = f"{SDK}dynamodb:putItem"
ITEM: Final = json.dumps(
    {"TableName": "receipts", "Item": {"id": {"S": "<aws.scheduler.scheduled-time>"}, "by": {"S": "schedule"}}}
)


@pytest.fixture
def scheduler(emulator: Emulator) -> Any:
    """Scheduler of prod."""
    return emulator.client("scheduler")


@pytest.fixture
def table(emulator: Emulator) -> Any:
    """DynamoDB of prod, with a table."""
    dynamodb = emulator.client("dynamodb")
    dynamodb.create_table(**TABLE)
    return dynamodb


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


def test_a_universal_target_is_called_as_the_role_at_its_time(emulator: Emulator, scheduler: Any, table: Any) -> None:
    writer = role(emulator, allow("dynamodb:PutItem", f"arn:aws:dynamodb:{REGION}:{PROD}:table/receipts"))
    create(scheduler, "cron(30 2 * * ? *)", PUT, writer, target={"Input": ITEM})
    advance(emulator, 3 * DAY)
    assert [found[10:] for found in ids(table)] == ["T02:30:00Z"] * 3


@pytest.mark.parametrize(
    "statements",
    [[], [allow("dynamodb:GetItem")], [allow("dynamodb:PutItem"), deny("dynamodb:PutItem")]],
    ids=["nothing", "another action", "an explicit deny"],
)
def test_a_universal_target_is_not_called_when_the_role_may_not(
    emulator: Emulator, scheduler: Any, table: Any, statements: list[dict[str, Any]]
) -> None:
    lost = queue(emulator, "lost")
    writer = role(emulator, *statements, allow("sqs:SendMessage"))
    target = {"Input": ITEM, "DeadLetterConfig": {"Arn": lost.arn}}
    create(scheduler, "rate(1 day)", PUT, writer, target=target)
    advance(emulator, MINUTE)
    assert ids(table) == []
    assert attributes(lost)["ERROR_CODE"] == "AccessDeniedException"


def test_names_are_taken_as_the_sdks_write_them(emulator: Emulator, scheduler: Any) -> None:
    heard = queue(emulator, "heard")
    given = {"MessageBody": "hello", "QueueUrl": heard.url}
    sender = role(emulator, allow("sqs:SendMessage"))
    create(scheduler, "rate(1 day)", f"{SDK}sqs:sendMessage", sender, target={"Input": json.dumps(given)})
    advance(emulator, MINUTE)
    assert [message["Body"] for message in heard.messages()] == ["hello"]


def test_a_target_with_wrong_parameters_goes_to_the_dead_letter_queue(
    emulator: Emulator, scheduler: Any, table: Any
) -> None:
    lost = queue(emulator, "lost")
    target = {"Input": '{"TableName": "absent", "Item": {"id": {"S": "1"}}}', "DeadLetterConfig": {"Arn": lost.arn}}
    arn = create(scheduler, "rate(1 day)", PUT, role(emulator, allow("*")), target=target)
    advance(emulator, MINUTE)
    found = attributes(lost)
    assert (found["ERROR_CODE"], found["SCHEDULE_ARN"], found["TARGET_ARN"]) == ("ResourceNotFoundException", arn, PUT)
    assert ids(table) == []


def test_nothing_reaches_a_dead_letter_queue_that_the_role_may_not_send_to(
    emulator: Emulator, scheduler: Any, table: Any
) -> None:
    lost = queue(emulator, "lost")
    target = {"Input": ITEM, "DeadLetterConfig": {"Arn": lost.arn}}
    create(scheduler, "rate(1 day)", PUT, role(emulator, allow("dynamodb:GetItem")), target=target)
    advance(emulator, MINUTE)
    assert (lost.messages(), ids(table)) == ([], [])


def test_a_call_that_is_throttled_is_tried_again_with_the_same_scheduled_time(
    emulator: Emulator, scheduler: Any, table: Any
) -> None:
    emulator.control("POST", "orders", {"service": "dynamodb", "operation": "PutItem", "do": "throttle", "times": 2})
    create(scheduler, "at(2035-01-01T00:00:00)", PUT, role(emulator, allow("*")), target={"Input": ITEM})
    advance(emulator, (datetime.fromisoformat("2035-01-01T00:00:01Z") - now(emulator)).total_seconds())
    assert ids(table) == []
    advance(emulator, HOUR)
    assert ids(table) == ["2035-01-01T00:00:00Z"]


def test_a_call_is_given_up_after_its_last_attempt(emulator: Emulator, scheduler: Any, table: Any) -> None:
    lost = queue(emulator, "lost")
    emulator.control("POST", "orders", {"service": "dynamodb", "operation": "PutItem", "do": "throttle", "times": 9})
    retry = {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 3600}
    target = {"Input": ITEM, "RetryPolicy": retry, "DeadLetterConfig": {"Arn": lost.arn}}
    create(scheduler, "rate(365 days)", PUT, role(emulator, allow("*")), target=target)
    advance(emulator, HOUR)
    found = attributes(lost)
    assert (found["EXHAUSTED_RETRY_CONDITION"], found["RETRY_ATTEMPTS"]) == ("MaximumRetryAttempts", "2")
    assert ids(table) == []


def test_a_rate_begins_at_once(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "rate(1 hour)")
    advance(emulator, 2 * HOUR + MINUTE)
    times = [datetime.fromisoformat(body["at"]) for body in heard.bodies()]
    assert [later - earlier for earlier, later in pairwise(times)] == [timedelta(hours=1)] * 2


def test_a_rate_begins_with_its_start_and_ends_with_its_end(emulator: Emulator, scheduler: Any) -> None:
    start = (now(emulator) + timedelta(days=1)).replace(microsecond=0)
    heard = sending(emulator, scheduler, "rate(1 hour)", StartDate=start, EndDate=start + timedelta(hours=2))
    advance(emulator, DAY - MINUTE)
    assert heard.bodies() == []
    advance(emulator, DAY)
    assert [datetime.fromisoformat(body["at"]) - start for body in heard.bodies()] == [
        timedelta(hours=hours) for hours in range(3)
    ]


def test_a_cron_keeps_the_wall_clock_of_its_zone(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "cron(0 5 1 1,7 ? 2030)", ScheduleExpressionTimezone="Europe/London")
    advance(emulator, 10 * 365 * DAY)
    assert [body["at"] for body in heard.bodies()] == ["2030-01-01T05:00:00Z", "2030-07-01T04:00:00Z"]


def test_a_disabled_schedule_invokes_nothing(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "rate(1 hour)", State="DISABLED")
    advance(emulator, DAY)
    assert heard.bodies() == []


def test_a_deleted_schedule_invokes_nothing(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "cron(0 * * * ? *)")
    scheduler.delete_schedule(Name="nightly")
    advance(emulator, DAY)
    assert heard.bodies() == []


@pytest.mark.parametrize("action", ["NONE", "DELETE"])
def test_a_schedule_is_deleted_after_its_last_time_when_it_says_so(
    emulator: Emulator, scheduler: Any, action: str
) -> None:
    heard = sending(emulator, scheduler, "at(2035-01-01T00:00:00)", ActionAfterCompletion=action)
    advance(emulator, 10 * 365 * DAY)
    assert len(heard.bodies()) == 1
    assert len(scheduler.list_schedules()["Schedules"]) == (action == "NONE")


def test_a_flexible_window_invokes_inside_of_it(emulator: Emulator, scheduler: Any) -> None:
    window = {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 60}
    heard = sending(emulator, scheduler, "cron(0 0 1 1 ? *)", FlexibleTimeWindow=window)
    year = now(emulator).year + 1
    begin = datetime.fromisoformat(f"{year}-01-01T00:00:00Z")
    advance(emulator, (begin - now(emulator)).total_seconds() - 1)
    assert heard.bodies() == []
    advance(emulator, HOUR)
    assert [body["at"] for body in heard.bodies()] == [f"{year}-01-01T00:00:00Z"]


def test_a_role_that_stops_trusting_the_scheduler_ends_the_invocations(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "cron(0 * * * ? *)")
    emulator.client("iam").update_assume_role_policy(
        RoleName="schedule", PolicyDocument=trust({"Service": "events.amazonaws.com"})
    )
    advance(emulator, DAY)
    assert heard.bodies() == []


def test_a_topic_is_a_target(emulator: Emulator, scheduler: Any) -> None:
    arn = topic(emulator, "orders", "events.amazonaws.com")
    heard = queue(emulator, "heard", "sns.amazonaws.com")
    emulator.client("sns").subscribe(TopicArn=arn, Protocol="sqs", Endpoint=heard.arn)
    create(scheduler, "rate(1 day)", arn, role(emulator, allow("sns:Publish")), target={"Input": "due"})
    advance(emulator, MINUTE)
    assert [body["Message"] for body in heard.bodies()] == ["due"]


def test_a_bus_is_a_target(emulator: Emulator, scheduler: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    events = emulator.client("events")
    events.put_rule(Name="orders", EventPattern='{"source": ["shop"]}')
    events.put_targets(Rule="orders", Targets=[{"Id": "queue", "Arn": heard.arn}])
    bus = f"arn:aws:events:{REGION}:{PROD}:event-bus/default"
    target = {"Input": '{"n": 1}', "EventBridgeParameters": {"Source": "shop", "DetailType": "order"}}
    create(scheduler, "rate(1 day)", bus, role(emulator, allow("events:PutEvents")), target=target)
    advance(emulator, MINUTE)
    assert [event["detail"] for event in heard.bodies()] == [{"n": 1}]


def test_fails_when_a_role_is_handed_over_without_pass_role(emulator: Emulator) -> None:
    target_role = role(emulator, allow("sqs:SendMessage"))
    person = make_role(emulator, "person", allow("scheduler:*"))
    with refuses("AccessDeniedException"):
        create(emulator.client("scheduler", role_arn=person), "rate(1 day)", f"{SDK}sqs:sendMessage", target_role)


def test_what_is_due_survives_a_crash(tmp_path: Path) -> None:
    running = start(tmp_path)
    try:
        running.organize()
        heard = sending(running, running.client("scheduler"), "rate(1 day)")
        ruled = queue(running, "ruled", "events.amazonaws.com")
        events, cloudwatch = running.client("events"), running.client("cloudwatch")
        events.put_rule(Name="often", ScheduleExpression="rate(1 day)")
        events.put_targets(Rule="often", Targets=[{"Id": "queue", "Arn": ruled.arn}])
        cloudwatch.put_metric_alarm(**ALARM)
        running.kill()
        running = start(tmp_path)
        running.organize()
        advance(running, DAY + HOUR)
        again = running.client("sqs")
        assert len(Queue(again, again.get_queue_url(QueueName="heard")["QueueUrl"], heard.arn).bodies()) == 2
        assert len(Queue(again, again.get_queue_url(QueueName="ruled")["QueueUrl"], ruled.arn).bodies()) == 1
        assert running.client("cloudwatch").describe_alarms()["MetricAlarms"][0]["StateValue"] == "ALARM"
    finally:
        running.stop()


def test_a_reset_forgets_what_is_due(emulator: Emulator, scheduler: Any) -> None:
    sending(emulator, scheduler, "cron(0 * * * ? *)")
    emulator.reset()
    heard = queue(emulator, "heard")
    advance(emulator, DAY)
    assert heard.bodies() == []


def test_a_role_that_a_schedule_disarms_is_judged_anew_by_the_next_one(
    emulator: Emulator, scheduler: Any, table: Any
) -> None:
    writer = role(emulator, allow("dynamodb:PutItem"), name="writer")
    disarming = role(emulator, allow("iam:DeleteRolePolicy"), name="disarming")
    create(scheduler, "cron(30 2 1 1 ? *)", PUT, writer, target={"Input": ITEM})
    given = {"Input": '{"RoleName": "writer", "PolicyName": "test"}'}
    create(scheduler, "at(2030-06-01T00:00:00)", f"{SDK}iam:deleteRolePolicy", disarming, target=given, Name="disarm")
    advance(emulator, 10 * 365 * DAY)
    assert ids(table)[-1] == "2030-01-01T02:30:00Z"


def attributes(lost: Queue) -> dict[str, str]:
    """Return the attributes of the one message in a dead-letter queue."""
    [message] = lost.messages()
    return {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
