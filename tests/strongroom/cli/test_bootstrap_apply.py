import json

import pytest

from strongroom.aws.errors import FailedError, WrongAccountError
from strongroom.cli.bootstrap_apply import Options, run
from strongroom.cli.exits import Exit
from strongroom.cli.faults import RefusedError, UsageError
from tests.strongroom.cli.administration import FakeAccount, Screen
from tests.strongroom.documents.example import BACKUP, PIPELINE, PROD

BACKUP_NOW = Options("backup", yes=True)


def changes(account: FakeAccount) -> list[str]:
    return [asked for asked in account.fake_stacks.asked if not asked.startswith("status")]


def test_a_fresh_account_gets_the_stack_and_is_read_back() -> None:
    account, screen = FakeAccount(PIPELINE), Screen()
    assert run(Options("pipeline", yes=True), screen.doors(account)) is Exit.OK
    assert changes(account)[0].startswith("create strongroom-bootstrap ")
    assert account.asked_for == ["eu-west-2"]
    assert f"stack strongroom-bootstrap in account {PIPELINE}: created\n" in screen.out.getvalue()


def test_applied_again_it_changes_nothing() -> None:
    account, screen = FakeAccount(BACKUP, ["CREATE_COMPLETE"], changed=False), Screen()
    assert run(BACKUP_NOW, screen.doors(account)) is Exit.OK
    assert "unchanged" in screen.out.getvalue()


def test_the_plan_names_what_is_made_and_who_takes_it() -> None:
    account, screen = FakeAccount(PIPELINE), Screen()
    run(Options("pipeline", dry_run=True), screen.doors(account))
    plan = screen.out.getvalue()
    assert plan.startswith(f"account {PIPELINE} in eu-west-2, as arn:aws:sts::{PIPELINE}:")
    assert "create stack strongroom-bootstrap (" in plan
    assert "role strongroom-state-ci, taken by repo:example/strongroom:pull_request, " in plan
    assert f"bucket strongroom-state-{PIPELINE}-eu-west-2 and key alias/strongroom/state, kept" in plan


def test_a_dry_run_prints_the_plan_of_the_real_run_and_changes_nothing() -> None:
    planned, done = Screen(), Screen(typed=BACKUP)
    untouched = FakeAccount(BACKUP)
    assert run(Options("backup", dry_run=True), planned.doors(untouched)) is Exit.OK
    run(Options("backup"), done.doors(FakeAccount(BACKUP)))
    assert changes(untouched) == []
    assert planned.questions == []
    assert done.out.getvalue().startswith(planned.out.getvalue())


def test_it_goes_ahead_when_the_account_s_id_is_typed() -> None:
    account, screen = FakeAccount(BACKUP), Screen(typed=f"{BACKUP}\n")
    assert run(Options("backup"), screen.doors(account)) is Exit.OK
    assert screen.questions == [f"Type the account's id ({BACKUP}) to go ahead: "]


@pytest.mark.parametrize("typed", ["", "yes", PROD])
def test_fails_when_something_else_is_typed(typed: str) -> None:
    account, screen = FakeAccount(BACKUP), Screen(typed=typed)
    with pytest.raises(RefusedError, match=f"nothing was changed: {BACKUP} had to be typed, got"):
        run(Options("backup"), screen.doors(account))
    assert changes(account) == []


def test_fails_when_the_credentials_are_of_another_account() -> None:
    account, screen = FakeAccount(PROD), Screen()
    with pytest.raises(WrongAccountError, match=f"must be in account {BACKUP}, got {PROD}"):
        run(BACKUP_NOW, screen.doors(account))
    assert account.fake_stacks.asked == []


def test_fails_when_the_option_means_no_account() -> None:
    account = FakeAccount(PROD)
    with pytest.raises(UsageError, match="--account must be one of backup, pipeline, management, ci, prod, or an id"):
        run(Options("dev"), Screen().doors(account))
    assert account.asked_for == []


def test_a_stack_s_name_means_its_own_account() -> None:
    assert run(Options("prod", yes=True), Screen().doors(FakeAccount(PROD))) is Exit.OK


def test_the_profile_that_is_named_is_used_for_everything() -> None:
    account = FakeAccount(PROD, profile="admin-prod")
    assert run(Options("prod", profile="admin-prod", yes=True), Screen().doors(account)) is Exit.OK


def test_fails_when_cloudformation_says_done_and_did_nothing() -> None:
    account, screen = FakeAccount(BACKUP, forgets=True), Screen()
    assert run(BACKUP_NOW, screen.doors(account)) is Exit.MISMATCH
    assert "error: role strongroom-deploy is not there; somebody changed it, or" in screen.err.getvalue()


def test_fails_when_the_stack_is_rolled_back() -> None:
    account = FakeAccount(BACKUP, [None, None, "CREATE_IN_PROGRESS", "ROLLBACK_COMPLETE"])
    with pytest.raises(FailedError, match="stack strongroom-bootstrap ended ROLLBACK_COMPLETE"):
        run(BACKUP_NOW, Screen().doors(account))


def test_a_long_wait_is_told_and_a_short_one_is_not() -> None:
    short, long = Screen(), Screen()
    run(BACKUP_NOW, short.doors(FakeAccount(BACKUP, [None, None, "CREATE_COMPLETE"])))
    run(BACKUP_NOW, long.doors(FakeAccount(BACKUP, [None, None, "CREATE_IN_PROGRESS", "CREATE_COMPLETE"])))
    assert short.err.getvalue() == ""
    assert long.err.getvalue() == "stack strongroom-bootstrap: CREATE_COMPLETE (3 s)\n"


def test_scripts_get_one_document() -> None:
    planned, done = Screen(), Screen()
    run(Options("backup", dry_run=True, as_json=True), planned.doors(FakeAccount(BACKUP)))
    run(Options("backup", yes=True, as_json=True), done.doors(FakeAccount(BACKUP)))
    plan, result = json.loads(planned.out.getvalue()), json.loads(done.out.getvalue())
    assert plan["action"] == "create"
    assert {"strongroom-reader-prod", "strongroom-recovery-service"} <= set(plan["roles"])
    assert result == {**plan, "outcome": "created", "differences": []}
    assert f"account {BACKUP} in eu-west-2" in done.err.getvalue()
