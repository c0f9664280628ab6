"""EventBridge: which events PutEvents does not take, each with a code of its own in the answer."""

import json
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule

_API: Final = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html"
_READ: Final = "2026-11-22"
_REQUIRED: Final = ("Source", "DetailType", "Detail")


@rule(_API, read=_READ)
def refuse_an_event_without(name: str, value: str) -> None:
    """An event has a source, a detail type and a detail."""
    if not value:
        raise Refused("InvalidArgument", f"Parameter {name} is not valid. Reason: {name} is a required argument.")


@rule(_API, read=_READ)
def refuse_a_detail_that_is_no_object(detail: str) -> None:
    """An event's detail is a JSON object."""
    try:
        found = json.loads(detail)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused("MalformedDetail", "Detail is malformed.")


@replaces("services.eventbridge:_put_events", read="ebcda0f38061fc62")
def put_events(original: Any, data: door.Record, allow_aws_source: bool = False) -> Any:
    """Answer for each event that is none, and put the others on their bus."""
    entries: list[door.Record] = data.get("Entries", [])
    refused = {place: error for place, entry in enumerate(entries) if (error := _refusal(entry))}
    taken = [entry for place, entry in enumerate(entries) if place not in refused]
    status, headers, body = original({**data, "Entries": taken}, allow_aws_source)
    if status != 200 or not refused:
        return status, headers, body
    answer = json.loads(body)
    for place, error in refused.items():
        answer["Entries"].insert(place, error)
    answer["FailedEntryCount"] += len(refused)
    return door.responses.json_response(answer)


def _refusal(entry: door.Record) -> dict[str, str] | None:
    try:
        for name in _REQUIRED:
            refuse_an_event_without(name, entry.get(name, ""))
        refuse_a_detail_that_is_no_object(entry["Detail"])
    except Refused as refused:
        return {"ErrorCode": refused.code, "ErrorMessage": str(refused)}
    return None
