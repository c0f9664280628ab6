from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.emulator.clock import Clock
from rehearsal.emulator.timeline import Appointments, Timeline

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Diary:
    """An agenda that writes down when each of its appointments was run."""

    def __init__(self, clock: Clock, then: Callable[[str], None] = lambda _key: None) -> None:
        self.appointments = Appointments[str]()
        self.seen: list[tuple[str, datetime]] = []
        self.renewed = 0
        self._clock = clock
        self._then = then

    def next_due(self) -> datetime | None:
        return self.appointments.next()

    def run_due(self, now: datetime) -> None:
        for key in self.appointments.take(now):
            self.seen.append((key, self._clock.now()))
            self._then(key)

    def renew(self) -> None:
        self.renewed += 1


class Machine:
    """The machine's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def timeline_with(**diaries: Diary) -> Callable[[Clock], Timeline]:
    def made(clock: Clock) -> Timeline:
        timeline = Timeline(clock)
        timeline.agendas.update(diaries)
        return timeline

    return made


def test_the_clock_stands_at_each_instant_that_it_is_moved_through() -> None:
    clock = Clock(Machine())
    diary = Diary(clock)
    for hours, key in ((3, "third"), (1, "first"), (2, "second")):
        diary.appointments.set(key, NOON + hours * HOUR)
    assert timeline_with(diary=diary)(clock).advance(2 * HOUR) == NOON + 2 * HOUR
    assert diary.seen == [("first", NOON + HOUR), ("second", NOON + 2 * HOUR)]
    assert clock.now() == NOON + 2 * HOUR


def test_what_one_agenda_sets_for_another_is_run_in_the_same_move_at_its_own_instant() -> None:
    clock = Clock(Machine())
    follower = Diary(clock)
    leader = Diary(clock, lambda key: follower.appointments.set(key, clock.now() + HOUR))
    leader.appointments.set("copy", NOON + HOUR)
    leader.appointments.set("later", NOON + 3 * HOUR)
    timeline_with(leader=leader, follower=follower)(clock).advance(3 * HOUR)
    assert follower.seen == [("copy", NOON + 2 * HOUR)]


def test_what_is_due_by_now_is_run_at_the_instant_at_which_it_was_due() -> None:
    machine = Machine()
    clock = Clock(machine)
    diary = Diary(clock)
    diary.appointments.set("job", NOON + HOUR)
    timeline = timeline_with(diary=diary)(clock)
    machine.now = NOON + HOUR - timedelta(microseconds=1)
    assert not timeline.settle()
    machine.now = NOON + 2 * HOUR
    assert timeline.settle()
    assert diary.seen == [("job", NOON + HOUR)]
    assert not timeline.settle()


def test_fails_when_the_clock_is_moved_back_and_runs_nothing() -> None:
    clock = Clock(Machine())
    diary = Diary(clock)
    diary.appointments.set("later", NOON + HOUR)
    with pytest.raises(ValueError, match="only moves forward"):
        timeline_with(diary=diary)(clock).advance(-HOUR)
    assert diary.seen == []


def test_fails_when_an_agenda_never_finishes() -> None:
    clock = Clock(Machine())
    diary = Diary(clock)

    def again(key: str) -> None:
        diary.seen.clear()
        diary.appointments.set(key, NOON)

    endless = Diary(clock, again)
    endless.appointments = diary.appointments
    diary.appointments.set("again", NOON)
    with pytest.raises(RuntimeError, match="'endless' never finishes what is due at 2026-11-22 12:00:00"):
        timeline_with(endless=endless)(clock).settle()


def test_every_agenda_is_renewed() -> None:
    clock = Clock(Machine())
    first, second = Diary(clock), Diary(clock)
    timeline_with(first=first, second=second)(clock).renew()
    assert (first.renewed, second.renewed) == (1, 1)


def test_an_appointment_that_was_moved_is_kept_once_and_at_its_last_instant() -> None:
    appointments = Appointments[str]()
    appointments.set("job", NOON)
    appointments.set("job", NOON + HOUR)
    assert appointments.take(NOON) == []
    assert appointments.next() == NOON + HOUR
    assert appointments.take(NOON + HOUR) == ["job"]
    assert appointments.next() is None


def test_an_appointment_that_was_dropped_never_comes() -> None:
    appointments = Appointments[str]()
    appointments.set("job", NOON)
    appointments.drop("job")
    appointments.drop("absent")
    assert appointments.next() is None
    appointments.set("job", NOON)
    appointments.clear()
    assert appointments.take(NOON) == []


def test_appointments_of_one_instant_come_in_the_order_of_being_set() -> None:
    appointments = Appointments[int]()
    for key in (3, 1, 2):
        appointments.set(key, NOON)
    assert appointments.take(NOON) == [3, 1, 2]
