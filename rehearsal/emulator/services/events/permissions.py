"""EventBridge: who may put events on a bus."""

import re
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html"
_READ: Final = "2026-11-22"
_EVENTS: Final[Any] = door.module("services.eventbridge")
_PRINCIPAL: Final = re.compile(r"\*|\d{12}")


@rule(_API, read=_READ)
def refuse_a_permission_for_who_is_no_account(principal: str) -> None:
    """A permission is for an account of twelve digits, or for everybody."""
    if not _PRINCIPAL.fullmatch(principal):
        raise Refused("ValidationException", f"Provided principal is not valid: {principal!r}.")


@rule(_API, read=_READ)
def refuse_a_bus_policy_that_is_none(policy: dict[str, Any]) -> None:
    """The policy of a bus is JSON with statements."""
    if not policy.get("Statement"):
        raise Refused("ValidationException", "The policy of an event bus must be a JSON object with statements.")


@rule(_API, read=_READ)
def refuse_a_permission_on_an_absent_bus(bus: str, exists: bool) -> None:
    """The bus of a permission exists."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Event bus {bus} does not exist.")


@replaces("services.eventbridge:_put_permission", read="3f19d0b56bca29d2")
@refusing("eventbridge")
def put_permission(original: Any, data: door.Record) -> Any:
    """Write a whole policy, or one statement in the words in which AWS shows it."""
    bus: str = data.get("EventBusName", "default")
    refuse_a_permission_on_an_absent_bus(bus, bus in _EVENTS._event_buses)  # noqa: SLF001 - a table
    policies = _EVENTS._event_bus_policies  # noqa: SLF001 - a table
    if data.get("Policy"):
        policy = json_object(data["Policy"])
        refuse_a_bus_policy_that_is_none(policy)
        policies[bus] = policy
        return door.responses.json_response({})
    principal: str = data.get("Principal", "")
    refuse_a_permission_for_who_is_no_account(principal)
    answer = original(data)
    if principal != "*":
        policies[bus]["Statement"][-1]["Principal"] = {"AWS": f"arn:aws:iam::{principal}:root"}
    return answer
