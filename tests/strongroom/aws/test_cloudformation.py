import pytest

from strongroom.aws.cloudformation import Outcome, Waiting, apply
from strongroom.aws.errors import FailedError, TimedOutError
from tests.strongroom.aws.fakes import Clock, FakeStacks

TEMPLATE = "{}"


def applied(stacks: FakeStacks, clock: Clock | None = None, seconds: float = 60) -> tuple[Outcome, list[str]]:
    told: list[str] = []
    time = clock or Clock()
    outcome = apply(stacks, "s", TEMPLATE, Waiting(time.now, time.sleep, told.append, seconds))
    return outcome, told


def test_a_stack_that_is_not_there_is_created_and_waited_for() -> None:
    stacks = FakeStacks([None, "CREATE_IN_PROGRESS", "CREATE_COMPLETE"])
    outcome, told = applied(stacks)
    assert outcome is Outcome.CREATED
    assert told == ["stack s: CREATE_IN_PROGRESS", "stack s: CREATE_COMPLETE"]
    assert "create s 2" in stacks.asked


@pytest.mark.parametrize("before", ["CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])
def test_a_stack_that_stands_is_updated(before: str) -> None:
    outcome, _ = applied(FakeStacks([before, "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"]))
    assert outcome is Outcome.UPDATED


def test_nothing_to_change_is_no_error_and_is_not_waited_for() -> None:
    stacks = FakeStacks(["CREATE_COMPLETE"], changed=False)
    assert applied(stacks) == (Outcome.UNCHANGED, [])


def test_fails_when_it_is_rolled_back_and_says_why() -> None:
    stacks = FakeStacks([None, "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE"], reasons=["Role: no permission"])
    with pytest.raises(FailedError, match="stack s ended ROLLBACK_COMPLETE: Role: no permission"):
        applied(stacks)


def test_fails_when_no_reason_is_given() -> None:
    with pytest.raises(FailedError, match="UPDATE_ROLLBACK_COMPLETE: CloudFormation gives no reason"):
        applied(FakeStacks(["CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"]))


def test_fails_when_the_first_attempt_left_a_wreck() -> None:
    stacks = FakeStacks(["ROLLBACK_COMPLETE"])
    with pytest.raises(FailedError, match="take off its termination protection, delete it"):
        applied(stacks)
    assert stacks.asked == ["status s"]


def test_fails_when_it_vanishes_while_it_is_waited_for() -> None:
    with pytest.raises(FailedError, match="stack s ended gone"):
        applied(FakeStacks([None, None]))


@pytest.mark.parametrize(("seconds", "looks"), [(6, 3), (7, 4)])
def test_patience_ends_when_it_was_said_to(seconds: float, looks: int) -> None:
    clock = Clock()
    stacks = FakeStacks([None, "CREATE_IN_PROGRESS"])
    with pytest.raises(TimedOutError, match=f"still CREATE_IN_PROGRESS after {seconds} seconds"):
        applied(stacks, clock, seconds)
    assert stacks.asked.count("status s") == 1 + looks
