"""An update that is interrupted, under the real engine: what it had begun is finished, or taken in by its name."""

import signal
from typing import Final

import pytest

from tests.emulator_process import PROD, REGION
from tests.rehearsal.provider.engine import PROFILE, Project

pytestmark = [pytest.mark.engine, pytest.mark.emulator]

STALLED_SECONDS: Final = 4
PROGRAM: Final = f"""
import pulumi
import pulumi_aws as aws

config = pulumi.Config()
prod = aws.Provider("prod", profile="{PROFILE}", region="{REGION}", allowed_account_ids=["{PROD}"])
first = aws.dynamodb.Table(
    "first",
    name="first",
    region="{REGION}",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[{{"name": "id", "type": "S"}}],
    opts=pulumi.ResourceOptions(provider=prod, protect=True, import_=config.get("adopt")),
)
aws.dynamodb.Table(
    "second",
    name="second",
    region="{REGION}",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[{{"name": "id", "type": "S"}}],
    opts=pulumi.ResourceOptions(provider=prod, protect=True, depends_on=[first]),
)
"""


@pytest.fixture
def stack(empty_stack: Project) -> Project:
    empty_stack.program(PROGRAM)
    return empty_stack


def interrupted(stack: Project, number: signal.Signals) -> int:
    """End an update while AWS makes the first table, and wait until AWS has made it."""
    stall = {"service": "dynamodb", "operation": "CreateTable", "nth": 1, "do": "stall", "seconds": STALLED_SECONDS}
    stack.aws.control("POST", "orders", stall)

    def making() -> bool:
        calls = stack.aws.control("GET", "calls?since=0")["calls"]
        return any((call["operation"], call["status"]) == ("CreateTable", 0) for call in calls)

    code = stack.ended_by(number, making, "up", "--yes", "--skip-preview").code
    stack.aws.client("dynamodb").get_waiter("table_exists").wait(TableName="first", WaiterConfig={"Delay": 1})
    assert stack.aws.client("dynamodb").list_tables()["TableNames"] == ["first"]
    return code


def test_an_update_that_is_interrupted_ends_its_call_and_the_next_goes_on(stack: Project) -> None:
    assert interrupted(stack, signal.SIGINT) != 0
    stack.ok("up", "--yes", "--skip-preview")
    stack.ok("preview", "--expect-no-changes")
    assert stack.aws.client("dynamodb").list_tables()["TableNames"] == ["first", "second"]


def test_a_table_that_a_killed_update_made_is_never_made_twice_and_is_adopted(stack: Project) -> None:
    assert interrupted(stack, signal.SIGKILL) == -signal.SIGKILL
    stack.ok("cancel", "--yes")
    again = stack.pulumi("up", "--yes", "--skip-preview")
    assert again.code != 0
    assert "ResourceInUseException" in again.text
    stack.ok("refresh", "--yes", "--clear-pending-creates")
    stack.ok("config", "set", "adopt", "first")
    stack.ok("up", "--yes", "--skip-preview")
    stack.ok("preview", "--expect-no-changes")
    assert stack.aws.client("dynamodb").list_tables()["TableNames"] == ["first", "second"]
