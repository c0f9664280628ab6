"""EventBridge: buses of other accounts, which need the bus's own policy and, to forward, a role of the sender."""

import json
from typing import Any, Final

from rehearsal.emulator import door, judgement
from rehearsal.emulator.delivery import Undelivered, no_permission, not_found
from rehearsal.emulator.patching import adds, replaces
from rehearsal.emulator.services.events.bus import arrive
from rehearsal.emulator.services.events.targets import SENDERS, SERVICE, Sent

_EVENTS: Final[Any] = door.module("services.eventbridge")
_PUT: Final = "events:PutEvents"
_BUS: Final = "event-bus/"
_HOPS: Final = "_Hops"
"""How many buses forwarded an event."""


def bus_policy_for_arn(arn: str) -> tuple[str, str] | None:
    """Return the policy and the owner of a bus, for the judgement of who may put events on it."""
    parts = arn.split(":", 5)
    if len(parts) != 6 or not parts[5].startswith(_BUS):
        return None
    policy: door.Record | None = _EVENTS._event_bus_policies.get_scoped(  # noqa: SLF001 - a table
        parts[4], parts[3], parts[5].removeprefix(_BUS)
    )
    return (json.dumps(policy) if policy else "", parts[4])


adds("services.eventbridge:bus_policy_for_arn", bus_policy_for_arn)
adds("core.iam_evaluator:_RESOURCE_POLICY_LOOKUPS[events]", ("eventbridge", "bus_policy_for_arn"))


def _forward(sent: Sent) -> Undelivered | None:
    """Let an event arrive on another bus, at most once on its way."""
    _, _, _, region, account, resource = sent.arn.split(":", 5)
    own = sent.rule_arn.split(":")[4]
    if sent.event.get(_HOPS, 0):
        return Undelivered("THIRD_ACCOUNT_HOP_DETECTED", "The event was forwarded to this bus already.")
    if sent.principal != SERVICE or account != own:
        refusal = judgement.refusal(sent.principal, _PUT, sent.arn, sent.context)
        if refusal:
            return no_permission(refusal)
    name = resource.removeprefix(_BUS)
    with door.request_scope(account, region):
        if not _exists(name):
            return not_found(f"The event bus {sent.arn}")
        forwarded = {**sent.event, "EventBusName": name, _HOPS: 1}
        if sent.payload and _is_changed(sent.target):
            forwarded["Detail"] = sent.payload
        arrive(forwarded)
    return None


SENDERS["events"] = _forward


@replaces("services.eventbridge:_event_bus_name_from_ref", read="c8c5c6a530b76efb")
def event_bus_name_from_ref(original: Any, name: str) -> Any:
    """Take the ARN of a bus of another account, which the permission check has allowed, for a name."""
    if name.startswith("arn:aws:events:") and _is_foreign(name):
        return name, None
    return original(name)


def _exists(name: str) -> bool:
    _EVENTS._ensure_default_bus()  # noqa: SLF001 - every account has one
    return name in _EVENTS._event_buses  # noqa: SLF001 - a table


def _is_changed(target: door.Record) -> bool:
    return any(target.get(way) for way in ("Input", "InputPath", "InputTransformer"))


def _is_foreign(arn: str) -> bool:
    return arn.split(":")[4] != door.account()
