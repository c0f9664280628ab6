import json
from datetime import timedelta
from time import monotonic, sleep
from typing import Any, Final

import pytest

from tests.emulator_people import allow, make_role, refuses, trust
from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.signals import DAY, HOUR, queue

pytestmark = pytest.mark.emulator

STATES: Final = "states.amazonaws.com"
PUT: Final = {
    "Type": "Task",
    "Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem",
    "Parameters": {"TableName": "receipts", "Item": {"id": {"S": "1"}}},
    "End": True,
}
WAIT: Final = {"Type": "Wait", "Seconds": 6 * HOUR, "Next": "put"}


@pytest.fixture
def states(emulator: Emulator) -> Any:
    """Step Functions of prod, with a table to write to."""
    emulator.client("dynamodb").create_table(**TABLE)
    return emulator.client("stepfunctions")


def role(emulator: Emulator, *statements: dict[str, Any], service: str = STATES) -> str:
    """Make a role that Step Functions assumes."""
    return make_role(emulator, "machine", *statements, trusts=trust({"Service": service}))


def create(states: Any, role_arn: str, **steps: object) -> str:
    """Make a state machine that begins with the first step."""
    definition = json.dumps({"StartAt": next(iter(steps)), "States": steps})
    return states.create_state_machine(name="machine", definition=definition, roleArn=role_arn)["stateMachineArn"]


def ended(states: Any, execution: str) -> dict[str, Any]:
    """Return an execution once it has ended."""
    until = monotonic() + 20
    while monotonic() < until:
        found: dict[str, Any] = states.describe_execution(executionArn=execution)
        if found["status"] != "RUNNING":
            return found
        sleep(0.05)
    raise AssertionError("the execution did not end")


def items(emulator: Emulator) -> list[Any]:
    """Return what is in the table."""
    return emulator.client("dynamodb").scan(TableName="receipts")["Items"]


def test_a_task_calls_aws_as_the_machine_s_role(emulator: Emulator, states: Any) -> None:
    arn = create(states, role(emulator, allow("dynamodb:PutItem")), put=PUT)
    assert ended(states, states.start_execution(stateMachineArn=arn)["executionArn"])["status"] == "SUCCEEDED"
    assert items(emulator) == [{"id": {"S": "1"}}]


def test_fails_when_the_role_may_not_do_what_a_task_does(emulator: Emulator, states: Any) -> None:
    arn = create(states, role(emulator, allow("dynamodb:GetItem")), put=PUT)
    found = ended(states, states.start_execution(stateMachineArn=arn)["executionArn"])
    assert (found["status"], found["error"]) == ("FAILED", "DynamoDb.AccessDeniedException")
    assert items(emulator) == []


def test_fails_when_the_role_of_a_machine_does_not_trust_step_functions(emulator: Emulator, states: Any) -> None:
    with refuses("AccessDeniedException"):
        create(states, role(emulator, service="scheduler.amazonaws.com"), put=PUT)


@pytest.mark.parametrize("is_let", [True, False])
def test_a_message_is_sent_as_the_role(emulator: Emulator, states: Any, is_let: bool) -> None:
    heard = queue(emulator, "heard")
    send = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage",
        "Parameters": {"QueueUrl": heard.url, "MessageBody": {"n": 1}},
        "End": True,
    }
    arn = create(states, role(emulator, allow("sqs:SendMessage" if is_let else "sqs:GetQueueUrl")), send=send)
    found = ended(states, states.start_execution(stateMachineArn=arn)["executionArn"])
    assert (found["status"] == "SUCCEEDED", len(heard.bodies())) == (is_let, int(is_let))


def test_an_execution_waits_on_the_clock(emulator: Emulator, states: Any) -> None:
    arn = create(states, role(emulator, allow("dynamodb:PutItem")), wait=WAIT, put=PUT)
    begun = emulator.now()
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    emulator.advance(5 * HOUR)
    assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
    emulator.advance(DAY)
    found = states.describe_execution(executionArn=execution)
    assert found["status"] == "SUCCEEDED"
    assert timedelta() <= found["stopDate"] - begun - timedelta(hours=6) < timedelta(minutes=1)


def test_branches_wait_beside_each_other(emulator: Emulator, states: Any) -> None:
    branch = {"StartAt": "wait", "States": {"wait": {"Type": "Wait", "Seconds": HOUR, "End": True}}}
    both = {"Type": "Parallel", "Branches": [branch, branch], "Next": "put"}
    arn = create(states, role(emulator, allow("dynamodb:PutItem")), both=both, put=PUT)
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    emulator.advance(HOUR / 2)
    assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
    emulator.advance(HOUR)
    assert ended(states, execution)["status"] == "SUCCEEDED"


def test_a_rule_starts_a_machine_as_the_target_s_role(emulator: Emulator, states: Any) -> None:
    arn = create(states, role(emulator, allow("dynamodb:PutItem")), put=PUT)
    starter = make_role(
        emulator, "starter", allow("states:StartExecution", arn), trusts=trust({"Service": "events.amazonaws.com"})
    )
    events = emulator.client("events")
    events.put_rule(Name="often", ScheduleExpression="rate(1 hour)")
    events.put_targets(Rule="often", Targets=[{"Id": "machine", "Arn": arn, "RoleArn": starter}])
    emulator.advance(2 * HOUR)
    assert len(states.list_executions(stateMachineArn=arn)["executions"]) == 2
    assert items(emulator) == [{"id": {"S": "1"}}]


def test_a_rule_starts_no_machine_that_the_target_s_role_may_not_start(emulator: Emulator, states: Any) -> None:
    arn = create(states, role(emulator, allow("dynamodb:PutItem")), put=PUT)
    other = f"arn:aws:states:{REGION}:{PROD}:stateMachine:other"
    starter = make_role(
        emulator, "starter", allow("states:StartExecution", other), trusts=trust({"Service": "events.amazonaws.com"})
    )
    events = emulator.client("events")
    events.put_rule(Name="often", ScheduleExpression="rate(1 hour)")
    events.put_targets(Rule="often", Targets=[{"Id": "machine", "Arn": arn, "RoleArn": starter}])
    emulator.advance(2 * HOUR)
    assert states.list_executions(stateMachineArn=arn)["executions"] == []
