from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.dynamodb.holding import DAY, NAME, advance, held, item, put, switch_on

pytestmark = pytest.mark.emulator


def _expiring(name: str, at: datetime | timedelta | str, attribute: str = "expires") -> dict[str, Any]:
    number = at if isinstance(at, str) else f"{at.timestamp():.0f}" if isinstance(at, datetime) else ""
    return item(name) | {attribute: {"N": number}}


def _switch(dynamodb: Any, *, on: bool = True) -> None:
    dynamodb.update_time_to_live(TableName=NAME, TimeToLiveSpecification={"Enabled": on, "AttributeName": "expires"})


def test_an_item_past_its_time_stays_readable_and_is_removed_later(emulator: Emulator, dynamodb: Any) -> None:
    _switch(dynamodb)
    start = emulator.now()
    put(dynamodb, _expiring("soon", start + DAY), _expiring("late", start + 10 * DAY), item("never"))
    advance(emulator, 3 * DAY - timedelta(minutes=1))
    assert held(dynamodb).keys() == {"soon", "late", "never"}
    advance(emulator, timedelta(minutes=2))
    assert held(dynamodb).keys() == {"late", "never"}
    advance(emulator, 100 * DAY)
    assert held(dynamodb).keys() == {"never"}


def test_a_time_that_is_changed_or_taken_away_counts_as_it_is_now(emulator: Emulator, dynamodb: Any) -> None:
    _switch(dynamodb)
    start = emulator.now()
    put(dynamodb, *(_expiring(name, start + DAY) for name in ("longer", "for-ever", "gone")))
    put(dynamodb, _expiring("longer", start + 5 * DAY), item("for-ever"))
    dynamodb.delete_item(TableName=NAME, Key=item("gone"))
    advance(emulator, 4 * DAY)
    assert held(dynamodb).keys() == {"longer", "for-ever"}
    advance(emulator, 4 * DAY)
    assert held(dynamodb).keys() == {"for-ever"}


def test_what_is_no_time_or_a_time_long_past_removes_nothing(emulator: Emulator, dynamodb: Any) -> None:
    _switch(dynamodb)
    old = emulator.now() - 6 * 365 * DAY
    put(dynamodb, _expiring("old", old), _expiring("other", emulator.now(), "until"), _expiring("huge", "1E+30"))
    put(dynamodb, item("text", expires=1))
    advance(emulator, 400 * DAY)
    assert held(dynamodb).keys() == {"old", "other", "huge", "text"}


def test_items_of_before_expire_from_when_it_is_switched_on(emulator: Emulator, dynamodb: Any) -> None:
    put(dynamodb, _expiring("a", emulator.now()))
    advance(emulator, 10 * DAY)
    assert held(dynamodb).keys() == {"a"}
    _switch(dynamodb)
    advance(emulator, DAY)
    assert held(dynamodb).keys() == {"a"}
    advance(emulator, DAY + timedelta(minutes=1))
    assert held(dynamodb) == {}


def test_nothing_expires_once_it_is_switched_off(emulator: Emulator, dynamodb: Any) -> None:
    _switch(dynamodb)
    put(dynamodb, _expiring("a", emulator.now()))
    _switch(dynamodb, on=False)
    advance(emulator, 10 * DAY)
    assert held(dynamodb).keys() == {"a"}


def test_a_removal_is_part_of_the_history(emulator: Emulator, dynamodb: Any) -> None:
    _switch(dynamodb)
    switch_on(dynamodb)
    put(dynamodb, _expiring("a", emulator.now()))
    advance(emulator, DAY)
    instant = emulator.now()
    advance(emulator, 2 * DAY)
    assert held(dynamodb) == {}
    dynamodb.restore_table_to_point_in_time(SourceTableName=NAME, TargetTableName="back", RestoreDateTime=instant)
    assert held(dynamodb, "back").keys() == {"a"}
