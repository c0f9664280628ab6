import json
import signal
import time
from pathlib import Path

import pytest

from tests.scripts.machine import GO, PINNED, Machine

pytestmark = pytest.mark.processes


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.make()
    return made


def put_pulumi_on_path(machine: Machine, version: str) -> Path:
    folder = machine.folder / "pulumi" / "bin"
    machine.install("pulumi", f"echo '{version}'", folder)
    machine.install("pulumi-language-python", "exit 0", folder)
    (machine.bin / "pulumi").symlink_to(folder / "pulumi")
    return folder


def test_a_bare_machine_gets_environments_and_a_built_engine(machine: Machine) -> None:
    code, said = machine.setup()
    answer = json.loads(machine.answer.read_text())
    engine = Path(answer["engine"])

    assert code == 0, said
    assert "Pulumi's installer could not be used" in said
    assert engine.parent == machine.engines
    assert engine.name.startswith(f"{PINNED}-")
    assert sorted(f.name for f in engine.iterdir()) == [
        "pulumi",
        "pulumi-language-python",
        "pulumi-language-python-exec",
    ]
    assert answer["engine_version"] == PINNED
    assert Path(answer["emulator_python"]) == machine.checkout / "rehearsal/emulator/.venv/bin/python"


def test_a_second_run_asks_nobody_for_anything(machine: Machine) -> None:
    machine.setup()
    before = machine.diary()
    code, said = machine.setup()
    assert (code, machine.diary()) == (0, before)
    assert said.count("\n") == 1


@pytest.mark.parametrize("lock", ["requirements.lock", "rehearsal/emulator/requirements.lock"])
def test_a_changed_lock_is_synced_into_the_environment_that_is_there(machine: Machine, lock: str) -> None:
    machine.setup()
    before = len(machine.diary())
    (machine.checkout / lock).write_text("another")
    machine.setup()
    calls = [c for c in machine.diary()[before:] if c.startswith("uv")]
    assert calls[0].startswith("uv pip sync")
    assert calls[0].endswith(str(machine.checkout / lock))
    assert not [c for c in calls if "venv --python" in c]


def test_every_package_is_installed_by_its_hash(machine: Machine) -> None:
    machine.setup()
    installs = [c for c in machine.diary() if c.startswith("uv pip")]
    assert len(installs) == 3
    assert all("--require-hashes" in c or "--no-deps" in c for c in installs)


def test_an_engine_on_path_is_used_from_the_pinned_version_on(machine: Machine) -> None:
    folder = put_pulumi_on_path(machine, f"v{PINNED}")
    code, said = machine.setup()
    answer = json.loads(machine.answer.read_text())
    assert code == 0, said
    assert answer["engine"] == str(folder)
    assert answer["engine_version"] == PINNED
    assert f"on PATH: {folder}" in said


def test_an_older_engine_on_path_is_refused(machine: Machine) -> None:
    put_pulumi_on_path(machine, "v3.255.9")
    code, said = machine.setup()
    assert code == 0, said
    assert f"v3.255.9: 3.x from {PINNED} on is needed" in said
    assert Path(json.loads(machine.answer.read_text())["engine"]).parent == machine.engines


def test_an_engine_on_path_needs_a_python_host(machine: Machine) -> None:
    folder = put_pulumi_on_path(machine, PINNED)
    (folder / "pulumi-language-python").rename(machine.folder / "elsewhere")
    _, said = machine.setup()
    assert "pulumi-language-python is neither beside it nor on PATH" in said

    (machine.folder / "elsewhere").rename(machine.bin / "pulumi-language-python")
    machine.setup()
    assert json.loads(machine.answer.read_text())["engine"] == str(folder)


def test_pulumis_installer_comes_before_building(machine: Machine) -> None:
    installed = 'mkdir -p "$3/bin"; touch "$3/bin/pulumi"; chmod +x "$3/bin/pulumi"'
    code, said = machine.setup(venv_python=installed)
    assert code == 0, said
    assert json.loads(machine.answer.read_text())["engine"] == str(machine.engines / f"{PINNED}-installer" / "bin")
    assert not [c for c in machine.diary() if c.startswith("go")]


def test_a_changed_recipe_is_built_anew(machine: Machine) -> None:
    machine.setup()
    (machine.checkout / "tools/engine/host/main.go").write_text("package main")
    machine.setup()
    assert len([f for f in machine.engines.iterdir() if f.is_dir()]) == 2


