"""EventBridge: what a target gets of an event."""

import json
from typing import Any, Final, cast

from rehearsal.emulator import door

_EVENTS: Final[Any] = door.module("services.eventbridge")


def payload(target: door.Record, rule: door.Record, view: Any) -> str:
    """Return the text that a target is sent.

    Args:
        target: As PutTargets took it: with an Input, an InputPath, an InputTransformer, or nothing for the whole event.
        rule: The rule that matched.
        view: MiniStack's view of the event.
    """
    if target.get("InputTransformer"):
        return _EVENTS._apply_input_transformer(target["InputTransformer"], rule, view)  # noqa: SLF001 - its template
    if target.get("Input"):
        return target["Input"]
    event: object = view.event_with_detail()
    if target.get("InputPath"):
        event = _at(target["InputPath"], event)
    return json.dumps(event)


def _at(path: str, event: Any) -> object:
    """Return what a JSON path names; the whole event when there is nothing."""
    found: Any = event
    for name in path.removeprefix("$").split("."):
        if name:
            inside = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
            if name not in inside:
                return event
            found = inside[name]
    return found
