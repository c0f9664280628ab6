"""A plan out of the real listings of points, one point a page in any order, or cut off."""

from random import Random

import pytest

from strongroom.aws.errors import FailedError
from strongroom.aws.points import BackupPoints, Point
from strongroom.recovery.plans import planning
from strongroom.recovery.plans.plan import Plan
from tests.strongroom.aws.canned import Answer, Asked, Canned, Listing, said
from tests.strongroom.aws.memory_backup import MemoryPoints
from tests.strongroom.aws.memory_sessions import MemorySessions
from tests.strongroom.recovery.loss import REGION, Loss


def listed(one: Point) -> dict[str, object]:
    """A point as AWS lists it."""
    return {
        "RecoveryPointArn": one.arn,
        "ResourceArn": one.resource_arn,
        "Status": one.status,
        "CreationDate": one.created.timestamp(),
        "BackupSizeInBytes": one.size_bytes,
        "Lifecycle": {"DeleteAfterDays": one.days},
        "CalculatedLifecycle": {"DeleteAt": one.deleted_at.timestamp()} if one.deleted_at else {},
    }


class PagedPoints(MemoryPoints):
    """Listings go through the real door, which is answered in pages."""

    seed: int = 0
    cut: int | None = None

    def in_vault(self, vault: str) -> list[Point]:
        held = [listed(one) for one in super().in_vault(vault)]
        Random(f"{self.seed} {vault}").shuffle(held)  # noqa: S311 - the same order on every run

        def answer(_operation: str, asked: Asked) -> Answer:
            return Listing("RecoveryPoints", held, cut=self.cut).page(asked) if held else said(RecoveryPoints=[])

        return BackupPoints(Canned("backup", answer).client).in_vault(vault)


class Paged(MemorySessions):
    """Sessions with such a door."""

    seed: int = 0
    cut: int | None = None

    def points(self, profile: str | None) -> MemoryPoints:
        door = PagedPoints(self.aws, self.profiles[profile])
        door.seed, door.cut = self.seed, self.cut
        return door


def plan(seed: int, cut: int | None = None) -> Plan:
    """The plan when listings come in such pages."""
    loss = Loss()
    paged = Paged(loss.aws, loss.sessions.profiles)
    paged.seed, paged.cut = seed, cut
    doors = planning.Doors(paged, Random(1), loss.told.append)  # noqa: S311 - the same run id every time
    return planning.plan(planning.Request("prod", REGION), doors)


@pytest.mark.parametrize("seed", range(5))
def test_listings_of_one_point_a_page_in_any_order_end_in_the_same_plan(seed: int) -> None:
    assert plan(seed) == Loss().plan()


@pytest.mark.parametrize("cut", [0, 1, 11])
def test_fails_when_a_page_comes_without_its_points(cut: int) -> None:
    with pytest.raises(FailedError, match="without RecoveryPoints"):
        plan(1, cut)
