import pytest

from rehearsal.emulator.services.backup.points.lives import calculated, fits_lock
from rehearsal.emulator.services.backup.records import Lock
from rehearsal.emulator.services.backup.shapes import Lifecycle

_DAY = 86_400
_OUTSIDE = "The retention specified in the job is not within the range specified for the target Backup Vault."


def _lock(least: int | None, most: int | None) -> Lock:
    return {"MinRetentionDays": least, "MaxRetentionDays": most, "LockDate": None}


@pytest.mark.parametrize(
    ("least", "most", "days", "fits"),
    [
        (35, 90, 34, False),
        (35, 90, 35, True),
        (35, 90, 90, True),
        (35, 90, 91, False),
        (35, 90, None, False),
        (35, None, 34, False),
        (35, None, 35, True),
        (35, None, None, True),
        (None, 90, 1, True),
        (None, 90, 90, True),
        (None, 90, 91, False),
        (None, 90, None, False),
        (None, None, 1, True),
        (None, None, None, True),
        (1, 36_500, 36_500, True),
        (1, 36_500, None, False),
    ],
)
def test_a_life_fits_a_lock_between_its_bounds(
    least: int | None, most: int | None, days: int | None, *, fits: bool
) -> None:
    life: Lifecycle = {} if days is None else {"DeleteAfterDays": days}
    assert fits_lock(_lock(least, most), life) == (None if fits else _OUTSIDE)


def test_every_life_fits_a_vault_without_lock() -> None:
    assert fits_lock(None, {}) is None
    assert fits_lock(None, {"DeleteAfterDays": 1}) is None


def test_dates_count_from_the_creation() -> None:
    life: Lifecycle = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    dates = {"MoveToColdStorageAt": 1_000.5 + 8 * _DAY, "DeleteAt": 1_000.5 + 98 * _DAY}
    assert calculated(1_000.5, life, can_go_cold=True) == dates


def test_a_life_without_end_has_no_dates() -> None:
    assert calculated(1_000.5, {}, can_go_cold=True) == {}


def test_the_move_to_cold_storage_is_ignored_where_there_is_none() -> None:
    life: Lifecycle = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    assert calculated(0, life, can_go_cold=False) == {"DeleteAt": 98 * _DAY}
