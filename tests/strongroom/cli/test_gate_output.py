import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from strongroom.cli.exits import Exit, epilog
from strongroom.cli.gate_judge import EXITS, HELP, Form, Options
from tests.strongroom.cli.gating import DELETED, OVERRIDE, UNCHANGED, Gate
from tests.strongroom.cli.test_main import helped, ran
from tests.strongroom.gate.previews import TABLE, digest, recorded, step, urn
from tests.strongroom.gate.repository import write


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path)


def document(text: str) -> Mapping[str, Any]:
    return json.loads(text)


def test_scripts_get_a_document(gate: Gate) -> None:
    write(gate.folder, {"gate-overrides.yaml": OVERRIDE})
    both = digest(step("delete", TABLE), step("replace", TABLE, "other"))
    code, out = gate(json.dumps(both), Options(form=Form.JSON))
    found = document(out)
    assert (code, found["passes"], found["project"], found["stack"], found["resources"]) == (
        Exit.REFUSED,
        False,
        "strongroom",
        "prod",
        3,
    )
    assert [(one["urn"], one["operation"], one["setting"]) for one in found["refused"]] == [
        (urn(TABLE, "other"), "replace", None)
    ]
    assert found["refused"][0]["overrideAddedInTheSameChange"] is False
    assert [(one["urn"], one["reason"], one["expires"]) for one in found["allowed"]] == [
        (urn(TABLE), "ticket 12: moved to the new account", "2026-12-01")
    ]


@pytest.mark.parametrize("form", Form)
def test_every_form_tells_what_is_refused_and_never_what_is_secret(gate: Gate, form: Form) -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": '"hunter2"'}
    text = json.dumps(recorded("changed")).replace('"[secret]"', json.dumps(secret))
    assert "hunter2" in text
    code, out = gate(text, Options(form=form))
    assert code is Exit.REFUSED
    assert "hunter2" not in out
    for name in ("gone", "keyed", "weakened"):
        assert f"::{name}" in out.replace("\\", "")


def test_the_command_line_knows_the_gate(gate: Gate) -> None:
    write(gate.folder, {"deleted.json": DELETED, "same.json": UNCHANGED, "cut.json": UNCHANGED[:-1]})
    assert ran("gate", f"{gate.folder}/same.json")[0] is Exit.OK
    assert ran("gate", f"{gate.folder}/deleted.json")[0] is Exit.REFUSED
    code, out, err = ran("gate", f"{gate.folder}/cut.json")
    assert (code, out) == (Exit.FAILED, "")
    assert err == (
        f"error: {gate.folder}/cut.json is cut short or is no JSON at line 1; make it with"
        " `pulumi preview --json --show-sames` and hand it over whole\n"
    )


@pytest.mark.parametrize(("preview", "code"), [(UNCHANGED, 0), (DELETED, 6), ("", 1), ("\xff", 2)])
def test_a_preview_may_be_piped_in(preview: str, code: int) -> None:
    command = [Path(sys.executable).with_name("strongroom"), "gate"]
    done = subprocess.run(command, input=preview.encode("latin-1"), check=False, capture_output=True, timeout=60)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("asked", [("--output", "json"), ("--output=json",)])
def test_scripts_get_faults_as_a_document(gate: Gate, asked: tuple[str, ...]) -> None:
    write(gate.folder, {"cut.json": UNCHANGED[:-1]})
    code, out, err = ran("gate", f"{gate.folder}/cut.json", *asked)
    assert (document(out)["exit"], len(document(out)["errors"]), err) == (code.value, 1, "")


def test_help_is_the_manual() -> None:
    text = " ".join(helped("gate").split())
    assert epilog(*EXITS) in text
    assert HELP.split("\n", maxsplit=1)[0] in text
