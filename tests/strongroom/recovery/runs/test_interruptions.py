"""A run that is killed at any call, or meets a failing one, ends where one ends that nothing disturbed."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from strongroom.aws.errors import AwsError, FailedError, TimedOutError
from strongroom.recovery.runs.folder import Folder
from strongroom.recovery.runs.outcome import Outcome, State, outcome
from tests.strongroom.aws.memory_calls import Killed, When
from tests.strongroom.recovery.running import TABLES, Recovery, lost

_SOME, _MOST = 5, 50


def small(runs: Path) -> Recovery:
    """A small one with few looks at its jobs, because it is carried out hundreds of times."""
    return Recovery(runs, lost(*TABLES), poll=400.0)


@cache
def undisturbed() -> tuple[int, dict[str, object]]:
    """How many calls a run takes, and what it leaves."""
    with TemporaryDirectory() as runs:
        recovery = small(Path(runs))
        at = recovery.begin()
        before = recovery.loss.aws.wire.count()
        came = outcome(recovery.run(at))
        assert came.whole
        return recovery.loss.aws.wire.count() - before, recovery.state()


def calls() -> Iterator[int]:
    """Numbers of all calls of a run."""
    return iter(range(1, undisturbed()[0] + 1))


def again(recovery: Recovery, at: Folder) -> Outcome:
    """Take a run up."""
    return outcome(recovery.run(at))


def done(recovery: Recovery, at: Folder, killed_at: int) -> bool:
    """Take a run up and kill it at a call, unless it is whole before."""
    recovery.loss.aws.wire.troubles.clear()
    recovery.loss.aws.wire.trouble(killed_at, Killed())
    try:
        return again(recovery, at).whole
    except Killed:
        return False


@pytest.mark.parametrize("when", When)
def test_a_run_that_is_killed_at_any_call_is_taken_up_and_does_nothing_twice(tmp_path: Path, when: When) -> None:
    for nth in calls():
        recovery = small(tmp_path / str(nth))
        at = recovery.begin()
        recovery.loss.aws.wire.trouble(nth, Killed(), when)
        with pytest.raises(Killed):
            recovery.run(at)
        came = again(recovery, at)
        assert (nth, came.whole) == (nth, True)
        assert (nth, recovery.state()) == (nth, undisturbed()[1])


@pytest.mark.parametrize("when", When)
def test_a_call_that_fails_once_is_made_again_and_nothing_is_done_twice(tmp_path: Path, when: When) -> None:
    for nth in calls():
        recovery = small(tmp_path / str(nth))
        at = recovery.begin()
        recovery.loss.aws.wire.trouble(nth, TimedOutError("no answer"), when)
        try:
            came = again(recovery, at)
        except AwsError:
            came = again(recovery, at)
        assert (nth, came.whole) == (nth, True)
        assert (nth, recovery.state()) == (nth, undisturbed()[1])


def test_a_run_that_is_killed_again_and_again_still_ends(tmp_path: Path) -> None:
    recovery = small(tmp_path)
    at = recovery.begin()
    killed = 0
    while killed < _MOST and not done(recovery, at, 4 + 3 * killed):
        killed += 1
    assert killed > _SOME
    assert recovery.state() == undisturbed()[1]


def test_a_torn_last_line_is_passed_over_and_the_run_goes_on(tmp_path: Path) -> None:
    recovery = small(tmp_path)
    at = recovery.begin()
    recovery.loss.aws.wire.trouble(1, Killed(), When.AFTER, operation="restores.start")
    with pytest.raises(Killed):
        recovery.run(at)
    at.journal.write_bytes(at.journal.read_bytes() + b'{"event":"job","at":"2026-')
    assert again(recovery, at).whole
    assert recovery.state() == undisturbed()[1]


def test_a_call_that_keeps_failing_is_given_up_and_made_again_when_the_run_is_taken_up(tmp_path: Path) -> None:
    recovery = small(tmp_path)
    at = recovery.begin()
    recovery.loss.aws.wire.trouble(1, FailedError("InternalFailure: no"), operation="restores.start", times=24)
    came = again(recovery, at)
    assert [one.state for one in came.tables] == [State.FAILED] * len(TABLES)
    assert again(recovery, at).whole
    assert recovery.state() == undisturbed()[1]
