import json
from pathlib import Path

import pytest

from strongroom.aws.jobs import JobState
from strongroom.cli.exits import Exit
from strongroom.cli.faults import RefusedError
from tests.strongroom.aws.memory_accounts import Outcome
from tests.strongroom.cli.recovering import Desk
from tests.strongroom.recovery.loss import FRESH
from tests.strongroom.recovery.running import TABLES

FIRST = TABLES[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An operator in an empty folder."""
    return Desk(tmp_path)


def test_clean_lists_first_and_takes_away_what_was_listed(desk: Desk) -> None:
    desk.run()
    desk.said()
    assert desk.clean(as_json=True) is Exit.OK
    document = json.loads(desk.said())
    assert len(document["deleted"]) == len(TABLES) + 2
    assert all(f"delete {line}" in desk.err.getvalue() for line in document["deleted"])
    assert desk.loss.aws.account(FRESH).vaults == {}
    assert sorted(desk.loss.aws.account(FRESH).tables) == sorted(TABLES)


@pytest.mark.parametrize("yes", [True, False])
def test_clean_refuses_while_the_copies_are_needed(desk: Desk, yes: bool) -> None:
    desk.loss.aws.order("restore", FIRST, Outcome(JobState.FAILED))
    desk.run()
    with pytest.raises(RefusedError, match="is not recovered"):
        desk.clean(yes=yes)
    assert len(desk.loss.aws.account(FRESH).vaults) == 1
    assert desk.clean(abandon=True) is Exit.OK
    assert desk.loss.aws.account(FRESH).vaults == {}


def test_clean_deletes_nothing_unless_account_and_environment_are_typed(desk: Desk) -> None:
    desk.run()
    desk.typed = "yes"
    with pytest.raises(RefusedError, match="nothing was deleted"):
        desk.clean()
    assert len(desk.loss.aws.account(FRESH).vaults) == 1
