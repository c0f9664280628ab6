"""Only what a run made for itself is taken away, and not while it is needed."""

from dataclasses import replace
from pathlib import Path

import pytest

from strongroom.aws.jobs import JobState
from strongroom.recovery.errors import GuardError
from strongroom.recovery.runs import cleaning
from strongroom.recovery.runs.folder import Folder
from tests.strongroom.aws.memory_accounts import Outcome
from tests.strongroom.recovery.loss import FRESH, point
from tests.strongroom.recovery.running import TABLES, Recovery


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    """One that has not begun."""
    return Recovery(tmp_path)


def clean(recovery: Recovery, at: Folder) -> cleaning.Leftovers:
    """Take away, whatever speaks against it."""
    found = cleaning.leftovers(at, recovery.loss.sessions)
    cleaning.clean(at, found, recovery.loss.sessions, recovery.told.append)
    return found


def test_the_copies_the_vault_and_the_key_go_and_everything_else_stays(recovery: Recovery) -> None:
    own = recovery.loss.aws.account(FRESH)
    other = own.vault("another-vault")
    other.points["kept"] = replace(point("receipts"), arn="kept", vault="another-vault")
    at = recovery.begin()
    recovery.run(at)
    found = clean(recovery, at)
    assert found.against == ()
    assert (len(found.points), len(found.keys)) == (len(TABLES), 1)
    assert list(own.vaults) == ["another-vault"]
    assert list(other.points) == ["kept"]
    assert {key.deleted_at is not None for key in own.keys.values()} == {True}
    assert sorted(own.tables) == sorted(TABLES)
    assert recovery.loss.aws.wire.count("table_states.delete") == 0


def test_done_again_it_finds_nothing(recovery: Recovery) -> None:
    at = recovery.begin()
    recovery.run(at)
    clean(recovery, at)
    assert cleaning.leftovers(at, recovery.loss.sessions).lines == []


def test_a_run_that_was_cleaned_away_is_not_taken_up(recovery: Recovery) -> None:
    at = recovery.begin()
    recovery.run(at)
    clean(recovery, at)
    with pytest.raises(GuardError, match="was cleaned away"):
        recovery.run(at)


def test_tables_that_are_not_recovered_speak_against_it(recovery: Recovery) -> None:
    recovery.loss.aws.order("restore", TABLES[0], Outcome(JobState.FAILED))
    at = recovery.begin()
    recovery.run(at)
    (against,) = cleaning.leftovers(at, recovery.loss.sessions).against
    assert against.startswith(f"table {TABLES[0]} is not recovered: ")


def test_jobs_that_run_speak_against_it(recovery: Recovery) -> None:
    recovery.loss.aws.order("copy", TABLES[0], Outcome(JobState.CREATED, never=True))
    at = recovery.begin()
    recovery.run(at)
    against = cleaning.leftovers(at, recovery.loss.sessions).against
    assert any("of copy-1 is CREATED" in one for one in against)


def test_a_table_that_was_not_as_expected_speaks_against_it(recovery: Recovery) -> None:
    at = recovery.begin()
    recovery.run(at)
    at.keep("expected.json", f'{{"{TABLES[0]}": {{"items": 99}}}}')
    (against,) = cleaning.leftovers(at, recovery.loss.sessions).against
    assert "must hold 99 items" in against


def test_a_vault_of_the_same_name_without_the_runs_tags_is_not_touched(recovery: Recovery) -> None:
    at = recovery.begin()
    recovery.run(at)
    for vault in recovery.loss.aws.account(FRESH).vaults.values():
        vault.tags.clear()
    with pytest.raises(GuardError, match="does not bear the tags of run"):
        cleaning.leftovers(at, recovery.loss.sessions)


def test_another_account_is_not_touched(recovery: Recovery) -> None:
    at = recovery.begin()
    recovery.run(at)
    recovery.loss.sessions.profiles["strongroom-prod"] = "666666666666"
    with pytest.raises(GuardError, match="is in account 666666666666"):
        cleaning.leftovers(at, recovery.loss.sessions)


def test_a_cleaning_that_was_stopped_is_done_to_its_end(recovery: Recovery) -> None:
    at = recovery.begin()
    recovery.run(at)
    recovery.loss.aws.wire.trouble(2, KeyboardInterrupt(), operation="points.delete")
    with pytest.raises(KeyboardInterrupt):
        clean(recovery, at)
    assert len(clean(recovery, at).points) == len(TABLES) - 1
    assert recovery.loss.aws.account(FRESH).vaults == {}
