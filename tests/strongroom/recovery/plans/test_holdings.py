from datetime import timedelta

import pytest

from strongroom.aws.errors import AwsError, DeniedError, FailedError, NotThereError, TimedOutError
from strongroom.aws.points import Point
from strongroom.config import manifest
from strongroom.recovery.errors import GuardError
from strongroom.recovery.plans.plan import Plan
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_backup import MemoryPoints
from tests.strongroom.aws.memory_sessions import MemorySessions
from tests.strongroom.recovery.loss import BACKUP, DAY, NIGHT, Loss, point, settings, vault

RECEIPTS = "prod-submit-receipts"


def warned(plan: Plan, part: str) -> str:
    (said,) = [one for one in plan.warnings if part in one]
    return said


def test_a_plan_reads_each_vault_once_and_each_chosen_point_once() -> None:
    loss = Loss()
    loss.declare()
    loss.plan()
    tables = len(loss.declared.tables)
    assert (loss.aws.wire.count("points.in_vault"), loss.aws.wire.count("points.point")) == (3, tables)


class _VanishingPoints(MemoryPoints):
    """A point that is listed and gone when it is read."""

    def point(self, vault: str, arn: str) -> Point | None:
        return None if arn == point(RECEIPTS).arn else super().point(vault, arn)


class _Vanishing(MemorySessions):
    def points(self, profile: str | None) -> MemoryPoints:
        return _VanishingPoints(self.aws, self.profiles[profile])


def test_a_point_that_vanished_since_it_was_listed_gives_way_to_the_one_before() -> None:
    loss = Loss()
    loss.sessions = _Vanishing(loss.aws, loss.sessions.profiles)
    (found,) = [one for one in loss.plan().chosen if one.table == RECEIPTS]
    assert (found.created, found.older_because) == (
        NIGHT - DAY,
        "the point of 2026-11-22 03:00 UTC is not there any more",
    )


def test_a_point_that_turns_out_to_be_cold_gives_way_to_one_that_is_not() -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), storage_class="COLD")
    (found,) = [one for one in loss.plan().chosen if one.table == RECEIPTS]
    assert loss.aws.wire.count("points.point") == 7
    assert found.created == NIGHT - DAY
    assert found.older_because == "the point of 2026-11-22 03:00 UTC is in cold storage, from where AWS copies nothing"


@pytest.mark.parametrize(
    ("denied", "says"), [(False, "is not there; whatever"), (True, "is not there, or may not be read; whatever")]
)
def test_a_vault_that_is_gone_is_told_and_the_others_still_serve(denied: bool, says: str) -> None:
    loss = Loss(aws=MemoryAws(absent_vaults_are_denied=denied))
    del loss.aws.account(BACKUP).vaults[vault("weekly")]
    plan = loss.plan()
    assert warned(plan, vault("weekly")).startswith(f"vault {vault('weekly')} {says} it holds is left out (")
    assert len(plan.chosen) == 6


@pytest.mark.parametrize(("denied", "kind"), [(False, NotThereError), (True, DeniedError)])
def test_fails_when_every_vault_is_gone(denied: bool, kind: type[AwsError]) -> None:
    loss = Loss(aws=MemoryAws(absent_vaults_are_denied=denied))
    loss.aws.account(BACKUP).vaults.clear()
    with pytest.raises(kind, match=f"account {BACKUP} has none of the vaults {vault()}, .* that can be read"):
        loss.plan()


@pytest.mark.parametrize("kind", [FailedError, TimedOutError])
@pytest.mark.parametrize("nth", [1, 3, 4])
def test_fails_when_a_vault_cannot_be_read_to_its_end(kind: type[AwsError], nth: int) -> None:
    loss = changed()
    loss.have(point(RECEIPTS, vault="strongroom-prod-daily-40-90"))
    loss.aws.wire.trouble(nth, kind("listing: cut off"), operation="points.in_vault")
    with pytest.raises(kind, match="listing: cut off"):
        loss.plan()


def test_a_plan_of_many_tables_reads_no_more_than_it_must() -> None:
    names = [f"table-{n:03}" for n in range(250)]
    loss = Loss(settings(*names))
    plan = loss.plan()
    assert len(plan.chosen) == 250
    assert loss.aws.wire.count() <= 250 + 12


def test_a_point_that_is_asked_for_is_read_again_as_well() -> None:
    loss, old = Loss(), point(RECEIPTS, NIGHT - DAY)
    loss.change(old, storage_class="COLD")
    with pytest.raises(GuardError, match="is in cold storage"):
        loss.plan(points={RECEIPTS: old.arn})


def changed() -> Loss:
    """Retention was changed since the last backup, so that the daily vault is a new and empty one."""
    loss = Loss()
    loss.declare(manifest.of(settings(retentionDays={"daily": 40, "weekly": 90, "monthly": 2557})))
    loss.aws.account(BACKUP).vault("strongroom-prod-daily-40-90")
    return loss


def test_points_in_a_vault_of_earlier_settings_still_serve() -> None:
    plan = changed().plan()
    assert {one.vault for one in plan.chosen} == {vault("daily")}
    assert {one.created for one in plan.chosen} == {NIGHT}
    assert plan.warnings == ()


def test_a_point_in_the_new_vault_is_newer_than_those_in_the_former() -> None:
    loss = changed()
    new = point(RECEIPTS, NIGHT + timedelta(minutes=30), vault="strongroom-prod-daily-40-90")
    loss.have(new)
    assert loss.plan(only=(RECEIPTS,)).chosen[0].point_arn == new.arn


def test_a_vault_of_earlier_settings_that_is_gone_is_no_matter() -> None:
    loss = Loss()
    loss.declare(manifest.of(settings(retentionDays={"daily": 40, "weekly": 90, "monthly": 2557})))
    loss.declare()
    assert loss.plan().warnings == ()


def test_a_vault_of_earlier_settings_that_may_not_be_read_is_told() -> None:
    loss = changed()
    loss.have(point(RECEIPTS, vault="strongroom-prod-daily-40-90"))
    loss.aws.wire.trouble(4, DeniedError("AccessDenied"), operation="points.in_vault")
    assert warned(loss.plan(), vault("daily")) == (
        f"vault {vault('daily')} is not there, or may not be read; whatever it holds is left out (AccessDenied)"
    )


def test_an_earlier_version_that_cannot_be_read_is_no_matter() -> None:
    loss = Loss()
    loss.declare(b"{")
    loss.declare()
    assert loss.plan().warnings == ()
