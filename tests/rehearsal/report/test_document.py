import io
import json
from pathlib import Path

from rich.console import Console

from rehearsal.report import document, table
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, Mark, Result, Step

FAILURE = CheckError("exit code", expected=0, got="1: AccessDenied", log=Path("/logs/01-up.log"))


def never(_: Scene) -> None:
    """Is not run here."""


HELD = Result(Step("seed", "it is seeded", never), Mark.HELD, 4.26, 243)
FAILED = Result(Step("up prod", "it is deployed", never), Mark.FAILED, 9.0, 10, FAILURE)
NOT_RUN = Result(Step("destroy prod", "it is kept", never), Mark.NOT_RUN, failure=FAILURE)


def printed(*results: Result) -> str:
    out = io.StringIO()
    table.show(Console(file=out, width=120), results, 13.4)
    return out.getvalue()


def test_it_is_green_only_when_every_check_held() -> None:
    assert document.green([HELD])
    assert not document.green([HELD, FAILED])
    assert not document.green([HELD, NOT_RUN])
    assert not document.green([])


def test_a_failure_says_what_was_expected_what_came_and_where_the_log_is() -> None:
    said = document.render([HELD, FAILED], seconds=13.37, engine_version="3.256.0")
    assert said["green"] is False
    assert said["seconds"] == 13.4
    assert said["steps"] == [
        {"name": "seed", "proves": "it is seeded", "result": "held", "seconds": 4.3, "calls": 243},
        {
            "name": "up prod",
            "proves": "it is deployed",
            "result": "failed",
            "seconds": 9.0,
            "calls": 10,
            "check": "exit code",
            "expected": "0",
            "got": "1: AccessDenied",
            "log": "/logs/01-up.log",
        },
    ]


def test_the_report_replaces_an_earlier_one(tmp_path: Path) -> None:
    file = tmp_path / "build" / "report.json"
    document.write(file, {"green": False})
    document.write(file, {"green": True})
    assert json.loads(file.read_text()) == {"green": True}
    assert [entry.name for entry in file.parent.iterdir()] == ["report.json"]


def test_people_see_the_same() -> None:
    text = printed(HELD, FAILED, NOT_RUN)
    assert "expected 0" in text
    assert "got      1: AccessDenied" in text
    assert "/logs/01-up.log" in text
    assert "1 of 3 steps held, 13 s" in text


def test_what_was_not_run_is_listed_and_blamed_on_what_failed() -> None:
    assert "not run" in printed(FAILED, NOT_RUN)
    assert printed(FAILED, NOT_RUN).count("expected") == 1
