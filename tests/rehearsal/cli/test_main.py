import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rehearsal.cli.main import app
from strongroom.cli.exits import Exit

COMMANDS = [
    ("run",),
    ("up",),
    ("down",),
    ("reset",),
    ("status",),
    ("env",),
    ("clock", "show"),
    ("clock", "advance"),
    ("account", "add"),
    ("account", "lose"),
    ("account", "list"),
]
JSON = [command for command in COMMANDS if command[0] in ("status", "env", "clock", "account", "run")]


def invoked(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "200", "TERM": "dumb"})
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_says_what_the_exit_codes_mean(command: tuple[str, ...]) -> None:
    code, out, _ = invoked(*command, "--help")
    assert code == Exit.OK
    assert re.search(r"EXIT STATUS: 0 done, 1 failed", out)


@pytest.mark.parametrize("command", JSON, ids=" ".join)
def test_what_programs_read_is_printed_as_json(command: tuple[str, ...]) -> None:
    assert "--json" in invoked(*command, "--help")[1]


@pytest.fixture
def nowhere(tmp_path: Path) -> str:
    return str(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "command",
    [
        ("down",),
        ("reset",),
        ("status",),
        ("env",),
        ("clock", "show"),
        ("clock", "advance", "3d"),
        ("account", "list"),
        ("account", "add", "fresh"),
        ("account", "lose", "prod"),
    ],
    ids=" ".join,
)
def test_fails_when_no_local_aws_is_up(command: tuple[str, ...], nowhere: str) -> None:
    code, out, err = invoked(*command, "--folder", nowhere)
    assert code == Exit.NOT_FOUND
    assert err.startswith("rehearsal: no rehearsal is up in ")
    assert out == ""
    assert not Path(nowhere).exists()


@pytest.mark.parametrize("text", ["3", "soon", "1h1d"])
def test_fails_when_the_clock_is_advanced_by_no_duration(text: str, nowhere: str) -> None:
    code, _, err = invoked("clock", "advance", text, "--folder", nowhere)
    assert code == Exit.USAGE
    assert "must be a duration such as 3d, 90m or 1h30m" in err


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_fails_when_a_port_cannot_exist(port: str, nowhere: str) -> None:
    assert invoked("up", "--port", port, "--folder", nowhere)[0] == Exit.USAGE


def test_fails_when_the_action_to_take_away_is_none(nowhere: str) -> None:
    code, _, err = invoked("run", "--without-action", "CreateTable", "--folder", nowhere)
    assert code == Exit.USAGE
    assert "must be an IAM action such as dynamodb:CreateTable" in err
