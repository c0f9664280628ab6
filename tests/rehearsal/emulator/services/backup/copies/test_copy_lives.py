from typing import Any

import pytest

from rehearsal.emulator.services.backup.copies.copy_lives import life_of_copy, without_always

_SOURCE: Any = {"DeleteAfterDays": 35, "MoveToColdStorageAfterDays": 8}


@pytest.mark.parametrize(
    ("asked", "life"),
    [
        (None, _SOURCE),
        ({}, _SOURCE),
        ({"DeleteAfterDays": 90}, {"DeleteAfterDays": 90}),
        ({"DeleteAfterDays": 36500}, {"DeleteAfterDays": 36500}),
        ({"DeleteAfterDays": -1}, {"DeleteAfterDays": 35}),
        ({"DeleteAfterDays": -1, "MoveToColdStorageAfterDays": -1}, {"DeleteAfterDays": 35}),
        (
            {"DeleteAfterDays": 120, "MoveToColdStorageAfterDays": 30},
            {"DeleteAfterDays": 120, "MoveToColdStorageAfterDays": 30},
        ),
    ],
)
def test_a_copy_lives_as_asked_or_as_its_source(asked: Any, life: dict[str, int]) -> None:
    assert life_of_copy(asked, _SOURCE) == life


def test_always_stays_without_end_where_the_source_has_none() -> None:
    assert life_of_copy({"DeleteAfterDays": -1}, {}) == {}


def test_always_is_no_number_of_days() -> None:
    assert without_always({"DeleteAfterDays": -1, "MoveToColdStorageAfterDays": -1}) == {}
    assert without_always({"DeleteAfterDays": 35}) == {"DeleteAfterDays": 35}
