import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rehearsal.local import server
from rehearsal.local.children import Child, Children, Command
from rehearsal.local.patience import Patience

SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
DEAF = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); {SLEEPS}"
STARTS_ANOTHER = (
    "import subprocess, sys;"
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], process_group=0).pid, flush=True)"
)


def command(code: str, folder: Path) -> Command:
    return Command([sys.executable, "-c", code], dict(os.environ), subprocess.PIPE, folder, grace_seconds=0.3)


def said(child: Child) -> str:
    assert child.process.stdout
    return child.process.stdout.readline().decode().strip()


def closed(child: Child) -> int:
    """End a child and return its exit code."""
    child.end()
    assert child.process.stdout
    child.process.stdout.close()
    return child.process.returncode


def test_the_exit_code_is_the_commands(tmp_path: Path) -> None:
    child = Child(command("raise SystemExit(7)", tmp_path))
    assert child.process.wait(10) == 7
    closed(child)


def test_it_is_interrupted_and_not_killed_when_it_listens(tmp_path: Path) -> None:
    catches = f"""
try:
    {SLEEPS}
except KeyboardInterrupt:
    raise SystemExit(42)
"""
    child = Child(command(catches, tmp_path))
    assert said(child) == "up"
    assert closed(child) == 42


def test_it_is_killed_when_it_does_not_end_in_time(tmp_path: Path) -> None:
    child = Child(command(DEAF, tmp_path))
    assert said(child) == "up"
    assert closed(child) == 128 + signal.SIGKILL


@pytest.mark.parametrize("code", [STARTS_ANOTHER, f"{STARTS_ANOTHER}; {SLEEPS}"])
def test_what_it_started_in_other_process_groups_ends_with_it(tmp_path: Path, code: str) -> None:
    child = Child(command(code, tmp_path))
    other = int(said(child))
    closed(child)
    Patience().until(lambda: None if server.alive(other) else True, 5, "the end of the other process")


def test_all_end_at_once_and_no_other_is_started(tmp_path: Path) -> None:
    children = Children()
    started = [children.start(command(DEAF, tmp_path)) for _ in range(3)]
    assert [said(child) for child in started] == ["up"] * 3
    begun = time.monotonic()
    children.end()
    assert time.monotonic() - begun < 3 * 0.3 + 2
    assert {closed(child) for child in started} == {128 + signal.SIGKILL}
    with pytest.raises(InterruptedError):
        children.start(command(SLEEPS, tmp_path))
