"""Every wait is bounded, grows, and falls out of step with the others."""

from datetime import datetime, timedelta
from random import Random

import pytest

from strongroom.aws.errors import DeniedError, FailedError, TimedOutError
from strongroom.aws.jobs import Job, JobState
from strongroom.recovery.runs.waiting import BEGINS_WITHIN, ENDS_WITHIN, TRIES, AwsClock, Pauses, patiently, stuck
from tests.strongroom.aws.memory_calls import NOON, FakeClock

SECOND = timedelta(seconds=1)


def pauses(first: float = 15.0) -> Pauses:
    """With chance that is the same each time."""
    return Pauses(Random(1), first)  # noqa: S311 - spreads pauses, keeps no secret


def job(state: JobState, created: datetime = NOON) -> Job:
    """A job that has not ended."""
    return Job("job-1", state, None, None, created, None)


@pytest.mark.parametrize(("waited", "full"), [(0, 15), (375, 15), (1000, 40), (3750, 150), (100_000, 150)])
def test_pauses_grow_with_what_was_waited_up_to_ten_times_the_first(waited: float, full: float) -> None:
    found = pauses()
    assert all(0.8 * full <= found.after(waited) <= full for _ in range(100))


def test_no_two_pauses_are_alike() -> None:
    found = pauses()
    assert len({found.after(0) for _ in range(100)}) == 100


@pytest.mark.parametrize(("tries", "full"), [(1, 2), (2, 4), (3, 8), (4, 16), (5, 20), (50, 20)])
def test_pauses_after_failures_double_up_to_ten_times_the_first(tries: int, full: float) -> None:
    assert 0.8 * full <= pauses(2.0).again(tries) <= full


@pytest.mark.parametrize(
    ("state", "bound"),
    [
        (JobState.CREATED, BEGINS_WITHIN),
        (JobState.PENDING, BEGINS_WITHIN),
        (JobState.RUNNING, ENDS_WITHIN),
        (JobState.ABORTING, ENDS_WITHIN),
    ],
)
def test_a_job_is_waited_for_up_to_its_bound(state: JobState, bound: timedelta) -> None:
    assert stuck(job(state), NOON, NOON + bound) is None
    assert f"job job-1 is {state.value} since" in (stuck(job(state), NOON, NOON + bound + SECOND) or "")


def test_a_session_has_patience_of_its_own_with_an_old_job() -> None:
    old, begun = job(JobState.CREATED, NOON - timedelta(days=3)), NOON
    assert stuck(old, begun, NOON + BEGINS_WITHIN) is None
    assert "since 3 d 2 h" in (stuck(old, begun, NOON + BEGINS_WITHIN + SECOND) or "")


@pytest.mark.parametrize("fault", [FailedError("x"), TimedOutError("x")])
@pytest.mark.parametrize("times", [TRIES - 1, TRIES])
def test_a_failing_call_is_made_again_so_many_times(fault: Exception, times: int) -> None:
    clock, faults = FakeClock(), [fault] * times

    def call() -> str:
        if faults:
            raise faults.pop()
        return "made"

    if times < TRIES:
        assert patiently(call, pauses(), clock.sleep) == "made"
    else:
        with pytest.raises(type(fault)):
            patiently(call, pauses(), clock.sleep)
    assert clock.slept > 0


def test_what_is_not_allowed_is_not_tried_again() -> None:
    clock = FakeClock()

    def call() -> str:
        raise DeniedError("no")

    with pytest.raises(DeniedError):
        patiently(call, pauses(), clock.sleep)
    assert clock.slept == 0


def test_the_time_of_aws_is_counted_on_and_never_goes_back() -> None:
    here = FakeClock()
    clock = AwsClock(NOON - timedelta(hours=5), here.monotonic)
    here.sleep(60)
    assert clock.now() == NOON - timedelta(hours=5) + timedelta(seconds=60)
    clock.hear(NOON - timedelta(hours=6))
    assert clock.now() == NOON - timedelta(hours=5) + timedelta(seconds=60)
    clock.hear(NOON)
    assert (clock.now(), clock.age) == (NOON, 0.0)
