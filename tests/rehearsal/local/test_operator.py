"""What the operator's command gets, and what is kept of it; its stand-in is a program of ours."""

import configparser
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.local import world
from rehearsal.local.children import Child, Children
from rehearsal.local.errors import RehearsalError
from rehearsal.local.operator import Desk, Operator
from rehearsal.local.pipeline import Mode
from rehearsal.local.place import CHECKOUT, Place

pytestmark = pytest.mark.processes

TELLS = """
import json, os, sys
sys.stderr.write("a note")
print(json.dumps([dict(os.environ), os.listdir(), sys.argv[1:]]))
"""


@pytest.fixture
def children() -> Iterator[Children]:
    children = Children()
    yield children
    children.end()


def operator(folder: Path, code: str, children: Children) -> Operator:
    program = folder / "checkout" / ".venv" / "bin" / "strongroom"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    program.chmod(0o755)
    desk = Desk(Place(folder / "run", folder / "checkout"), "operator", "http://127.0.0.1:1")
    stacks = world.read(CHECKOUT).stacks
    return desk.take([stacks["prod"], stacks["backup"]], Mode.RECOVER, children)


def test_it_starts_in_an_empty_folder_with_two_profiles_and_no_key(tmp_path: Path, children: Children) -> None:
    ran = operator(tmp_path, TELLS, children).run("dr", "plan", "prod")
    environment, files, arguments = json.loads(ran.output)
    assert ran.code == 0
    assert files == []
    assert arguments == ["dr", "plan", "prod"]
    assert not {"AWS_ACCESS_KEY_ID", "AWS_PROFILE", "PULUMI_BACKEND_URL"} & environment.keys()
    config = configparser.ConfigParser()
    config.read(environment["AWS_CONFIG_FILE"])
    assert {name: config[name]["role_arn"] for name in config.sections()} == {
        "profile strongroom-prod": "arn:aws:iam::111111111111:role/strongroom-recover",
        "profile strongroom-backup": "arn:aws:iam::333333333333:role/strongroom-recover",
    }


def test_a_pipeline_has_the_profiles_of_its_stack(tmp_path: Path, children: Children) -> None:
    made = operator(tmp_path, TELLS, children)
    desk = Desk(Place(tmp_path / "run", tmp_path / "checkout"), "pipeline", "http://127.0.0.1:1")
    ran = desk.take_pipeline(world.read(CHECKOUT).stacks["prod"], Mode.OPERATE, children).run("verify", "prod")
    config = configparser.ConfigParser()
    config.read(json.loads(ran.output)[0]["AWS_CONFIG_FILE"])
    assert config["profile strongroom-prod"]["role_arn"] == "arn:aws:iam::111111111111:role/strongroom-operate"
    assert config["profile strongroom-backup"]["role_arn"].endswith(":role/strongroom-reader-prod")
    assert made.folder.is_dir()


def test_what_it_says_beside_is_kept_apart(tmp_path: Path, children: Children) -> None:
    ran = operator(tmp_path, TELLS, children).run("doctor", "prod")
    assert ran.log.read_text(encoding="utf-8") == "a note"


def test_its_document_is_read(tmp_path: Path, children: Children) -> None:
    ran = operator(tmp_path, "print('{\"exit\": 0}')", children).run("doctor", "prod")
    assert ran.document() == {"exit": 0}


@pytest.mark.parametrize("code", ["print('[]')", "print('no JSON')", "raise SystemExit('it broke')"])
def test_fails_when_it_printed_no_document(code: str, tmp_path: Path, children: Children) -> None:
    ran = operator(tmp_path, code, children).run("doctor", "prod")
    with pytest.raises(RehearsalError, match=r"strongroom doctor prod ended with \d and printed no JSON object"):
        ran.document()


def test_it_can_be_killed_in_the_middle(tmp_path: Path, children: Children) -> None:
    def kill(child: Child) -> None:
        child.kill()

    waits = "import time; time.sleep(60)"
    ran = operator(tmp_path, waits, children).run("dr", "run", meanwhile=kill)
    assert ran.code == 128 + signal.SIGKILL
    assert ran.seconds < 30
