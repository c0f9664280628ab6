import json

import pytest

from strongroom.aws.errors import DeniedError
from strongroom.cli.exits import Exit
from strongroom.cli.verify_look import Form
from tests.strongroom.cli.test_main import elsewhere, ran
from tests.strongroom.cli.verifying import Screen, blind, stale, warned
from tests.strongroom.evidence.kept import RECEIPTS, Kept

__all__ = ["elsewhere"]


def test_json_is_one_document_with_all_that_was_seen() -> None:
    screen = Screen(stale())
    assert screen.verify(Form.JSON) is Exit.MISMATCH
    said = json.loads(screen.said)
    assert (said["version"], said["environment"], said["exit"], said["unseen"]) == (1, "prod", 4, [])
    (found,) = said["findings"]
    assert (found["kind"], found["place"], found["subject"]) == ("stale", "daily", RECEIPTS)
    (row,) = [row for row in said["rows"] if (row["place"], row["subject"]) == ("daily", RECEIPTS)]
    assert (row["ageSeconds"], row["limitSeconds"]) == (40 * 3600, 39 * 3600)


@pytest.mark.parametrize(
    ("kept", "code", "state"),
    [
        (Kept(), 0, "OK"),
        (warned(), 1, "WARNING"),
        (stale(), 2, "CRITICAL"),
        (blind(DeniedError("no")), 3, "UNKNOWN"),
        (blind(DeniedError("no"), stale()), 2, "CRITICAL"),
    ],
)
def test_monitoring_hears_one_line_and_one_of_four_codes(kept: Kept, code: int, state: str) -> None:
    screen = Screen(kept)
    assert screen.verify(Form.NAGIOS) == code
    (line,) = screen.said.splitlines()
    words, performance = line.split(" | ")
    assert words.startswith(f"STRONGROOM {state} - prod: ")
    assert "'local'=32400s;;140400" in performance.split()
    assert "'pitr'=300s;;900" in performance.split()


def test_monitoring_hears_unknown_when_nothing_could_be_looked_at() -> None:
    kept = Kept()
    kept.aws.wire.trouble(1, DeniedError("no | credentials"), operation="sts.identity", times=2)
    screen = Screen(kept)
    assert screen.verify(Form.NAGIOS) == 3
    assert screen.said == "STRONGROOM UNKNOWN - no / credentials\n"


def test_long_lists_are_cut_in_the_line_of_monitoring() -> None:
    kept = Kept()
    kept.own.backups.clear()
    screen = Screen(kept)
    screen.verify(Form.NAGIOS)
    assert "6 failures, 0 warnings, " in screen.said
    assert ", 3 more | failures=6;;0 " in screen.said


def test_fails_when_a_form_is_unknown() -> None:
    code, _, err = ran("verify", "prod", "--output", "sarif")
    assert code is Exit.USAGE
    assert "'sarif' is not one of 'text', 'json', 'nagios'" in err


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("asked", [["--json"], ["--output", "json"]])
def test_json_tells_errors_as_a_document_too(asked: list[str]) -> None:
    code, out, _ = ran("verify", "backup", *asked)
    assert code is Exit.USAGE
    assert "has no manifest" in json.loads(out)["errors"][0]
