import json
from pathlib import Path
from random import Random

import pytest

from strongroom.aws.errors import DeniedError, FailedError
from strongroom.aws.jobs import JobState
from strongroom.cli import dr_plan
from strongroom.cli.exits import Exit
from strongroom.cli.faults import RefusedError, UsageError
from strongroom.config import stackfile
from strongroom.config.settings import SourceSettings
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.plans import plan as plans
from tests.strongroom.aws.memory_accounts import Outcome
from tests.strongroom.cli.recovering import Desk
from tests.strongroom.recovery.loss import FRESH, REGION, point
from tests.strongroom.recovery.running import TABLES

FIRST = TABLES[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An operator in an empty folder."""
    return Desk(tmp_path)


def test_all_tables_come_back_and_the_next_commands_are_told(desk: Desk) -> None:
    assert desk.run() is Exit.OK
    told = desk.said()
    assert f"recovered  {FIRST}: 3 items, digest " in told
    assert "3 of 3 tables recovered in 20 min by AWS's clock" in told
    assert f"strongroom dr clean {desk.run_id}" in told
    assert sorted(desk.loss.aws.account(FRESH).tables) == sorted(TABLES)


def test_the_document_is_the_outcome_and_lies_in_the_folder(desk: Desk) -> None:
    assert desk.run(as_json=True) is Exit.OK
    document = json.loads(desk.said())
    run = desk.folder / "strongroom-runs" / document["run"]
    assert json.loads((run / "outcome.json").read_text()) == document
    assert document["stackFile"] == str(run / "Pulumi.prod.yaml")
    assert (document["exit"], document["targetAccount"], document["version"]) == (0, FRESH, 1)
    assert {one["table"]: (one["state"], one["items"]) for one in document["tables"]} == dict.fromkeys(
        TABLES, ("recovered", 3)
    )
    assert set(document["apiCalls"]) == {"strongroom-prod", "strongroom-backup"}
    assert document["tables"][0]["point"] == point(FIRST).arn


def test_the_stack_file_is_that_of_the_new_account(desk: Desk) -> None:
    desk.run()
    found = stackfile.read(desk.folder / "strongroom-runs" / desk.run_id / "Pulumi.prod.yaml")
    assert isinstance(found, SourceSettings)
    assert (found.accounts.own, len(found.adopt)) == (FRESH, len(TABLES))


def test_a_dry_run_prints_the_page_of_dr_plan_and_writes_nothing(desk: Desk) -> None:
    assert desk.run(dry_run=True) is Exit.OK
    seeded = Random(1)  # noqa: S311 - the same run id every time
    clock, page = desk.loss.aws.clock, desk.said()
    planning = dr_plan.Doors(desk.loss.sessions, seeded, clock.monotonic, desk.folder, desk.output)
    dr_plan.run(dr_plan.Options("prod", REGION), planning)
    assert page == desk.said()
    assert list(desk.folder.iterdir()) == []


@pytest.mark.parametrize("typed", ["", "yes", FRESH, "prod", f"{FRESH} ci", "333333333333 prod"])
def test_nothing_is_done_unless_account_and_environment_are_typed(desk: Desk, typed: str) -> None:
    desk.typed = typed
    with pytest.raises(RefusedError, match="nothing was changed"):
        desk.run()
    assert list(desk.folder.iterdir()) == []
    assert desk.loss.aws.wire.count("*.create") + desk.loss.aws.wire.count("*.start") == 0


def test_yes_goes_ahead_without_being_asked(desk: Desk) -> None:
    desk.typed = ""
    assert desk.run(yes=True) is Exit.OK


def test_a_plan_that_was_written_before_is_done_as_it_was_read(desk: Desk) -> None:
    plan = desk.loss.plan()
    (desk.folder / "plan").write_text(plans.text(plan))
    assert desk.run(plan=Path("plan")) is Exit.OK
    assert desk.run_id == plan.run


def test_a_plan_of_another_environment_is_refused(desk: Desk) -> None:
    (desk.folder / "plan").write_text(plans.text(desk.loss.plan().model_copy(update={"environment": "ci"})))
    with pytest.raises(GuardError, match="the plan is of ci, and prod was asked for"):
        desk.run(plan=Path("plan"))


def test_a_half_restored_set_ends_in_part_without_a_stack_file_and_is_finished_later(desk: Desk) -> None:
    desk.loss.aws.order("restore", FIRST, Outcome(JobState.FAILED, "no"))
    assert desk.run(as_json=True) is Exit.PARTIAL
    document = json.loads(desk.said())
    assert (document["stackFile"], document["exit"]) == (None, 3)
    assert desk.run(resume=document["run"], as_json=True) is Exit.OK
    assert json.loads(desk.said())["stackFile"] is not None


def test_a_job_that_never_ends_ends_with_its_own_code(desk: Desk) -> None:
    desk.loss.aws.order("copy", FIRST, Outcome(JobState.CREATED, never=True))
    assert desk.run() is Exit.TIMEOUT
    assert f"timed out  {FIRST}: table {FIRST}, copying its point: job" in desk.said()


def test_tables_that_all_were_denied_end_as_that(desk: Desk) -> None:
    desk.loss.aws.wire.trouble(1, DeniedError("AccessDenied: no"), operation="copies.start", times=99)
    assert desk.run() is Exit.DENIED


def test_a_table_without_a_point_is_told_and_the_others_come_back(desk: Desk) -> None:
    for vault in desk.loss.aws.account("333333333333").vaults.values():
        vault.points = {arn: one for arn, one in vault.points.items() if one.table != FIRST}
    assert desk.run(as_json=True) is Exit.PARTIAL
    document = json.loads(desk.said())
    (missing,) = [one for one in document["tables"] if one["table"] == FIRST]
    assert (missing["state"], missing["point"], missing["items"]) == ("missing", None, None)
    assert document["stackFile"] is not None
    desk.run(resume=document["run"])
    assert f"before `pulumi up`: it makes {FIRST} new and empty" in desk.said()


@pytest.mark.parametrize(("count", "code"), [(3, Exit.OK), (4, Exit.MISMATCH)])
def test_what_is_not_as_expected_is_a_mismatch(desk: Desk, count: int, code: Exit) -> None:
    (desk.folder / "expected").write_text(json.dumps({FIRST: {"items": count}}))
    assert desk.run(expect=Path("expected")) is code
    assert desk.run(resume=desk.run_id) is code


def test_ctrl_c_says_how_to_go_on_and_the_run_goes_on(desk: Desk) -> None:
    desk.loss.aws.wire.trouble(2, KeyboardInterrupt(), operation="restores.start")
    assert desk.run() is Exit.INTERRUPTED
    assert f"strongroom dr run prod --resume {desk.run_id}" in desk.err.getvalue()
    assert desk.run(resume=desk.run_id) is Exit.OK


def test_a_failure_before_the_first_table_says_how_to_go_on(desk: Desk) -> None:
    desk.loss.aws.wire.trouble(1, FailedError("KMSInternalException: no"), operation="keys.create", times=99)
    with pytest.raises(FailedError):
        desk.run()
    assert f"--resume {desk.run_id}" in desk.err.getvalue()


@pytest.mark.parametrize("options", [{"resume": "abcdefgh", "plan": Path("x")}, {"plan": Path("nothere")}])
def test_options_that_do_not_fit_are_refused(desk: Desk, options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        desk.run(**options)


def test_an_expectation_that_cannot_be_meant_is_refused_before_anything_is_done(desk: Desk) -> None:
    (desk.folder / "expected").write_text('{"strange": {}}')
    with pytest.raises(RequestError, match="names strange"):
        desk.run(expect=Path("expected"))
    assert not (desk.folder / "strongroom-runs").exists()
