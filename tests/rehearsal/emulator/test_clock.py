from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.emulator.clock import Clock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_clock_is_ahead_by_what_it_was_moved() -> None:
    clock = Clock(lambda: NOON)
    assert clock.now() == NOON
    assert clock.advance(timedelta(days=3)) == clock.now() == NOON + timedelta(days=3)
    assert clock.advance(timedelta()) == NOON + timedelta(days=3)


def test_fails_when_the_clock_is_moved_back() -> None:
    with pytest.raises(ValueError, match="the clock only moves forward, got -1 seconds"):
        Clock(lambda: NOON).advance(timedelta(seconds=-1))
