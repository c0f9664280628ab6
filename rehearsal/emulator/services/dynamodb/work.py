"""What DynamoDB does after its answer: a restore, an export, an import, an expiry, each at its instant."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, NamedTuple

from rehearsal.emulator import door
from rehearsal.emulator.timeline import AGENDAS, Appointments


class Task(NamedTuple):
    """Something of an account in a region that is due at some instant."""

    account: str
    region: str
    name: str
    """Of the table, or ARN of the job."""


class Work:
    """An agenda of tasks of one kind.

    Args:
        name: Of the agenda.
        run: Does a task; called with the account and region of the task set.
        pending: Returns every task there is and its instant, from the records.
    """

    def __init__(
        self, name: str, run: Callable[[Task], None], pending: Callable[[], Iterable[tuple[Task, datetime]]]
    ) -> None:
        self._run = run
        self._pending = pending
        self._appointments: Final = Appointments[Task]()
        AGENDAS[name] = self

    def at(self, name: str, due: datetime) -> None:
        """Have a task of the account and region of the request done at an instant, in the place of an earlier one."""
        self._appointments.set(Task(door.account(), door.region(), name), due)

    def next_due(self) -> datetime | None:
        """Return the earliest instant at which there is something to do."""
        return self._appointments.next()

    def run_due(self, now: datetime) -> None:
        """Do what is due."""
        for task in self._appointments.take(now):
            with door.request_scope(task.account, task.region):
                self._run(task)

    def renew(self) -> None:
        """Begin again from the records."""
        self._appointments.clear()
        for task, due in self._pending():
            self._appointments.set(task, due)
