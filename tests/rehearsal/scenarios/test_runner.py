import threading
from collections.abc import Callable, Mapping

import pytest

from rehearsal.local.errors import RehearsalError
from rehearsal.local.patience import Patience
from rehearsal.local.progress import Silent
from rehearsal.scenarios.runner import Runner
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, Mark, Result, Step

WAIT = 10


def never(_: Scene) -> None:
    raise AssertionError("the runner is given what to do")


def step(name: str, *needs: str, last: bool = False) -> Step:
    return Step(name, f"{name} works", never, needs, last=last)


def run(*steps: Step, doing: Mapping[str, Callable[[], None]] | None = None, workers: int = 2) -> list[Result]:
    todo = doing or {}

    def do(one: Step) -> None:
        todo.get(one.name, lambda: None)()

    return Runner(do, lambda: None, Silent(), lambda: 0, lambda _step, _since: 0, Patience(), workers).run(steps)


def failing(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def marks(results: list[Result]) -> dict[str, Mark]:
    return {result.step.name: result.mark for result in results}


def test_results_come_in_the_order_of_the_steps() -> None:
    results = run(step("a"), step("b"), step("c", "a"))
    assert [result.step.name for result in results] == ["a", "b", "c"]
    assert set(marks(results).values()) == {Mark.HELD}


def test_a_step_begins_when_what_it_needs_has_held() -> None:
    done: list[str] = []
    doing = {name: (lambda name=name: done.append(name)) for name in "abc"}
    run(step("a"), step("b", "a"), step("c", "b"), doing=doing)
    assert done == ["a", "b", "c"]


def test_steps_that_do_not_need_each_other_run_beside_each_other() -> None:
    both = threading.Barrier(2, timeout=WAIT)
    doing = {"a": lambda: void(both.wait()), "b": lambda: void(both.wait())}
    assert set(marks(run(step("a"), step("b"), doing=doing)).values()) == {Mark.HELD}


def void(_: object) -> None:
    """Drop a value."""


def test_no_more_steps_run_at_a_time_than_workers() -> None:
    running, most = [0], [0]
    changing = threading.Lock()

    def count(by: int) -> None:
        with changing:
            running[0] += by
            most[0] = max(most[0], running[0])

    doing = {name: (lambda: (count(1), count(-1), None)[2]) for name in "abcd"}
    run(*(step(name) for name in "abcd"), doing=doing, workers=1)
    assert most[0] == 1


def test_a_failed_check_stops_only_what_needs_it() -> None:
    check = CheckError("the door", expected="shut", got="open")
    results = run(step("a"), step("b", "a"), step("c", "b"), step("d"), doing={"a": failing(check)})
    assert marks(results) == {"a": Mark.FAILED, "b": Mark.NOT_RUN, "c": Mark.NOT_RUN, "d": Mark.HELD}
    assert results[0].failure is check
    assert results[1].failure
    assert results[1].failure.expected == "a"


def test_what_cannot_be_done_is_a_failure_and_no_crash() -> None:
    (result,) = run(step("a"), doing={"a": failing(RehearsalError("the engine is gone"))})
    assert result.mark is Mark.FAILED
    assert result.failure
    assert result.failure.got == "the engine is gone"


def test_a_last_step_judges_also_after_a_failure() -> None:
    done: list[str] = []
    doing = {"a": failing(CheckError("x", expected=1, got=2)), "z": lambda: done.append("z")}
    assert marks(run(step("z", last=True), step("a"), doing=doing))["z"] is Mark.HELD
    assert done == ["z"]


def test_a_last_step_waits_for_every_other() -> None:
    done: list[str] = []
    doing = {name: (lambda name=name: done.append(name)) for name in "abz"}
    run(step("z", last=True), step("a"), step("b", "a"), doing=doing)
    assert done[-1] == "z"


@pytest.mark.parametrize("wrong", [(step("a", "b"), step("b")), (step("a", "a"),), (step("a"), step("a"))])
def test_fails_when_steps_are_in_disorder(wrong: tuple[Step, ...]) -> None:
    with pytest.raises(ValueError, match="stands twice or before"):
        run(*wrong)


def test_an_interrupt_ends_what_steps_wait_for() -> None:
    released = threading.Event()

    def do(one: Step) -> None:
        if one.name == "b":
            raise KeyboardInterrupt
        assert released.wait(WAIT)

    runner = Runner(do, released.set, Silent(), lambda: 0, lambda _step, _since: 0)
    with pytest.raises(KeyboardInterrupt):
        runner.run([step("a"), step("b")])
    assert released.is_set()
