from typing import Any, Final

import pytest

from tests.emulator_people import allow, make_role, refuses, trust
from tests.emulator_process import PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

QUEUE: Final = f"arn:aws:sqs:{REGION}:{PROD}:heard"
FIVE: Final[list[dict[str, Any]]] = [{}] * 5
MACHINE: Final = f"arn:aws:states:{REGION}:{PROD}:stateMachine:machine"


@pytest.fixture
def events(events: Any) -> Any:
    """EventBridge of prod, with a rule."""
    events.put_rule(Name="orders", EventPattern='{"source": ["shop"]}')
    return events


def aim(events: Any, *targets: dict[str, Any]) -> None:
    """Put targets, each a queue unless it says otherwise."""
    numbered = [{"Id": str(number), "Arn": QUEUE, **target} for number, target in enumerate(targets)]
    events.put_targets(Rule="orders", Targets=numbered)


def test_a_rule_has_up_to_five_targets(events: Any) -> None:
    aim(events, *FIVE)
    aim(events, {"Input": '"again"'})
    assert len(events.list_targets_by_rule(Rule="orders")["Targets"]) == 5


def test_fails_when_a_rule_gets_a_sixth_target(events: Any) -> None:
    aim(events, *FIVE)
    with refuses("LimitExceededException"):
        aim(events, {"Id": "sixth"})


@pytest.mark.parametrize("retry", [{"MaximumRetryAttempts": 0}, {"MaximumRetryAttempts": 185},
                                   {"MaximumEventAgeInSeconds": 60}, {"MaximumEventAgeInSeconds": 86400}])  # fmt: skip
def test_a_retry_policy_has_its_bounds(events: Any, retry: dict[str, int]) -> None:
    aim(events, {"RetryPolicy": retry})


@pytest.mark.parametrize("retry", [{"MaximumRetryAttempts": 186}, {"MaximumEventAgeInSeconds": 86401}])
def test_fails_when_a_retry_policy_is_outside_its_bounds(events: Any, retry: dict[str, int]) -> None:
    with refuses("ValidationException"):
        aim(events, {"RetryPolicy": retry})


def test_fails_when_a_state_machine_has_no_role(emulator: Emulator, events: Any) -> None:
    with refuses("ValidationException"):
        aim(events, {"Arn": MACHINE})
    role = make_role(
        emulator, "starter", allow("states:StartExecution"), trusts=trust({"Service": "events.amazonaws.com"})
    )
    aim(events, {"Arn": MACHINE, "RoleArn": role})


def test_a_dead_letter_queue_is_in_the_region_of_the_rule(events: Any) -> None:
    aim(events, {"DeadLetterConfig": {"Arn": QUEUE}})


@pytest.mark.parametrize("queue", [QUEUE.replace(REGION, "us-east-1"), f"{QUEUE}.fifo"])
def test_fails_when_a_dead_letter_queue_is_elsewhere_or_fifo(events: Any, queue: str) -> None:
    with refuses("ValidationException"):
        aim(events, {"DeadLetterConfig": {"Arn": queue}})
