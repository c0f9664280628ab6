from datetime import timedelta

import pytest

from strongroom.aws.errors import AwsError, DeniedError, FailedError, NotThereError, TimedOutError
from strongroom.recovery.errors import GuardError, RequestError
from tests.strongroom.recovery.loss import BACKUP, FRESH, LOST, Loss, point, settings

RECEIPTS, BUNDLES = "prod-submit-receipts", "prod-submit-bundles"
READS = {"identity", "versions", "read", "in_vault", "point", "names", "state", "copies", "restores"}


def test_a_plan_brings_every_table_back_from_last_night() -> None:
    loss = Loss()
    plan = loss.plan()
    assert {one.point_arn for one in plan.chosen} == {point(table.name).arn for table in loss.declared.tables}
    assert [one.table for one in plan.chosen] == [table.name for table in loss.declared.tables]
    assert (plan.missing, plan.warnings) == ((), ())
    assert (plan.lost_account, plan.target_account, plan.backup_account) == (LOST, FRESH, BACKUP)
    assert plan.made == loss.aws.clock.now()
    assert {one.rpo_seconds for one in plan.chosen} == {9 * 3_600}


def test_a_plan_changes_nothing() -> None:
    loss = Loss()
    loss.plan()
    assert {call.operation.split(".")[1] for call in loss.aws.wire.made} <= READS


def test_the_settings_of_a_plan_are_those_of_the_new_account() -> None:
    plan = Loss().plan()
    assert plan.settings.accounts.own == FRESH
    assert plan.settings.tables == settings().tables


def test_quotas_are_those_of_the_account_that_does_the_work() -> None:
    loss = Loss()
    loss.aws.account(BACKUP).running_copies, loss.aws.account(FRESH).running_copies = 7, 1
    loss.aws.account(FRESH).running_restores, loss.aws.account(BACKUP).running_restores = 5, 1
    assert (loss.plan().quotas.copies, loss.plan().quotas.restores) == (7, 5)


def test_fails_when_no_table_has_a_point() -> None:
    loss = Loss()
    for stored in loss.aws.account(BACKUP).vaults.values():
        stored.points.clear()
    with pytest.raises(NotThereError) as refused:
        loss.plan()
    assert str(refused.value).count("cannot be brought back: no point of it is in the central vaults") == 6


@pytest.mark.parametrize("kind", [FailedError, DeniedError, TimedOutError])
@pytest.mark.parametrize("operation", ["points.point", "*.names", "quotas.*", "sts.*", "objects.versions"])
def test_fails_when_anything_cannot_be_read(kind: type[AwsError], operation: str) -> None:
    loss = Loss()
    loss.aws.wire.trouble(1, kind("reading: no"), operation=operation)
    with pytest.raises(kind, match="reading: no"):
        loss.plan()


def test_only_some_tables_can_be_brought_back_and_the_rest_is_named() -> None:
    plan = Loss().plan(only=(BUNDLES,))
    assert [one.table for one in plan.chosen] == [BUNDLES]
    (said,) = [one for one in plan.left_behind if one.startswith("tables that were not asked for: ")]
    assert RECEIPTS in said


@pytest.mark.parametrize("request_", [{"only": ("nope",)}, {"points": {"nope": "arn:x"}}])
def test_fails_when_a_table_is_not_in_the_settings(request_: dict[str, object]) -> None:
    with pytest.raises(RequestError, match=f"must name tables of {RECEIPTS}, .*got nope"):
        Loss().plan(**request_)


def test_fails_when_a_point_is_given_for_a_table_that_is_left_out() -> None:
    with pytest.raises(RequestError, match=f"--point must name tables of {BUNDLES}, got {RECEIPTS}"):
        Loss().plan(only=(BUNDLES,), points={RECEIPTS: point(RECEIPTS).arn})


def test_fails_when_the_instant_is_yet_to_come_and_not_when_it_is_now() -> None:
    loss = Loss()
    now = loss.aws.clock.now()
    assert loss.plan(at=now).at == now
    with pytest.raises(RequestError, match=r"--at must not lie in the future, .* it is 2026-11-22 12:00 UTC"):
        loss.plan(at=now + timedelta(seconds=1))


def test_fails_when_a_table_is_in_the_way_before_any_point_is_looked_at() -> None:
    loss = Loss()
    loss.aws.account(FRESH).table(BUNDLES)
    with pytest.raises(GuardError, match=f"table {BUNDLES} exists already"):
        loss.plan()
    assert loss.aws.wire.count("points.*") == 0
    assert [one.table for one in loss.plan(only=(RECEIPTS,)).chosen] == [RECEIPTS]


def test_fails_when_the_profile_lands_in_the_backup_account_before_anything_is_read() -> None:
    loss = Loss()
    loss.sessions.profiles["strongroom-prod"] = BACKUP
    with pytest.raises(GuardError):
        loss.plan()
    assert {call.operation for call in loss.aws.wire.made} == {"sts.identity"}


def test_two_plans_are_two_runs() -> None:
    assert Loss().plan().run == Loss().plan().run
    assert len(Loss().plan().run) == 8


def test_what_it_waits_for_is_told() -> None:
    loss = Loss()
    loss.plan()
    assert loss.told == ["reading the settings manifest", "listing the recovery points", "reading 6 recovery points"]


def test_fails_when_the_profile_lands_in_an_account_of_others_before_any_point_is_looked_at() -> None:
    loss = Loss()
    loss.sessions.profiles["strongroom-prod"] = "100000000001"
    with pytest.raises(GuardError, match="got the management account 100000000001"):
        loss.plan()
    assert loss.aws.wire.count("points.*") == 0
