import io
import json
import shutil
import time
from pathlib import Path

import pytest

from strongroom.cli.check_judge import Doors, Form, Options, run
from strongroom.cli.exits import Exit
from strongroom.cli.faults import FAULTS, UsageError
from strongroom.cli.output import Output
from tests.stacks import world
from tests.strongroom.checking.asking import pack, recording
from tests.strongroom.cli.test_main import checkout, elsewhere, ran

pytestmark = pytest.mark.processes

__all__ = ["checkout", "elsewhere"]

VIOLATION = {"rule": "a-rule", "mandatory": True, "urn": "urn:it", "sentence": "it is wrong: \x1b[31m"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(world.file("prod"), tmp_path)
    shutil.copy(world.file("backup"), tmp_path)
    shutil.copy(world.CHECKOUT / "Pulumi.yaml", tmp_path)
    recording(tmp_path, {stack: {"preview": [], "up": []} for stack in ("prod", "backup")})
    pack(tmp_path, [VIOLATION])
    shutil.copytree(world.CHECKOUT / "policies" / "configuration", tmp_path / "policies" / "configuration")
    return tmp_path


def checked(folder: Path, *files: str, form: Form = Form.TEXT) -> tuple[Exit, str, str]:
    out, err = io.StringIO(), io.StringIO()
    options = Options(tuple(Path(one) for one in files), form=form)
    code = run(options, Doors(folder, time.monotonic, Output(out, err)))
    return code, out.getvalue(), err.getvalue()


@pytest.mark.usefixtures("checkout")
def test_the_checkout_passes() -> None:
    code, out, _ = ran("check")
    assert (code, out.splitlines()[-1]) == (Exit.OK, "check: nothing is refused")
    assert [line.split(":")[0] for line in out.splitlines()[:-1]] == [
        "Pulumi.backup.yaml",
        "Pulumi.ci.yaml",
        "Pulumi.prod.yaml",
    ]


def test_a_finding_is_one_line_and_refuses(folder: Path) -> None:
    code, out, _ = checked(folder, "Pulumi.prod.yaml")
    assert code is Exit.REFUSED
    assert out.splitlines() == [
        "refused: Pulumi.prod.yaml: it is wrong: \\x1b[31m (a-rule)",
        "Pulumi.prod.yaml: 0 resources",
        "check: 1 refused",
    ]


def test_scripts_get_one_document(folder: Path) -> None:
    code, out, _ = checked(folder, "Pulumi.prod.yaml", form=Form.JSON)
    said = json.loads(out)
    assert (code, said["passes"], said["command"]) == (Exit.REFUSED, False, "check")
    assert [(one["rule"], one["file"], one["urn"], one["level"]) for one in said["findings"]] == [
        ("a-rule", "Pulumi.prod.yaml", "urn:it", "error")
    ]


def test_tools_get_sarif(folder: Path) -> None:
    _, out, _ = checked(folder, "Pulumi.prod.yaml", form=Form.SARIF)
    said = json.loads(out)
    (made,) = said["runs"]
    (result,) = made["results"]
    rules = [one["id"] for one in made["tool"]["driver"]["rules"]]
    assert said["version"] == "2.1.0"
    assert rules[result["ruleIndex"]] == result["ruleId"] == "a-rule"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "Pulumi.prod.yaml"
    assert result["partialFingerprints"]
    assert all(one["shortDescription"]["text"] for one in made["tool"]["driver"]["rules"])


def test_every_stack_file_is_checked_when_none_is_named(folder: Path) -> None:
    _, out, _ = checked(folder)
    assert "Pulumi.backup.yaml: 0 resources" in out
    assert "Pulumi.prod.yaml: 0 resources" in out


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("Pulumi.test.yaml", "Pulumi.test.yaml is not there"),
        ("stacks/recording.py", "does not lie in"),
        ("../Pulumi.prod.yaml", "does not lie in"),
        ("readme.txt", "readme.txt is no stack file"),
    ],
)
def test_fails_when_a_file_is_no_stack_file_of_the_folder(folder: Path, file: str, sentence: str) -> None:
    (folder / "readme.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match=sentence):
        checked(folder, file)
    assert FAULTS[UsageError] is Exit.USAGE


@pytest.mark.usefixtures("elsewhere")
def test_fails_when_the_folder_holds_no_stack_file() -> None:
    code, _, err = ran("check")
    assert code is Exit.USAGE
    assert "holds no Pulumi.<stack>.yaml" in err


@pytest.mark.usefixtures("checkout")
def test_fails_when_there_is_no_pack() -> None:
    code, _, err = ran("check", "Pulumi.prod.yaml", "--pack", "docs", "--output", "text")
    assert code is Exit.FAILED
    assert "holds no strongroom_policies/offline.py; name the folder of the pack with --pack" in err


def test_somebody_who_waits_is_told(folder: Path) -> None:
    pack_ = folder / "policies" / "strongroom_policies" / "offline.py"
    pack_.write_text(f"import time\ntime.sleep(3)\n{pack_.read_text(encoding='utf-8')}", encoding="utf-8")
    _, _, err = checked(folder, "Pulumi.prod.yaml")
    assert "judging by the policy pack (" in err
