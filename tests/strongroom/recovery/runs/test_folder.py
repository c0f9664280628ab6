"""What a run keeps on the disk is believed only while it is what the run wrote."""

from pathlib import Path

import pytest

from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.plans import plan as plans
from strongroom.recovery.runs import folder
from strongroom.recovery.runs.folder import Folder
from tests.strongroom.recovery.loss import FRESH
from tests.strongroom.recovery.running import Recovery


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    """One that has not begun."""
    return Recovery(tmp_path)


def test_the_plan_is_there_before_anything_is_done(recovery: Recovery) -> None:
    plan = recovery.loss.plan()
    at = folder.begin(recovery.runs, plan)
    assert at.plan() == plan
    assert recovery.loss.aws.account(FRESH).keys == {}


def test_a_plan_is_begun_once(recovery: Recovery) -> None:
    plan = recovery.loss.plan()
    folder.begin(recovery.runs, plan)
    with pytest.raises(GuardError, match=f"go on with `--resume {plan.run}`"):
        folder.begin(recovery.runs, plan)


def test_a_plan_that_was_edited_after_the_run_began_is_refused(recovery: Recovery) -> None:
    at = recovery.begin()
    recovery.run(at)
    edited = at.plan().model_copy(update={"chosen": at.plan().chosen[:1]})
    at.keep("plan.json", plans.text(edited))
    with pytest.raises(GuardError, match=r"is not the plan that run \w+ began with"):
        recovery.run(at)


def test_the_plan_of_another_run_is_refused(recovery: Recovery) -> None:
    at = recovery.begin()
    at.path.rename(recovery.runs / "other123")
    with pytest.raises(GuardError, match=f"holds the plan of run {at.path.name}"):
        recovery.run(Folder(recovery.runs / "other123"))


@pytest.mark.parametrize("line", [b'{"event":"nothing","at":"2026-11-22T12:00:00Z"}', b"no JSON", b"{}", b""])
def test_a_journal_with_a_strange_line_is_refused(recovery: Recovery, line: bytes) -> None:
    at = recovery.begin()
    at.journal.write_bytes(line + b"\n")
    with pytest.raises(GuardError, match=r"line 1 is no entry of a journal"):
        recovery.run(at)


@pytest.mark.parametrize("torn", [b"", b"{", b'{"event":"key","at":"2026-11-22T12:00:00Z","made":"arn"}'])
def test_what_stands_behind_the_last_newline_was_not_written(recovery: Recovery, torn: bytes) -> None:
    at = recovery.begin()
    at.journal.write_bytes(torn)
    assert at.history().key is None
    recovery.run(at)
    assert at.history().key in recovery.loss.aws.account(FRESH).keys


def test_two_processes_do_not_work_on_one_run(recovery: Recovery) -> None:
    at = recovery.begin()
    with at.locked(), pytest.raises(GuardError, match="another process is at work"):
        recovery.run(at)
    recovery.run(at)


def test_a_run_is_found_by_its_id_or_as_the_newest(recovery: Recovery) -> None:
    older, newer = recovery.begin(), recovery.begin(recovery.loss.plan().model_copy(update={"run": "newer123"}))
    newest = newer.plan().model_copy(update={"made": recovery.loss.aws.clock.at.replace(year=2027)})
    newer.keep("plan.json", plans.text(newest))
    assert folder.find(recovery.runs) == newer
    assert folder.find(recovery.runs, older.path.name) == older


@pytest.mark.parametrize("run", [None, "nothere1", "../x"])
def test_a_run_that_is_not_there_is_said(tmp_path: Path, run: str | None) -> None:
    with pytest.raises(RequestError, match="there is no run"):
        folder.find(tmp_path, run)


def test_a_folder_that_cannot_be_written_is_said(recovery: Recovery) -> None:
    (recovery.runs / "file").write_text("")
    with pytest.raises(GuardError, match="cannot be written"):
        folder.begin(recovery.runs / "file", recovery.loss.plan())
