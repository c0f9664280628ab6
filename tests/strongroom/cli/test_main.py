import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer

from strongroom.cli import bootstrap_apply, bootstrap_profiles, bootstrap_template
from strongroom.cli.exits import Exit, epilog
from strongroom.cli.faults import FAULTS
from strongroom.cli.main import app, run
from tests.strongroom.documents.example import CHECKOUT


@pytest.fixture
def checkout() -> Iterator[None]:
    """The current folder is the project's."""
    before = Path.cwd()
    os.chdir(CHECKOUT)
    yield
    os.chdir(before)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[None]:
    """The current folder holds nothing."""
    before = Path.cwd()
    os.chdir(tmp_path)
    yield
    os.chdir(before)


def ran(*arguments: str) -> tuple[Exit, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        return run(arguments), out.getvalue(), err.getvalue()


def helped(*arguments: str) -> str:
    code, out, _ = ran(*arguments, "--help")
    assert code is Exit.OK
    return out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "error: Missing command; add --help to see what there is\n"),
        (("bootstrap", "templte"), "error: No such command 'templte'. Did you mean 'template'?; add --help to see"),
        (("bootstrap", "template"), "error: Missing option '--account'; add --help"),
        (("bootstrap", "template", "--account", "mine"), "error: --account must be one of backup, pipeline,"),
    ],
)
@pytest.mark.usefixtures("checkout")
def test_fails_when_the_command_line_is_wrong(arguments: Sequence[str], sentence: str) -> None:
    code, out, err = ran(*arguments)
    assert code is Exit.USAGE
    assert out == ""
    assert err.startswith(sentence)
    assert "Traceback" not in err


@pytest.mark.usefixtures("elsewhere")
def test_fails_when_the_folder_holds_no_stack() -> None:
    code, _, err = ran("bootstrap", "template", "--account", "backup")
    assert code is Exit.USAGE
    assert err.count("\n") == 1
    assert "holds no Pulumi.<stack>.yaml" in err


@pytest.mark.usefixtures("elsewhere")
def test_scripts_get_faults_as_a_document_on_standard_output() -> None:
    code, out, err = ran("bootstrap", "template", "--account", "backup", "--json")
    found = json.loads(out)
    assert (found["exit"], len(found["errors"]), err) == (code.value, 1, "")


@pytest.mark.usefixtures("checkout")
def test_a_command_s_own_code_is_the_program_s() -> None:
    code, out, _ = ran("bootstrap", "profiles", "--stack", "prod", "--pipeline", "deploy", "--token-file", "f")
    assert code is Exit.OK
    assert out.startswith("[profile strongroom-prod]\n")


@pytest.mark.parametrize("fault", list(FAULTS))
def test_every_fault_ends_with_a_code_of_its_own_kind_and_never_well(fault: type[Exception]) -> None:
    assert FAULTS[fault] not in (Exit.OK, Exit.INTERRUPTED)


@pytest.mark.parametrize("command", [bootstrap_template, bootstrap_apply, bootstrap_profiles])
def test_every_command_s_help_says_how_it_ends(command: object) -> None:
    name = str(getattr(command, "__name__", "")).rsplit("_", 1)[-1]
    text = " ".join(helped("bootstrap", name).split())
    assert epilog(*getattr(command, "EXITS", ())) in text
    assert str(getattr(command, "HELP", "")).split("\n", maxsplit=1)[0] in text


def test_help_does_not_wait_for_boto3() -> None:
    seen = "import sys, strongroom.cli.main; sys.exit('boto3' in sys.modules or 'pulumi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", seen], timeout=60, check=False, cwd=CHECKOUT).returncode == 0


def test_ctrl_c_is_130() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    app.command("interrupted", hidden=True)(interrupted)
    try:
        assert ran("interrupted") == (Exit.INTERRUPTED, "", "error: interrupted\n")
    finally:
        app.registered_commands.pop()


def test_codes_are_those_that_scripts_rely_on() -> None:
    assert {code.name: code.value for code in Exit} == {
        "OK": 0,
        "FAILED": 1,
        "USAGE": 2,
        "PARTIAL": 3,
        "MISMATCH": 4,
        "NOT_FOUND": 5,
        "REFUSED": 6,
        "DENIED": 7,
        "TIMEOUT": 8,
        "INTERRUPTED": 130,
    }
    assert isinstance(app, typer.Typer)
