"""EventBridge: finds the rules of a bus that an event matches, and hands the event to their targets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.events.deliveries import Delivery, deliver
from rehearsal.emulator.services.events.patterns import meets, plain
from rehearsal.emulator.services.events.payloads import payload

DEFAULT: Final = "default"
_EVENTS: Final[Any] = door.module("services.eventbridge")
_MATCHES: Final[Any] = _EVENTS._matches_pattern_view  # noqa: SLF001 - MiniStack's matcher


@dataclass(frozen=True)
class Event:
    """An event of an AWS service."""

    source: str
    detail_type: str
    detail: Mapping[str, object]
    resources: Sequence[str] = ()


def emit(account: str, region: str, event: Event) -> None:
    """Put an event of an AWS service on the default bus of an account, at the emulator's time."""
    if not _may_be_heard(account, region, event):
        return
    record = {
        "EventId": str(uuid4()),
        "Source": event.source,
        "DetailType": event.detail_type,
        "Detail": dict(event.detail),
        "EventBusName": DEFAULT,
        "Time": int(clock.now().timestamp()),
        "Resources": list(event.resources),
        "Account": account,
        "Region": region,
    }
    with door.request_scope(account, region):
        arrive(record)


def is_heard(account: str, region: str) -> bool:
    """Whether anything listens on the default bus of an account, whatever it listens to."""
    return _is_archived(account, region) or any(True for _ in _rules(DEFAULT, account, region))


def arrive(event: door.Record) -> None:
    """Let an event arrive at the bus that it names, of the account and region that are being answered for."""
    view = _EVENTS._pattern_event_view(event)  # noqa: SLF001 - MiniStack's view of an event
    dispatch(None, event, view)
    _EVENTS._archive_event(event, view)  # noqa: SLF001 - keeps it for a replay


@replaces("services.eventbridge:_dispatch_event", read="d1bfe064f602d11c")
def dispatch(_original: Any, event: door.Record, view: Any = None) -> None:
    """Hand an event to the targets of every rule that it matches."""
    bus: str = event.get("EventBusName", DEFAULT)
    if bus.startswith("arn:"):
        _arrive_abroad(bus, event)
        return
    view = view or _EVENTS._pattern_event_view(event)  # noqa: SLF001 - as above
    for key, rule in _rules(bus, door.account(), door.region()):
        if _MATCHES(rule["EventPattern"], view, f"rule {key}"):
            hand_out(key, rule, event, view)


def hand_out(key: str, rule: door.Record, event: door.Record, view: Any) -> None:
    """Hand an event to the targets of one rule."""
    targets: list[door.Record] | None = _EVENTS._targets.get(key)  # noqa: SLF001 - a table
    for target in targets or []:
        deliver(Delivery(rule["Arn"], target, event, payload(target, rule, view)))


def _arrive_abroad(bus: str, event: door.Record) -> None:
    """Let an event that was put on the bus of another account arrive there."""
    _, _, _, region, account, name = bus.split(":", 5)
    with door.request_scope(account, region):
        arrive({**event, "EventBusName": name.partition("/")[2]})


def _rules(bus: str, account: str, region: str) -> Iterator[tuple[str, door.Record]]:
    """The rules on a bus that wait for an event."""
    rules = _EVENTS._rules._data  # noqa: SLF001 - the rules of every account
    for key in list(rules):
        if key[0] == account and key[1] == region:
            # Nothing of it is changed.
            rule: door.Record = rules.peek(key)
            if rule["EventBusName"] == bus and rule["State"] != "DISABLED" and rule.get("EventPattern"):
                yield key[2], rule


def _is_archived(account: str, region: str) -> bool:
    here = (account, region)
    return any(key[:2] == here for key in _EVENTS._archives._data)  # noqa: SLF001 - the archives of every account


def _may_be_heard(account: str, region: str, event: Event) -> bool:
    """Whether an event may meet a rule, or is archived; of the many that AWS Backup emits most are not heard."""
    if _is_archived(account, region):
        return True
    view = {
        "source": event.source,
        "detail-type": event.detail_type,
        "account": account,
        "region": region,
        "resources": list(event.resources),
        "detail": dict(event.detail),
    }
    for _, rule in _rules(DEFAULT, account, region):
        conditions = plain(rule["EventPattern"])
        if conditions is None or meets(conditions, view) is not False:
            return True
    return False
