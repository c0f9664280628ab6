"""A program that could do something else at `pulumi up` than at preview is refused."""

from pathlib import Path

import pytest

from strongroom.checking.sources import differing
from tests.stacks import world


def found(folder: Path, file: str, text: str) -> list[str]:
    place = folder / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return [one.sentence for one in differing(folder)]


def test_the_program_of_the_checkout_passes() -> None:
    assert list(differing(world.CHECKOUT)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import os", "os"),
        ("import os.path", "os"),
        ("import os as quiet", "os"),
        ("from os import environ", "os"),
        ("from pulumi.runtime import is_dry_run", "is_dry_run"),
        ("import pulumi\nx = pulumi.runtime.is_dry_run()", "is_dry_run"),
        ("x = settings.SETTINGS.dry_run", "dry_run"),
        ("import sys\nx = sys.modules['os']", "modules"),
        ("import pathlib\nx = pathlib.os.environ", "environ"),
        ("x = __import__('os')", "__import__"),
        ("exec('x')", "exec"),
        ("import boto3", "boto3"),
        ("from botocore.session import Session", "botocore"),
        ("import subprocess", "subprocess"),
        ("from stacks import recorder", "stacks.recorder"),
        ("from stacks.recorder import os", "stacks.recorder"),
    ],
)
@pytest.mark.parametrize("file", ["__main__.py", "components/x.py", "stacks/x.py", "strongroom/documents/deep/x.py"])
def test_fails_when_a_program_looks_where_it_runs(tmp_path: Path, file: str, text: str, name: str) -> None:
    (said,) = found(tmp_path, file, text)
    line = len(text.splitlines())
    assert said.startswith(f"{file}, line {line}: {name} lets the program do at `pulumi up` what no preview shows;")


@pytest.mark.parametrize("text", ["import json\nimport sys\nsys.exit(3)", "x = settings.modes", "import pulumi"])
def test_what_is_the_same_everywhere_passes(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, "stacks/x.py", text) == []


@pytest.mark.parametrize("file", ["strongroom/aws/x.py", "rehearsal/x.py", "tests/x.py"])
def test_what_is_no_part_of_the_program_is_left_alone(tmp_path: Path, file: str) -> None:
    assert found(tmp_path, file, "import os") == []


def test_fails_when_a_module_is_no_python(tmp_path: Path) -> None:
    assert found(tmp_path, "stacks/x.py", "x = (") == ["stacks/x.py is no Python; mend it"]


def test_who_records_the_program_may_set_its_environment_and_nobody_else(tmp_path: Path) -> None:
    assert found(tmp_path, "stacks/recorder.py", "import os\nx = os.environ") == []
    (said,) = found(tmp_path, "stacks/recorder.py", "import boto3")
    assert said.startswith("stacks/recorder.py, line 1: boto3 lets")
