"""Settings of a restored table, set in the end whatever came between."""

from pathlib import Path

import pytest

from strongroom.aws.errors import DeniedError, NotThereError
from strongroom.cli import restore_settings
from strongroom.cli.exits import Exit
from strongroom.cli.restore_single import Options
from tests.strongroom.cli.bringing_back import pitr
from tests.strongroom.cli.restoring import PASSES, RESTORED, Counter


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path)


def test_a_setting_that_is_refused_keeps_none_of_the_others_back_and_the_table_is_still_read(counter: Counter) -> None:
    counter.aws.wire.trouble(1, DeniedError("you may not protect"), operation="table_states.protect", times=99)
    assert pitr(counter) is Exit.PARTIAL
    assert counter.table(RESTORED).ttl_attribute == "ttl"
    assert "3 items" in counter.out.getvalue()
    assert "error: deletion protection is off, on is declared" in counter.err.getvalue()
    assert "error: you may not protect" in counter.err.getvalue()
    again = f"strongroom restore settings {PASSES} {RESTORED} --environment prod"
    assert f"try again with: {again}" in counter.err.getvalue()


def test_what_was_left_is_set_later(counter: Counter) -> None:
    counter.aws.wire.trouble(1, DeniedError("you may not protect"), operation="table_states.protect", times=99)
    pitr(counter)
    counter.aws.wire.troubles.clear()
    assert restore_settings.run(Options(counter.where), RESTORED, counter.doors) is Exit.OK
    assert counter.table(RESTORED).deletion_protection


def test_a_restore_that_was_stopped_is_told_how_to_go_on(counter: Counter) -> None:
    counter.aws.wire.trouble(3, KeyboardInterrupt(), operation="table_states.state")
    assert pitr(counter) is Exit.INTERRUPTED
    assert f"strongroom restore settings {PASSES} {RESTORED}" in counter.err.getvalue()


def test_fails_when_settings_are_wanted_of_a_table_that_is_not_there(counter: Counter) -> None:
    with pytest.raises(NotThereError, match="there is no table other"):
        restore_settings.run(Options(counter.where), "other", counter.doors)
