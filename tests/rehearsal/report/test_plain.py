import io
from datetime import UTC, datetime, timedelta

from rehearsal.report.plain import Plain

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Listener:
    """Plain progress with a clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOON
        self.out = io.StringIO()
        self.plain = Plain(self.out, lambda: self.time)

    def says(self, line: str, after: float) -> None:
        self.time += timedelta(seconds=after)
        self.plain.says("up prod", line)


def test_each_line_has_the_time_of_day() -> None:
    listener = Listener()
    listener.plain.begin("up prod")
    listener.time += timedelta(seconds=7)
    listener.plain.end("up prod", "ok", 7.04)
    assert listener.out.getvalue() == "12:00:00 up prod ...\n12:00:07 up prod: ok (7.0 s)\n"


def test_a_part_that_takes_long_is_heard_every_two_seconds() -> None:
    listener = Listener()
    listener.plain.begin("up prod")
    for line in ("at 1.9", "at 3.8", "at 5.7"):
        listener.says(line, after=1.9)
    assert listener.out.getvalue().splitlines()[1:] == ["12:00:03 up prod: at 3.8"]


def test_at_two_seconds_it_is_heard() -> None:
    listener = Listener()
    listener.plain.begin("up prod")
    listener.says("at 2", after=2.0)
    assert "at 2" in listener.out.getvalue()


def test_nothing_said_is_nothing_written() -> None:
    listener = Listener()
    listener.plain.begin("up prod")
    listener.says("", after=5)
    assert len(listener.out.getvalue().splitlines()) == 1