def test_two_checkouts_beside_each_other_build_once(machine: Machine, tmp_path: Path) -> None:
    machine.install("go", f"sleep 0.2; {GO}")
    other = Machine(tmp_path / "other")
    other.folder.mkdir()
    other.make()
    other.home.rmdir()
    other.home.symlink_to(machine.home)
    first, second = machine.start(), other.start()
    for process in (first, second):
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    assert len([c for c in machine.diary() if c.startswith("go build")]) == 2  # the engine and its host


def test_a_second_setup_of_a_checkout_waits_for_the_first(machine: Machine) -> None:
    machine.install("go", f"sleep 0.2; {GO}")
    processes = (machine.start(), machine.start())
    said = sorted((process.communicate(timeout=60)[1] for process in processes), key=len)
    assert [process.returncode for process in processes] == [0, 0]
    assert said[0].startswith("setup: another setup of this checkout is running: waiting for it\nsetup: ready")
    assert len([c for c in machine.diary() if c.startswith("uv pip sync")]) == 2  # one for each environment


def test_an_interrupted_build_ends_and_leaves_nothing(machine: Machine) -> None:
    machine.install("go", 'echo $$ >"$HOME/go.pid"; exec sleep 60')
    process = machine.start()
    pid = machine.home / "go.pid"
    deadline = time.monotonic() + 30
    while not (pid.exists() and pid.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=10)

    assert process.returncode == 143
    assert "interrupted" in said
    assert not Path(f"/proc/{pid.read_text().strip()}").exists()
    assert [f.name for f in machine.engines.iterdir()] == ["lock"]
    assert not machine.answer.exists()

    machine.install("go", GO)
    assert machine.setup()[0] == 0


def test_an_environment_that_was_broken_off_is_made_anew(machine: Machine) -> None:
    whole = (machine.bin / "uv").read_text()
    machine.install("uv", whole + "\n[ $1 = venv ]")
    assert machine.setup()[0] == 1

    leftover = machine.checkout / ".venv" / "half a package"
    leftover.touch()
    machine.install("uv", whole)
    assert machine.setup()[0] == 0
    assert not leftover.exists()


@pytest.mark.parametrize(
    ("client", "what", "sentence"),
    [
        ("uv", "Python packages", "error: failed to fetch, caused by: dns error: failed to lookup address information"),
        ("go", "engine from Go modules", "go: dial tcp: lookup a.proxy: no such host"),
    ],
)
def test_no_network_is_said_in_plain_words(machine: Machine, client: str, what: str, sentence: str) -> None:
    machine.install(client, f"echo '{sentence}' >&2; exit 1")
    code, said = machine.setup()
    assert code == 1
    assert f"{what}: not done, because a package registry could not be reached" in said
    assert sentence in said
    assert "run this again" in said
    assert not machine.answer.exists()


def test_another_failure_shows_the_end_of_its_output(machine: Machine) -> None:
    machine.install("go", "echo 'disk full' >&2; exit 1")
    code, said = machine.setup()
    assert code == 1
    assert "engine from Go modules: failed" in said
    assert "disk full" in said
    assert "registry" not in said


def test_fails_when_there_is_no_python_that_is_new_enough(machine: Machine) -> None:
    machine.install("python3", "exit 1")
    code, said = machine.setup()
    assert code == 1
    assert "python 3.11 or newer is not on PATH" in said


def test_fails_when_an_engine_has_to_be_built_without_go(machine: Machine) -> None:
    (machine.bin / "go").unlink()
    code, said = machine.setup()
    assert code == 1
    assert "go is not on PATH" in said


def test_without_uv_setup_brings_its_own(machine: Machine) -> None:
    uv = (machine.bin / "uv").read_text()
    (machine.bin / "uv").rename(machine.folder / "uv")
    # Python's venv module, and the pip in what it makes.
    machine.install(
        "python3",
        f"""
        [ "$2" = venv ] || exit 0
        mkdir -p "$3/bin"
        printf '#!/bin/sh\\ncp "{machine.folder}/uv" "$(dirname "$0")/uv"\\n' >"$3/bin/pip"; chmod +x "$3/bin/pip"
        """,
    )
    code, said = machine.setup()
    assert code == 0, said
    (kept,) = (machine.home / ".cache" / "strongroom" / "uv").iterdir()
    assert (kept / "uv").read_text() == uv
    assert {f.name for f in (machine.home / ".cache" / "strongroom").iterdir()} == {"uv", "engine"}
