"""EventBridge: rules that still have targets."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.events.scheduled_rules import SCHEDULED
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html"
_EVENTS: Final[Any] = door.module("services.eventbridge")


@rule(_API, read="2026-11-22")
def refuse_to_delete_a_rule_with_targets(targets: int) -> None:
    """A rule can be deleted only after its targets."""
    if targets:
        raise Refused("ValidationException", "Rule can't be deleted since it has targets.")


@replaces("services.eventbridge:_delete_rule", read="d9465abcda0ef977")
@refusing("eventbridge")
def delete_rule(original: Any, data: door.Record) -> Any:
    """Refuse to delete what EventBridge keeps."""
    key = _EVENTS._rule_key(data["Name"], data.get("EventBusName", "default"))  # noqa: SLF001 - how rules are kept
    refuse_to_delete_a_rule_with_targets(len(_EVENTS._targets.get(key, [])))  # noqa: SLF001 - a table
    answer = original(data)
    SCHEDULED.changed(key)
    return answer
