import subprocess
import sys
from pathlib import Path

from rehearsal.local import lock
from rehearsal.local.lock import Holder

HOLDER = Holder(command="up", runner=None, emulator=7, endpoint="http://127.0.0.1:1")


def test_a_second_one_does_not_get_it(tmp_path: Path) -> None:
    first = lock.take(tmp_path / "lock")
    assert first
    first.tell(HOLDER)
    assert lock.take(tmp_path / "lock") is None
    assert lock.holder(tmp_path / "lock") == HOLDER
    first.release()
    again = lock.take(tmp_path / "lock")
    assert again
    again.release()


def test_what_an_earlier_holder_wrote_does_not_count_for_the_next(tmp_path: Path) -> None:
    first = lock.take(tmp_path / "lock")
    assert first
    first.tell(HOLDER)
    first.release()
    assert lock.holder(tmp_path / "lock") == HOLDER
    second = lock.take(tmp_path / "lock")
    assert second
    assert lock.holder(tmp_path / "lock") is None
    second.release()


def test_a_process_that_inherits_it_holds_it_on(tmp_path: Path) -> None:
    held = lock.take(tmp_path / "lock")
    assert held
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[held.number]) as heir:
        held.release()
        assert lock.take(tmp_path / "lock") is None
        heir.communicate(b"\n", timeout=10)
    freed = lock.take(tmp_path / "lock")
    assert freed
    freed.release()


def test_half_a_sentence_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text('{"command": "u')
    assert lock.holder(tmp_path / "lock") is None
    assert lock.holder(tmp_path / "absent") is None
