import io

from rich.console import Console

from rehearsal.report import table
from rehearsal.scenarios.step import Result
from tests.rehearsal.report.stories import FAILED, HELD, NOT_RUN


def printed(*results: Result) -> str:
    out = io.StringIO()
    table.show(Console(file=out, width=120), results, 13.4)
    return out.getvalue()


def test_people_see_what_was_expected_and_what_came() -> None:
    text = printed(HELD, FAILED, NOT_RUN)
    assert "expected 0" in text
    assert "got      1: AccessDenied" in text
    assert "/logs/01-up.log" in text
    assert "1 of 3 steps held, 13 s" in text


def test_what_was_not_run_is_listed_and_blamed_on_what_failed() -> None:
    assert "not run" in printed(FAILED, NOT_RUN)
    assert printed(FAILED, NOT_RUN).count("expected") == 1
