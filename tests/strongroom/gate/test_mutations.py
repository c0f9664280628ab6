"""Edits that weaken what stands, each of which must be stopped, by its own sentence, at the command line itself."""

import json
from pathlib import Path
from typing import Final

import pytest

from strongroom.cli.exits import Exit
from tests.stacks import world
from tests.strongroom.cli.test_main import ran
from tests.strongroom.gate.editing import becoming
from tests.strongroom.gate.mutations import REFUSED
from tests.strongroom.gate.previews import Document, Edit, edited, of_the_program, step_of
from tests.strongroom.gate.repository import write

HIDDEN: Final[dict[str, tuple[Edit, str]]] = {
    "unchanged resources are left out": (
        lambda document: document["steps"].pop(),
        "under 'same' where its summary counts ",
    ),
    "a deletion is left out": (
        lambda document: document["changeSummary"].update(delete=1),
        "lists 0 resources under 'delete' where its summary counts 1",
    ),
    "the preview ended in an error": (
        lambda document: document.update(diagnostics=[{"severity": "error", "message": "x"}]),
        "is of a preview that ended in errors (1)",
    ),
    "what was is left out": (
        becoming("update", "backup-key", "oldState"),
        "does not say in 'update' of ",
    ),
    "what will be is left out": (becoming("update", "backup-key", "newState"), "what will be there"),
    "an operation is new": (becoming("erase", "backup-key"), "would do 'erase' to "),
    "the summary is left out": (
        lambda document: document.pop("changeSummary"),
        "has no changeSummary: it is no preview",
    ),
    "the steps are left out": (lambda document: document.pop("steps"), "has no steps: it is no preview"),
    "a step is about another resource": (
        lambda document: step_of(document, "backup-key").update(urn=step_of(document, "alarms-key")["urn"]),
        "that it is about something else",
    ),
    "a step is of another type": (
        lambda document: step_of(document, "backup-key")["newState"].update(type="aws:sqs/queue:Queue"),
        "that it is about something else",
    ),
}


@pytest.fixture(scope="module")
def programs() -> dict[str, Document]:
    return {stack: of_the_program(stack) for stack in world.STACKS}


def judged(folder: Path, document: Document, *arguments: str) -> tuple[Exit, str]:
    """The code, and all that was said."""
    write(folder, {"preview.json": json.dumps(document)})
    code, out, err = ran("gate", str(folder / "preview.json"), *arguments)
    return code, out + err


@pytest.mark.parametrize("stack", world.STACKS)
def test_the_program_as_it_is_passes(programs: dict[str, Document], stack: str, tmp_path: Path) -> None:
    code, said = judged(tmp_path, programs[stack])
    assert (code, said.count("\n")) == (Exit.OK, 1)


@pytest.mark.parametrize("mutation", REFUSED)
def test_what_weakens_is_refused(programs: dict[str, Document], mutation: str, tmp_path: Path) -> None:
    stack, edit, sentence = REFUSED[mutation]
    code, said = judged(tmp_path, edited(programs[stack], edit))
    assert code is Exit.REFUSED
    assert sentence in said.splitlines()[0]


@pytest.mark.parametrize("mutation", HIDDEN)
def test_what_hides_is_never_let_through(programs: dict[str, Document], mutation: str, tmp_path: Path) -> None:
    edit, sentence = HIDDEN[mutation]
    code, said = judged(tmp_path, edited(programs["prod"], edit))
    assert code is Exit.FAILED
    assert sentence in said
    assert said.count("\n") == 1
