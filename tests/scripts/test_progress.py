import subprocess
from pathlib import Path

import pytest

PROGRESS = Path(__file__).parents[2] / "scripts" / "lib" / "progress.sh"


def run(folder: Path, script: str) -> tuple[int, str]:
    """Runs a script with the functions of progress.sh, with lines after one second where setup has two."""
    text = f"set -euo pipefail; LOGS='{folder}'; source '{PROGRESS}'; QUIET=1; {script}"
    done = subprocess.run(["bash", "-c", text], capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, done.stderr


def test_a_long_step_says_that_it_runs_and_that_it_is_done(tmp_path: Path) -> None:
    code, said = run(tmp_path, "step 'long part' sleep 1.5")
    assert code == 0
    assert said.splitlines()[0] == "setup: long part: 1 s"
    assert "setup: long part: done in" in said.splitlines()[-1]


def test_a_short_step_is_silent_and_keeps_its_output(tmp_path: Path) -> None:
    assert run(tmp_path, "step 'a/short part' echo hello") == (0, "")
    assert (tmp_path / "a-short-part.log").read_text() == "hello\n"


@pytest.mark.parametrize("status", [1, 7])
def test_a_steps_status_is_its_commands(tmp_path: Path, status: int) -> None:
    assert run(tmp_path, f"step part bash -c 'exit {status}'") == (status, "")


def test_what_is_needed_ends_the_script_when_it_fails(tmp_path: Path) -> None:
    code, said = run(tmp_path, "need part false; echo still here >&2")
    assert code == 1
    assert "part: failed" in said
    assert "still here" not in said
