"""Step Functions: lets executions wait on the emulator's clock, and the clock wait for executions."""

import threading
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.timeline import AGENDAS, Appointments

ROLE: Final[ContextVar[str]] = ContextVar("role", default="")
"""ARN of the role of the state machine whose execution this thread runs."""
_STATES: Final[Any] = door.module("services.stepfunctions")
_LONGEST_SECONDS: Final = 20
"""Of the machine's time that the clock waits for executions which neither end nor wait."""


class Executions:
    """The executions of this process; each is run by a thread of MiniStack's."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._running = 0
        self._numbers = count()
        self._waiting: dict[int, threading.Event] = {}
        self._abandoned: set[int] = set()
        self._appointments: Appointments[int] = Appointments()

    def next_due(self) -> datetime | None:
        """Return when the first execution goes on; at once while one runs."""
        with self._turn:
            return self._appointments.next()

    def run_due(self, now: datetime) -> None:
        """Let the executions go on whose time has come, until each waits again or has ended."""
        with self._turn:
            for number in self._appointments.take(now):
                waiting = self._waiting.pop(number, None)
                if waiting:
                    self._running += 1
                    waiting.set()
            self._turn.wait_for(lambda: self._running <= 0, _LONGEST_SECONDS)

    def renew(self) -> None:
        """Abandon every execution: what it belonged to is gone."""
        with self._turn:
            self._appointments.clear()
            self._abandoned |= self._waiting.keys()
            for waiting in self._waiting.values():
                waiting.set()
            self._waiting.clear()

    def begin(self) -> None:
        """Note that a thread runs from now on; the clock waits for it."""
        with self._turn:
            self._running += 1
            self._appointments.set(next(self._numbers), clock.now())

    def end(self) -> None:
        """Note that a thread runs no more, or waits for somebody outside."""
        with self._turn:
            self._running -= 1
            self._turn.notify_all()

    def wait_until(self, at: datetime) -> None:
        """Let this thread wait on the emulator's clock.

        The main thread, on which a synchronous execution runs, waits for nothing: it is the one that moves the clock.

        Raises:
            SystemExit: The execution is abandoned; it ends the thread without a word.
        """
        if threading.current_thread() is threading.main_thread():
            return
        number, waiting = next(self._numbers), threading.Event()
        with self._turn:
            self._waiting[number] = waiting
            self._appointments.set(number, at)
            self._running -= 1
            self._turn.notify_all()
        waiting.wait()
        if number in self._abandoned:
            raise SystemExit


EXECUTIONS: Final = Executions()
AGENDAS["executions"] = EXECUTIONS


@replaces("services.stepfunctions:_start_execution", read="9923282fc76c57b9")
def start_execution(original: Any, data: door.Record) -> Any:
    """Let the clock wait for an execution from its beginning."""
    EXECUTIONS.begin()
    answer = original(data)
    if answer[0] != 200:
        EXECUTIONS.end()
    return answer


@replaces("services.stepfunctions:_run_execution", read="996dff84e0e0605a")
def run_execution(original: Any, execution_arn: str) -> None:
    """Run an execution with the rights of its state machine's role."""
    execution: door.Record = _STATES._executions.get(execution_arn) or {}  # noqa: SLF001 - a table
    machine: door.Record = _STATES._state_machines.get(execution.get("stateMachineArn")) or {}  # noqa: SLF001
    acting = ROLE.set(machine.get("roleArn", ""))
    try:
        original(execution_arn)
    finally:
        ROLE.reset(acting)
        if not execution.get("sync"):
            EXECUTIONS.end()


@replaces("services.stepfunctions:_run_sub_machine", read="f8d844168b1459f8")
def run_sub_machine(original: Any, *given: Any) -> Any:
    """Count a branch as a thread of its own."""
    EXECUTIONS.begin()
    try:
        return original(*given)
    finally:
        EXECUTIONS.end()


@replaces("services.stepfunctions:_execute_parallel", read="2166e1f53e5fd48d")
def execute_parallel(original: Any, *given: Any) -> Any:
    """Count the thread that waits for its branches as none."""
    return _outside(original, *given)


@replaces("services.stepfunctions:_execute_map", read="18ad3965291213ad")
def execute_map(original: Any, *given: Any) -> Any:
    """Count the thread that waits for its items as none."""
    return _outside(original, *given)


@replaces("services.stepfunctions:_invoke_activity", read="1fc6dceff76d55fc")
def invoke_activity(original: Any, *given: Any) -> Any:
    """Do not let the clock wait for a worker."""
    return _outside(original, *given)


@replaces("services.stepfunctions:_invoke_with_callback", read="bbb38423156a0d3d")
def invoke_with_callback(original: Any, *given: Any) -> Any:
    """Do not let the clock wait for whoever has the token."""
    return _outside(original, *given)


@replaces("services.stepfunctions:_scaled_sleep", read="5ed19df2efa98412")
def scaled_sleep(_original: Any, seconds: float) -> None:
    """Wait on the emulator's clock."""
    if seconds > 0:
        EXECUTIONS.wait_until(clock.now() + timedelta(seconds=float(seconds)))


@replaces("services.stepfunctions:_sleep_until", read="2738e0a4030c2d42")
def sleep_until(_original: Any, stamp: str) -> None:
    """Wait on the emulator's clock until a moment."""
    at = datetime.fromisoformat(stamp)
    due = at if at.tzinfo else at.replace(tzinfo=UTC)
    if due > clock.now():
        EXECUTIONS.wait_until(due)


@replaces("services.stepfunctions:now_iso", read="f75b8f2114211a94")
def now_iso(_original: Any) -> str:
    """Give executions the emulator's time."""
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _outside(original: Any, *given: Any) -> Any:
    EXECUTIONS.end()
    try:
        return original(*given)
    finally:
        EXECUTIONS.begin()
