"""Other processes for tests: a folder with a program and a pack that answer what a test tells them to."""

import itertools
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from strongroom.checking.processes import Asking


def patient(told: list[str] | None = None, seconds: float = 60.0) -> Asking:
    """Someone who waits, and keeps what is told."""
    return Asking(time.monotonic, (told if told is not None else []).append, seconds)


def hasty(told: list[str]) -> Asking:
    """Someone for whom an hour passes at each look at the clock."""
    clock = itertools.count(0.0, 3600.0)
    return Asking(lambda: next(clock), told.append)


def program(folder: Path, text: str) -> None:
    """A program whose recording does what the text says."""
    _module(folder / "stacks" / "recording.py", text)


def recording(folder: Path, answer: Mapping[str, Any]) -> None:
    """A program that was recorded before."""
    program(folder, f"import json, sys\nsys.stdin.read()\nprint(json.dumps({dict(answer)!r}))")


def pack(folder: Path, violations: list[Mapping[str, Any]], faults: list[str] | None = None) -> None:
    """A pack that says the same of everything."""
    found = {"faults": faults or [], "violations": violations}
    rules = {"a-rule": {"description": "Checks that all is well.", "why": "It may not be."}}
    _module(
        folder / "policies" / "strongroom_policies" / "offline.py",
        "import json, sys\nasked = json.load(sys.stdin)['judged']\n"
        f"found = json.loads({json.dumps(json.dumps(found))})\nrules = json.loads({json.dumps(json.dumps(rules))})\n"
        "print(json.dumps({'rules': rules, 'judged': {name: found for name in asked}}))",
    )


def _module(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    (place.parent / "__init__.py").write_text("", encoding="utf-8")
    place.write_text(text, encoding="utf-8")
