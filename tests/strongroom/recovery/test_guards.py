import pytest

from strongroom.aws.identity import Identity
from strongroom.recovery import guards
from strongroom.recovery.errors import GuardError
from tests.strongroom.recovery.loss import BACKUP, FRESH, LOST, NIGHT, Loss, settings

MANAGEMENT, PIPELINE = "100000000001", "444444444444"


def who(account: str) -> Identity:
    return Identity(account, f"arn:aws:sts::{account}:assumed-role/strongroom-recover/me", NIGHT)


@pytest.mark.parametrize("account", [FRESH, LOST])
def test_a_new_account_and_the_old_one_may_be_restored_into(account: str) -> None:
    guards.accounts(settings(), who(account), who(BACKUP))


@pytest.mark.parametrize(("account", "kind"), [(BACKUP, "backup"), (MANAGEMENT, "management"), (PIPELINE, "pipeline")])
def test_fails_when_the_profile_lands_in_an_account_of_others(account: str, kind: str) -> None:
    with pytest.raises(GuardError, match=f"profile strongroom-prod must be .* got the {kind} account {account}"):
        guards.accounts(settings(), who(account), who(BACKUP))


def test_a_source_that_is_its_own_pipeline_may_come_back_there() -> None:
    accounts = {"own": LOST, "backup": BACKUP, "pipeline": LOST, "management": MANAGEMENT}
    guards.accounts(settings(accounts=accounts), who(LOST), who(BACKUP))


def test_fails_when_the_copies_lie_in_another_account() -> None:
    with pytest.raises(GuardError, match=f"the copies lie in account {BACKUP}, got 999999999999"):
        guards.accounts(settings(), who(FRESH), who("999999999999"))


def test_fails_when_both_profiles_land_in_one_account() -> None:
    with pytest.raises(GuardError, match=f"must be two, got {BACKUP} for both"):
        guards.apart(who(BACKUP), who(BACKUP))
    guards.apart(who(FRESH), who(BACKUP))


def test_a_table_of_another_name_is_not_in_the_way() -> None:
    loss = Loss()
    loss.aws.account(FRESH).table("receipts")
    guards.in_the_way(["receipts2"], loss.sessions.table_states("strongroom-prod"))


def test_fails_when_a_table_is_there_already_and_says_what_can_be_done() -> None:
    loss = Loss()
    loss.aws.account(FRESH).table("receipts")
    with pytest.raises(GuardError, match=r"table receipts exists already .* leave it out with --only"):
        guards.in_the_way(["passes", "receipts"], loss.sessions.table_states("strongroom-prod"))


def test_many_tables_in_the_way_are_counted() -> None:
    loss, many = Loss(), [f"table-{n:02}" for n in range(12)]
    for name in many:
        loss.aws.account(FRESH).table(name)
    with pytest.raises(GuardError) as refused:
        guards.in_the_way(many, loss.sessions.table_states("strongroom-prod"))
    lines = str(refused.value).splitlines()
    assert len(lines) == 11
    assert lines[-1] == "and 2 more tables"
