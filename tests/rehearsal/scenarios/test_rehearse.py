"""The rehearsal itself, with the local AWS and the real engine: once green, once red, once interrupted, once killed."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.local.patience import Patience
from rehearsal.local.place import CHECKOUT, Place
from rehearsal.local.progress import Silent
from rehearsal.scenarios import rehearse
from rehearsal.scenarios.step import Mark

pytestmark = [pytest.mark.emulator, pytest.mark.engine]

START_SECONDS = 180
END_SECONDS = 30


def processes_of(folder: Path) -> list[str]:
    """Command lines of all processes that name a folder, or work in it."""
    found: list[str] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            place = str((entry / "cwd").readlink())
        except OSError:
            continue
        if str(folder) in line or place.startswith(str(folder)):
            found.append(line)
    return found


def under_way(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a rehearsal and return it when the engine is at work."""
    command = [sys.executable, "-m", "rehearsal.cli.main", "run", "--folder", str(folder)]
    report = folder.parent / "report.json"
    process = subprocess.Popen(
        [*command, "--report", str(report)], cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    log = folder / "logs" / "01-backup-up.log"
    Patience().until(lambda: True if log.exists() and log.stat().st_size else None, START_SECONDS, "the first up")
    return process


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "run"
    assert processes_of(tmp_path / "run") == []


def test_the_whole_rehearsal_is_green(folder: Path) -> None:
    outcome = rehearse.rehearse(Place(folder), 0, Silent())
    assert {result.step.name: str(result.failure) for result in outcome.results if result.mark is not Mark.HELD} == {}
    assert all(result.calls for result in outcome.results if result.step.stack)


def test_a_deploy_role_that_lacks_an_action_turns_it_red(folder: Path) -> None:
    outcome = rehearse.rehearse(Place(folder), 0, Silent(), without="backup:CreateBackupVault")
    marks = {result.step.name: result for result in outcome.results}
    failure = marks["up backup"].failure
    assert failure
    assert "backup:CreateBackupVault" in failure.got
    assert marks["up prod"].mark is Mark.NOT_RUN


def test_an_interrupted_rehearsal_says_so_and_leaves_nothing_running(folder: Path) -> None:
    with under_way(folder) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(END_SECONDS) == 130
        assert processes_of(folder) == []


def test_a_rehearsal_that_was_killed_leaves_nothing_running(folder: Path) -> None:
    with under_way(folder) as process:
        process.kill()
        process.wait(END_SECONDS)
        Patience().until(lambda: None if processes_of(folder) else True, END_SECONDS, "the end of all that it started")
