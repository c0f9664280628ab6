"""EventBridge Scheduler: when each schedule is due, and the invocations that are tried again."""

from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.registry import HOLDERS
from rehearsal.emulator.services.scheduler.invocations import Invocation, invoke
from rehearsal.emulator.services.scheduler.records import delay, first_due, is_once, next_due, time_of
from rehearsal.emulator.timeline import AGENDAS, Appointments

_SCHEDULER: Final[Any] = door.module("services.scheduler")
_OFF: Final = "DISABLED"
Key = tuple[str, str, str]


class Timetable:
    """The schedules and invocations of all accounts."""

    def __init__(self) -> None:
        self.due = door.AccountRegionScopedDict()
        """`group/name` -> when the schedule is due next."""
        self.again = door.AccountRegionScopedDict()
        """Id -> an invocation, and when it is tried again."""
        self._schedules: Appointments[Key] = Appointments()
        self._invocations: Appointments[Key] = Appointments()

    def next_due(self) -> datetime | None:
        """Return when there is something to do."""
        instants = [self._schedules.next(), self._invocations.next()]
        return min((instant for instant in instants if instant), default=None)

    def run_due(self, now: datetime) -> None:
        """Invoke the targets of what is due."""
        for key in self._schedules.take(now):
            with door.request_scope(key[0], key[1]):
                self._run(key)
        for key in self._invocations.take(now):
            with door.request_scope(key[0], key[1]):
                waiting: tuple[Invocation, datetime] | None = self.again.pop(key[2], None)
                if waiting:
                    self._try(waiting[0])

    def renew(self) -> None:
        """Begin again from the records."""
        self._schedules.clear()
        self._invocations.clear()
        for key, due in self.due.to_dict().items():
            self._appoint(key, due)
        for key, (_, due) in self.again.to_dict().items():
            self._invocations.set(key, due)

    def changed(self, name: str) -> None:
        """Take note of a schedule that was made, changed or deleted."""
        key = (door.account(), door.region(), name)
        self.due.pop(name, None)
        self._schedules.drop(key)
        schedule = _schedule(name)
        if schedule is None or schedule["State"] == _OFF:
            return
        due = first_due(schedule, time_of(schedule["LastModificationDate"]) or clock.now())
        if due:
            self._enter(key, due)

    def _enter(self, key: Key, due: datetime) -> None:
        self.due[key[2]] = due
        self._appoint(key, due)

    def _appoint(self, key: Key, due: datetime) -> None:
        schedule: door.Record | None = _SCHEDULER._schedules.get_scoped(*key)  # noqa: SLF001 - a table
        if schedule:
            self._schedules.set(key, due + delay(schedule, due))

    def _run(self, key: Key) -> None:
        due, schedule = self.due.pop(key[2], None), _schedule(key[2])
        if due is None or schedule is None:
            return
        upcoming = next_due(schedule, due)
        if upcoming:
            self._enter(key, upcoming)
        self._try(Invocation(schedule["Arn"], schedule["GroupName"], schedule["Target"], due))
        is_complete = upcoming is None and (is_once(schedule) or schedule.get("EndDate"))
        if is_complete and schedule["ActionAfterCompletion"] == "DELETE":
            _SCHEDULER._schedules.pop(key[2], None)  # noqa: SLF001 - a table

    def _try(self, invocation: Invocation) -> None:
        later = invoke(invocation)
        if later:
            key = (door.account(), door.region(), str(uuid4()))
            self.again[key[2]] = later
            self._invocations.set(key, later[1])


TIMETABLE: Final = Timetable()
HOLDERS["schedules"] = TIMETABLE
AGENDAS["schedules"] = TIMETABLE


@replaces("services.scheduler:_delete_schedule", read="c4752c981ec3b94f")
def delete_schedule(original: Any, name: str, query: door.Record) -> Any:
    """Take a schedule out of the timetable."""
    answer = original(name, query)
    TIMETABLE.changed(f"{query.get('groupName', 'default')}/{name}")
    return answer


@replaces("services.scheduler:_now", read="b2d8646dd7fcce16")
def now(_original: Any) -> float:
    """Give schedules the emulator's time."""
    return clock.now().timestamp()


@replaces("services.scheduler:start_scheduler", read="04a12e5e9f1eed76")
def start_scheduler(_original: Any) -> None:
    """Start no thread: the agenda above does its work."""


def _schedule(name: str) -> door.Record | None:
    return _SCHEDULER._schedules.get(name)  # noqa: SLF001 - a table
