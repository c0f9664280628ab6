"""CloudWatch: what happens when an alarm changes its state: history, actions, an event, and the alarms above it."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from rehearsal.emulator import clock, door, judgement
from rehearsal.emulator.members import listed
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.events import bus
from rehearsal.emulator.services.sns.publishing import Publication, publish

SERVICE: Final = judgement.service_principal("cloudwatch.amazonaws.com")
_CLOUDWATCH: Final[Any] = door.module("services.cloudwatch")
_ACTIONS: Final = {"ALARM": "AlarmActions", "OK": "OKActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}
_SUPPRESSOR: Final = "ActionsSuppressor"
_TRIGGER: Final = (
    "MetricName",
    "Namespace",
    "Statistic",
    "ExtendedStatistic",
    "Unit",
    "Dimensions",
    "Period",
    "EvaluationPeriods",
    "DatapointsToAlarm",
    "ComparisonOperator",
    "Threshold",
    "TreatMissingData",
    "Metrics",
)


def transition(alarm: door.Record, state: str, reason: str, data: str = "") -> None:
    """Move an alarm of the account and region that are being answered for into another state.

    Args:
        alarm: Its record.
        state: OK, ALARM or INSUFFICIENT_DATA.
        reason: Why, for people.
        data: Why, as JSON. Default: nothing.
    """
    old: str = alarm["StateValue"]
    now = clock.now().timestamp()
    alarm |= {"StateValue": state, "StateReason": reason, "StateUpdatedTimestamp": now}
    alarm["StateTransitionedTimestamp"] = now
    alarm.pop("StateReasonData", None)
    if data:
        alarm["StateReasonData"] = data
    is_composite = "AlarmRule" in alarm
    kind = "CompositeAlarm" if is_composite else "MetricAlarm"
    details: Any = json.loads(data) if data else None
    _CLOUDWATCH._record_history(alarm["AlarmName"], old, state, reason, kind, details)  # noqa: SLF001 - the history
    _tell(alarm, old, state, reason)
    _act(alarm, old, state, reason)


@replaces("services.cloudwatch:_record_history", read="c5890b06e5c82d3d")
def record_history(original: Any, *given: Any, **named: Any) -> None:
    """Stamp the history with the emulator's time."""
    original(*given, **named)
    _CLOUDWATCH._history_entries()[-1]["Timestamp"] = _iso(clock.now())  # noqa: SLF001 - the history


@replaces("services.cloudwatch:_transition_composite", read="b990e25bf465ac9a")
def transition_composite(
    _original: Any, alarm: door.Record, state: str, reason: str, triggers: list[str], seen: frozenset[str] = frozenset()
) -> None:
    """Move a composite alarm, and the composite alarms above it."""
    triggering = [_triggering(child) for name in triggers if (child := _alarm(name))]
    data = json.dumps({"triggeringAlarms": triggering}, separators=(",", ":"))
    _CLOUDWATCH._composite_triggers.pop(alarm["AlarmName"], None)  # noqa: SLF001 - a table
    transition(alarm, state, reason, data)
    _CLOUDWATCH._evaluate_parent_alarms(alarm, seen)  # noqa: SLF001 - MiniStack's composite alarms


def _triggering(child: door.Record) -> dict[str, Any]:
    at = datetime.fromtimestamp(child["StateUpdatedTimestamp"], UTC)
    stamp = at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}+0000"
    return {"arn": child["AlarmArn"], "state": {"value": child["StateValue"], "timestamp": stamp}}


def _alarm(name: str) -> door.Record | None:
    return _CLOUDWATCH._alarms.get(name) or _CLOUDWATCH._composite_alarms.get(name)  # noqa: SLF001 - tables


def _act(alarm: door.Record, old: str, state: str, reason: str) -> None:
    """Send to the topics that wait for this state; other kinds of actions are kept and not taken."""
    if not alarm.get("ActionsEnabled", True) or _is_suppressed(alarm):
        return
    account, region = door.account(), door.region()
    context = {**judgement.source_keys(account, alarm["AlarmArn"]), "aws:SourceOwner": account}
    name: str = alarm["AlarmName"]
    publication = Publication(_message(alarm, old, state, reason), f'{state}: "{name}" in {region}'[:100])
    for action in listed(alarm, _ACTIONS[state]):
        if action.startswith(f"arn:aws:sns:{region}:"):
            publish(action, publication, SERVICE, context)


def _is_suppressed(alarm: door.Record) -> bool:
    suppressor: str = alarm.get(_SUPPRESSOR, "")
    found = _alarm(suppressor.rpartition(":alarm:")[2]) if suppressor else None
    return bool(found and found["StateValue"] == "ALARM")


def _message(alarm: door.Record, old: str, state: str, reason: str) -> str:
    changed = alarm.get("AlarmConfigurationUpdatedTimestamp", 0)
    content: dict[str, Any] = {
        "AlarmName": alarm["AlarmName"],
        "AlarmDescription": alarm.get("AlarmDescription"),
        "AWSAccountId": door.account(),
        "AlarmConfigurationUpdatedTimestamp": _iso(datetime.fromtimestamp(changed, UTC)),
        "NewStateValue": state,
        "NewStateReason": reason,
        "StateChangeTime": _iso(clock.now()),
        "Region": door.region(),
        "AlarmArn": alarm["AlarmArn"],
        "OldStateValue": old,
        **{name: listed(alarm, name) for name in _ACTIONS.values()},
    }
    if "AlarmRule" in alarm:
        content["AlarmRule"] = alarm["AlarmRule"]
    else:
        content["Trigger"] = {name: alarm[name] for name in _TRIGGER if alarm.get(name) is not None}
    return json.dumps(content)


def _tell(alarm: door.Record, old: str, state: str, reason: str) -> None:
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html (read 2026-11-22)
    current = {"value": state, "reason": reason, "timestamp": _iso(clock.now())}
    if "StateReasonData" in alarm:
        current["reasonData"] = alarm["StateReasonData"]
    detail = {
        "alarmName": alarm["AlarmName"],
        "state": current,
        "previousState": {"value": old},
        "configuration": {"description": alarm.get("AlarmDescription", "")},
    }
    event = bus.Event("aws.cloudwatch", "CloudWatch Alarm State Change", detail, [alarm["AlarmArn"]])
    bus.emit(door.account(), door.region(), event)


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}+0000"
