import json
from pathlib import Path

import pytest

from strongroom.aws.jobs import JobState
from strongroom.cli.exits import Exit
from tests.strongroom.aws.memory_accounts import Outcome
from tests.strongroom.cli.recovering import Desk
from tests.strongroom.recovery.running import TABLES

FIRST = TABLES[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An operator in an empty folder."""
    return Desk(tmp_path)


def test_status_tells_what_runs_and_for_how_long(desk: Desk) -> None:
    desk.loss.aws.order("restore", FIRST, Outcome(JobState.RUNNING, never=True))
    desk.loss.aws.wire.trouble(2, KeyboardInterrupt(), operation="restores.job")
    desk.run()
    desk.said()
    desk.loss.aws.clock.sleep(3600)
    assert desk.status() is Exit.PARTIAL
    told = desk.said()
    assert f"unfinished {FIRST}: restore: job restore-" in told
    assert "is RUNNING, since 1 h" in told
    assert "next: settings, verify" in told
    assert told.endswith("0 of 3 tables recovered\n")


def test_status_of_a_whole_run_is_well(desk: Desk) -> None:
    desk.run()
    desk.said()
    assert desk.status(desk.run_id, as_json=True) is Exit.OK
    document = json.loads(desk.said())
    assert {(one["state"], one["now"], one["next"]) for one in document["tables"]} == {("recovered", "done", "")}


def test_status_changes_nothing(desk: Desk) -> None:
    desk.run()
    before = (desk.folder / "strongroom-runs" / desk.run_id / "journal.jsonl").read_bytes()
    made = len(desk.loss.aws.wire.made)
    desk.status()
    assert (desk.folder / "strongroom-runs" / desk.run_id / "journal.jsonl").read_bytes() == before
    assert {call.operation for call in desk.loss.aws.wire.made[made:]} <= {"sts.identity", "copies.job", "restores.job"}
