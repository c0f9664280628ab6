import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REPOSITORY / "tools" / "engine", tmp_path / "engine"))


def build(recipe: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([recipe / "build", *args], capture_output=True, text=True, timeout=30, check=False)


def test_the_engine_and_the_python_sdk_are_of_one_version(recipe: Path) -> None:
    locked = re.search(r"^pulumi==(\S+)", (REPOSITORY / "requirements.lock").read_text(), re.MULTILINE)
    assert locked
    assert build(recipe, "--version").stdout.strip() == locked[1]


@pytest.mark.parametrize("part", ["go.mod", "go.sum", "build", "host/host.go", "host/packages.py"])
def test_whatever_the_build_depends_on_changes_its_name(recipe: Path, part: str) -> None:
    before = build(recipe, "--name").stdout
    with (recipe / part).open("a") as file:
        file.write("\n")
    assert build(recipe, "--name").stdout != before


@pytest.mark.parametrize("part", ["install.py", "host/host_test.go"])
def test_nothing_else_changes_its_name(recipe: Path, part: str) -> None:
    before = build(recipe, "--name").stdout
    (recipe / part).write_text("another")
    assert build(recipe, "--name").stdout == before


@pytest.mark.parametrize("args", [(), ("--help",), ("relative/folder",)])
def test_fails_when_called_without_an_absolute_folder(recipe: Path, args: tuple[str, ...]) -> None:
    done = build(recipe, *args)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: build FOLDER")
