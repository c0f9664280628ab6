import pytest

from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup.points import lifecycles
from rehearsal.emulator.services.backup.shapes import Lifecycle


@pytest.mark.parametrize(
    "life",
    [
        Lifecycle(),
        Lifecycle(DeleteAfterDays=1),
        Lifecycle(DeleteAfterDays=36500),
        Lifecycle(MoveToColdStorageAfterDays=1),
        Lifecycle(MoveToColdStorageAfterDays=10, DeleteAfterDays=100),
    ],
)
def test_a_life_that_aws_backup_takes(life: Lifecycle) -> None:
    lifecycles.check("daily", life)


@pytest.mark.parametrize(
    "life",
    [
        Lifecycle(DeleteAfterDays=0),
        Lifecycle(DeleteAfterDays=-1),
        Lifecycle(DeleteAfterDays=36501),
        Lifecycle(MoveToColdStorageAfterDays=0),
        Lifecycle(MoveToColdStorageAfterDays=10, DeleteAfterDays=99),
    ],
)
def test_fails_when_no_point_can_live_so(life: Lifecycle) -> None:
    with pytest.raises(Refused, match="Error in rule daily : Invalid lifecycle") as refused:
        lifecycles.check("daily", life)
    assert refused.value.code == "InvalidParameterValueException"


@pytest.mark.parametrize(
    "life", [Lifecycle(), Lifecycle(DeleteAfterDays=36), Lifecycle(MoveToColdStorageAfterDays=1, DeleteAfterDays=35)]
)
def test_fails_when_a_continuous_backup_goes_cold_or_lives_longer_than_35_days(life: Lifecycle) -> None:
    with pytest.raises(Refused):
        lifecycles.refuse_a_continuous_backup_that_cannot_be_kept("daily", life)


def test_a_continuous_backup_lives_up_to_35_days() -> None:
    lifecycles.refuse_a_continuous_backup_that_cannot_be_kept("daily", Lifecycle(DeleteAfterDays=35))
