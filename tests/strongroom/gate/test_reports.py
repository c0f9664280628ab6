import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final

import pytest

from strongroom.gate.findings import find
from strongroom.gate.operations import Operation
from strongroom.gate.overrides import Override
from strongroom.gate.plain import LONGEST as LONGEST_NAME
from strongroom.gate.plain import plain
from strongroom.gate.reports import document, markdown, sarif, text
from strongroom.gate.verdict import Overrides, Verdict, judge
from tests.strongroom.gate.previews import TABLE, VAULT, Document, digest, read, step, urn

LEVELS: Final = {"none", "note", "warning", "error"}
LEAVE: Final = Override(
    urn=urn(VAULT), operation=Operation.DELETE, reason="ticket 12: emptied long ago", expires=date(2026, 12, 1)
)


def verdict(*steps: Document, foreign: tuple[str, ...] = ()) -> Verdict:
    preview = read(digest(*steps))
    return judge(preview, find(preview), Overrides([LEAVE], added=[LEAVE]), foreign)


MIXED: Final = verdict(step("delete", TABLE), step("delete", VAULT), foreign=("policies: x.py is not in main",))


def test_text_says_refused_allowed_noted_and_the_verdict() -> None:
    heads = [line.partition(":")[0] for line in text.render(MIXED).splitlines()]
    assert heads[:-1] == ["refused", "refused", "allowed", "note", "gate"]


@pytest.mark.parametrize("render", [text.render, markdown.render])
def test_every_thing_is_one_line_however_it_is_named(render: Any) -> None:
    evil = "it\n::error::all is well\x1b[2J\u202e\r"
    lines = render(verdict(step("delete", TABLE, evil))).splitlines()
    assert not [line for line in lines if line.startswith("::")]
    assert not [sign for line in lines for sign in line if not sign.isprintable()]


@pytest.mark.parametrize("render", [text.render, markdown.render, document.render, sarif.render])
def test_text_that_is_none_can_be_written_all_the_same(render: Any) -> None:
    torn = json.dumps(render(verdict(step("delete", TABLE, "it\ud800"))))
    assert "ud800" in torn.encode().decode()


@pytest.mark.parametrize(("length", "cut"), [(LONGEST_NAME, False), (LONGEST_NAME + 1, True)])
def test_an_endless_name_is_cut(length: int, cut: bool) -> None:
    assert plain("x" * length).endswith("...") is cut
    assert plain("x" * length, longest=None) == "x" * length


def test_a_comment_begins_with_the_mark_by_which_the_next_run_finds_it() -> None:
    assert markdown.render(MIXED).startswith("<!-- strongroom gate: prod -->\n**gate\\: refused ")
    assert "Take the change back" not in markdown.render(verdict())


def test_a_comment_holds_nothing_live() -> None:
    evil = "<img src=x> @everyone [x](https://example.com) `a` ![b](c) #1 | **x**"
    (row,) = [
        line for line in markdown.render(verdict(step("delete", TABLE, evil))).splitlines() if "refused**" in line
    ]
    shown = row.replace("**refused** `delete`", "", 1)
    live = [sign for before, sign in pairwise(shown) if sign in "<>@[]`!#|*_" and before != "\\"]
    assert live == []


def test_a_comment_is_never_longer_than_one_may_be() -> None:
    many = verdict(*(step("delete", TABLE, f"table-{number}") for number in range(1000)))
    comment = markdown.render(many)
    listed = sum(line.startswith("- **refused**") for line in comment.splitlines())
    assert len(comment) <= markdown.LONGEST
    rows = 1000 + len(many.notes)
    assert f"- ... and {rows - listed} more; the job's log has them all" in comment.splitlines()
    assert "Take the change back" in comment
    few = verdict(*(step("delete", TABLE, f"table-{number}") for number in range(10)))
    assert "more; the job's log" not in markdown.render(few)


def test_a_document_can_be_written_as_json() -> None:
    found = json.loads(json.dumps(document.render(MIXED)))
    assert found["passes"] is False
    assert found["foreignJudges"] == ["policies: x.py is not in main"]
    assert found["notes"] == [
        f"override delete of {urn(VAULT)} is added in this change; it counts from the next one on"
    ]


def results(log: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each result with its rule."""
    (run,) = log["runs"]
    for result in run["results"]:
        yield result, run["tool"]["driver"]["rules"][result["ruleIndex"]]


def test_sarif_has_every_member_that_its_standard_asks_for() -> None:
    log: dict[str, Any] = json.loads(json.dumps(sarif.render(MIXED)))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["name"] == "strongroom gate"
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"]) == len(Operation) + 1
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    for result, rule in results(log):
        assert result["ruleId"] == rule["id"]
        assert result["level"] in LEVELS
        assert result["message"]["text"].endswith(".")
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "Pulumi.prod.yaml"
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        assert len(result["partialFingerprints"]["strongroomGate/v1"]) == 64


def test_sarif_keeps_what_is_allowed_as_suppressed() -> None:
    told = {result["ruleId"]: result.get("suppressions") for result, _ in results(sarif.render(MIXED))}
    assert told["foreign-pack"] is None
    suppressed = [result["suppressions"] for result, _ in results(sarif.render(MIXED)) if "suppressions" in result]
    assert suppressed == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "allowed until 2026-12-01 because ticket 12: emptied long ago",
            }
        ]
    ]


def test_sarif_tells_one_thing_from_another_and_knows_it_again() -> None:
    prints = [result["partialFingerprints"]["strongroomGate/v1"] for result, _ in results(sarif.render(MIXED))]
    again = [result["partialFingerprints"]["strongroomGate/v1"] for result, _ in results(sarif.render(MIXED))]
    assert prints == again
    assert len(set(prints)) == 3


def test_sarif_of_nothing_is_valid_too() -> None:
    assert list(results(sarif.render(verdict()))) == []
