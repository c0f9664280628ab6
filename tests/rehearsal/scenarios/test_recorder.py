from collections.abc import Sequence

from rehearsal.local.control import Call
from rehearsal.scenarios.recorder import Recorder


def call(n: int, status: int = 200) -> Call:
    return Call(
        n=n,
        kind="role",
        principal="arn:aws:sts::111111111111:assumed-role/strongroom-deploy/prod-deploy",
        account="111111111111",
        region="eu-west-2",
        service="dynamodb",
        operation="CreateTable",
        status=status,
        error=None,
        sealed=True,
    )


class Emulator:
    """Keeps calls as the emulator does."""

    def __init__(self, *calls: Call) -> None:
        self.calls = list(calls)

    def since(self, n: int) -> tuple[Sequence[Call], int]:
        return [one for one in self.calls if one.n > n], len(self.calls)


def test_each_call_is_fetched_once() -> None:
    emulator = Emulator(call(1), call(2))
    recorder = Recorder(emulator.since)
    assert recorder.newest() == 2
    emulator.calls.append(call(3))
    assert [one.n for one in recorder.calls(since=1)] == [2, 3]


def test_a_call_that_is_still_being_answered_is_looked_at_again() -> None:
    emulator = Emulator(call(1), call(2, status=0), call(3))
    recorder = Recorder(emulator.since)
    assert recorder.newest() == 1
    emulator.calls[1] = call(2, status=403)
    assert [(one.n, one.status) for one in recorder.calls()] == [(1, 200), (2, 403), (3, 200)]


def test_nothing_was_called_yet() -> None:
    assert Recorder(Emulator().since).newest() == 0
