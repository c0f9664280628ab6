"""Edits of a preview, for tests that weaken or hide something in it."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.strongroom.gate.previews import Document, Edit, step_of

After = Callable[[dict[str, Any]], None]


def recounted(document: Document) -> None:
    """The summary of the steps as they are now."""
    document["changeSummary"] = dict(Counter(step["op"] for step in document["steps"]))


def becoming(op: str, name: str, *gone: str) -> Edit:
    """Another operation on a resource, whose step then lacks some of the states."""

    def edit(document: Document) -> None:
        step = step_of(document, name)
        step["op"] = op
        for state in gone:
            del step[state]
        recounted(document)

    return edit


def updated(name: str, after: After) -> Edit:
    """Something else in a resource's inputs."""

    def edit(document: Document) -> None:
        step = step_of(document, name)
        step["op"] = "update"
        after(step["newState"]["inputs"])
        recounted(document)

    return edit


def optioned(name: str, **options: object) -> Edit:
    """Other options of a resource; nothing of that is an operation to the engine."""
    return lambda document: step_of(document, name)["newState"].update(options)


def put(path: str, value: object) -> After:
    """Set a value below dots, where a number is a place in a list."""

    def after(inputs: dict[str, Any]) -> None:
        *way, last = path.split(".")
        place: Any = inputs
        for part in way:
            place = place[int(part)] if part.isdigit() else place[part]
        place[last] = value

    return after


def drop(path: str) -> After:
    """Take away what lies below dots."""

    def after(inputs: dict[str, Any]) -> None:
        *way, last = path.split(".")
        place: Any = inputs
        for part in way:
            place = place[int(part)] if part.isdigit() else place[part]
        del place[int(last) if last.isdigit() else last]

    return after


def undenied(inputs: dict[str, Any]) -> None:
    """The policy without what it denies."""
    _without("Deny", inputs)


def unallowed(inputs: dict[str, Any]) -> None:
    """The policy without what it allows."""
    _without("Allow", inputs)


def _without(effect: str, inputs: dict[str, Any]) -> None:
    policy = json.loads(inputs["policy"])
    policy["Statement"] = [one for one in policy["Statement"] if one["Effect"] != effect]
    inputs["policy"] = json.dumps(policy)
