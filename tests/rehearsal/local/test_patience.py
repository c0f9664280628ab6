import pytest

from rehearsal.local.errors import TookTooLongError
from rehearsal.local.patience import Patience


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def patience(self) -> Patience:
        return Patience(self.monotonic, self.sleep, pause_seconds=1)


def test_the_first_answer_is_returned() -> None:
    time = Time()
    assert time.patience().until(lambda: "yes" if time.now >= 3 else None, 5, "it") == "yes"
    assert time.now == 3


def test_an_answer_at_the_bound_counts() -> None:
    time = Time()
    assert time.patience().until(lambda: "yes" if time.now >= 5 else None, 5, "it") == "yes"


def test_fails_when_the_answer_comes_after_the_bound() -> None:
    time = Time()
    with pytest.raises(TookTooLongError, match="the tide took longer than 5 seconds"):
        time.patience().until(lambda: "yes" if time.now >= 6 else None, 5, "the tide")
