"""`restore copy-back` stopped anywhere and begun again."""

from pathlib import Path

import pytest

from strongroom.aws.errors import FailedError
from strongroom.cli.exits import Exit
from strongroom.recovery.errors import GuardError
from tests.strongroom.aws.memory_calls import Killed, When
from tests.strongroom.cli.cutting_over import NEW, OLD, beside, copy_back
from tests.strongroom.cli.restoring import RESTORED, Counter, item


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return beside(tmp_path)


def test_one_that_was_killed_at_any_call_goes_on_to_the_same_end(tmp_path: Path) -> None:
    finished = killed = 0
    for nth in range(1, 100):
        folder = tmp_path / str(nth)
        folder.mkdir()
        one = Counter(folder)
        one.hold(*NEW)
        one.have(RESTORED, *OLD)
        one.aws.wire.trouble(nth, Killed(), When.AFTER if nth % 2 else When.BEFORE)
        try:
            copy_back(one, all=True, delete_extra=True)
            finished += 1
        except Killed:
            killed += 1
            one.aws.wire.troubles.clear()
            assert copy_back(one, all=True, delete_extra=True) is Exit.OK
        assert one.held() == {str(held["passId"]["S"]): held for held in OLD}
        if finished:
            break
    assert killed > 20


def test_what_was_written_once_and_changed_since_is_never_written_again(counter: Counter) -> None:
    counter.aws.wire.trouble(1, FailedError("cut off"), When.AFTER, operation="item_writer.put")
    with pytest.raises(FailedError):
        copy_back(counter, all=True)
    written = next(name for name in ("lost", "changed") if counter.held().get(name) in OLD)
    theirs = item(written, paid="by somebody")
    counter.hold(*(one for name, one in counter.held().items() if name != written), theirs)
    assert copy_back(counter, all=True) is Exit.PARTIAL
    assert counter.held()[written] == theirs
    assert f'{{"passId":{{"S":"{written}"}}}} changed since' in counter.err.getvalue()


def test_a_line_that_was_cut_off_is_passed_over_and_another_that_is_malformed_is_not(counter: Counter) -> None:
    copy_back(counter, all=True)
    (file,) = counter.folder.glob("strongroom-copy-backs/*/*/journal.jsonl")
    whole = file.read_text()
    assert whole.count("\n") == 4
    file.write_text(whole + '{"key": "{\\"pa')
    assert copy_back(counter, all=True, delete_extra=True) is Exit.OK
    assert file.read_text().startswith(whole)
    assert file.read_text().count("\n") == 6
    assert copy_back(counter, all=True) is Exit.OK
    file.write_text("nonsense\n" + whole)
    with pytest.raises(GuardError, match=r"line 1 of .* cannot be understood"):
        copy_back(counter, all=True, yes=True)


def test_a_stopped_copy_back_says_that_it_goes_on(counter: Counter) -> None:
    counter.aws.wire.trouble(1, KeyboardInterrupt(), operation="item_writer.put")
    assert copy_back(counter) is Exit.INTERRUPTED
    assert "The same command goes on" in counter.err.getvalue()
