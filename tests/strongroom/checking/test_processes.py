import os
import time
from pathlib import Path

import pytest

from strongroom.checking.errors import CheckingError, SlowError
from tests.strongroom.checking.asking import hasty, patient, program

pytestmark = pytest.mark.processes

ANSWERS = "import json, sys\nprint(json.dumps({'heard': json.load(sys.stdin)}))"


def test_a_question_of_any_size_is_answered(tmp_path: Path) -> None:
    program(tmp_path, ANSWERS)
    question = ["x" * 2_000_000]
    assert patient().ask("stacks.recording", tmp_path, question, "asking") == {"heard": question}


def test_nothing_of_the_environment_that_could_open_a_door_is_handed_on(tmp_path: Path) -> None:
    program(tmp_path, "import json, os, sys\nprint(json.dumps({'names': list(os.environ)}))")
    before = dict(os.environ)
    os.environ.update(AWS_SECRET_ACCESS_KEY="x", PULUMI_CONFIG_PASSPHRASE="x", PYTHONPATH="/nowhere")
    try:
        names = patient().ask("stacks.recording", tmp_path, None, "asking")["names"]
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert "PATH" in names
    assert not {"AWS_SECRET_ACCESS_KEY", "PULUMI_CONFIG_PASSPHRASE", "PYTHONPATH"} & set(names)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("raise SystemExit(3)", "asking ended with code 3: it said nothing"),
        ("raise ValueError('broken')", "asking ended with code 1: .*ValueError: broken"),
        ("print('{')", "asking ended without a whole answer"),
        ("print([1])", "asking ended without a whole answer"),
        ("pass", "asking ended without a whole answer"),
    ],
)
def test_fails_when_there_is_no_whole_answer(tmp_path: Path, text: str, sentence: str) -> None:
    program(tmp_path, text)
    with pytest.raises(CheckingError, match=sentence):
        patient().ask("stacks.recording", tmp_path, None, "asking")


def test_fails_when_the_answer_takes_too_long_and_ends_whatever_was_started(tmp_path: Path) -> None:
    child = "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
    program(
        tmp_path,
        f"import subprocess, sys, pathlib, time\n{child}\npathlib.Path('child').write_text(str(p.pid))\np.wait()",
    )
    with pytest.raises(SlowError, match="asking took longer than 3 seconds and was ended"):
        patient(seconds=3).ask("stacks.recording", tmp_path, None, "asking")
    assert gone(int((tmp_path / "child").read_text(encoding="utf-8")))


def gone(pid: int) -> bool:
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_somebody_who_waits_is_told_what_for(tmp_path: Path) -> None:
    program(tmp_path, f"import time\ntime.sleep(1.2)\n{ANSWERS}")
    told: list[str] = []
    patient(told).ask("stacks.recording", tmp_path, None, "asking")
    assert set(told) == {"asking"}


def test_time_is_that_of_the_clock_that_is_handed_over(tmp_path: Path) -> None:
    program(tmp_path, "import time\ntime.sleep(60)")
    with pytest.raises(SlowError):
        hasty([]).ask("stacks.recording", tmp_path, None, "asking")


def test_fails_in_time_when_what_was_started_ran_away_and_keeps_the_output(tmp_path: Path) -> None:
    child = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(8)'], start_new_session=True)"
    program(tmp_path, f"import subprocess, sys\n{child}")
    begun = time.monotonic()
    with pytest.raises(SlowError):
        patient(seconds=2).ask("stacks.recording", tmp_path, None, "asking")
    assert time.monotonic() - begun < 6
