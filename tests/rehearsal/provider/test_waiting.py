from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.errors import ProviderError, codes
from rehearsal.provider.waiting import Pace, Wait, retried, until
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.stubbed import Clock


def states(*seen: str) -> Callable[[], str]:
    """Looks that find these states, and the last one ever after."""
    left = list(seen)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def paced(clock: Clock, scale: float = 1.0, patience: float = 1.0) -> Pace:
    """A pace on this clock."""
    return Pace(clock=clock.read, sleep=clock.sleep, scale=scale, patience=patience)


def test_a_wait_ends_at_its_target_and_doubles_its_steps() -> None:
    clock = Clock()
    until(paced(clock), Wait(target="ACTIVE", timeout=600), states("CREATING", "CREATING", "CREATING", "ACTIVE"))
    assert clock.slept == [0.1, 0.2, 0.4]


def test_steps_grow_to_ten_seconds_at_most() -> None:
    clock = Clock()
    until(paced(clock), Wait(target="ACTIVE", timeout=600), states(*["CREATING"] * 10, "ACTIVE"))
    assert max(clock.slept) == 10.0


def test_a_target_may_have_to_be_seen_several_times_running() -> None:
    clock = Clock()
    wait = Wait(target="ok", timeout=600, in_a_row=2, every=1.0, delay=5.0)
    until(paced(clock), wait, states("ok", "no", "ok", "ok"))
    assert clock.slept == [5.0, 1.0, 1.0, 1.0]


def test_times_are_scaled() -> None:
    clock = Clock()
    until(paced(clock, 0.5), Wait(target="ok", timeout=600, every=1.0, delay=4.0), states("no", "ok"))
    assert clock.slept == [2.0, 0.5]


def test_limits_are_scaled_by_themselves_and_told_as_the_real_ones() -> None:
    clock = Clock()
    with pytest.raises(ProviderError, match="timeout: 10m0s"):
        until(paced(clock, 0.5, 0.1), Wait(target="ok", timeout=600, every=2.0), states("no"))
    assert 60 <= clock.now <= 61


def test_fails_when_the_time_is_over() -> None:
    sentence = r"timeout while waiting for state to become 'ok' \(last state: 'no', timeout: 10m0s\)"
    clock = Clock()
    with pytest.raises(ProviderError, match=sentence):
        until(paced(clock), Wait(target="ok", timeout=600), states("no"))
    assert 600 <= clock.now <= 610


def test_fails_when_another_end_is_seen() -> None:
    wait = Wait(target="ok", pending=("no",), timeout=600)
    with pytest.raises(ProviderError, match="unexpected state 'FAILED', wanted target 'ok'"):
        until(paced(Clock()), wait, states("no", "FAILED"))


def failing(times: int, code: str = "Slow") -> Callable[[], str]:
    """A call that fails a few times."""
    left = [client_error(code)] * times

    def call() -> str:
        if left:
            raise left.pop()
        return "done"

    return call


def test_a_passing_error_is_waited_out() -> None:
    clock = Clock()
    assert retried(paced(clock), 120, codes("Slow"), failing(3)) == "done"
    assert clock.slept == [0.1, 0.2, 0.4]


@pytest.mark.parametrize(("code", "tries"), [("Slow", 10**6), ("Other", 1)])
def test_fails_when_an_error_stays_or_is_another(code: str, tries: int) -> None:
    clock = Clock()
    with pytest.raises(ClientError):
        retried(paced(clock), 120, codes("Slow"), failing(tries, code))
    assert (clock.now >= 120) is (code == "Slow")
