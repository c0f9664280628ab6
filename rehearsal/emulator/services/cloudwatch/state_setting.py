"""CloudWatch: SetAlarmState, which lasts until the alarm is evaluated next."""

from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.cloudwatch.alarm_states import transition
from rehearsal.emulator.services.cloudwatch.alarms import error
from rehearsal.emulator.services.cloudwatch.watch import WATCH

_API: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html"
_READ: Final = "2026-11-22"
_CLOUDWATCH: Final[Any] = door.module("services.cloudwatch")
_STATES: Final = ("OK", "ALARM", "INSUFFICIENT_DATA")


@rule(_API, read=_READ)
def refuse_to_set_what_is_no_state(state: str) -> None:
    """An alarm can be set to OK, ALARM or INSUFFICIENT_DATA."""
    if state not in _STATES:
        raise Refused("ValidationError", f"StateValue must be one of {', '.join(_STATES)}, got {state}")


@rule(_API, read=_READ)
def refuse_reason_data_that_is_no_json(data: str) -> None:
    """What is said as JSON about a state is a JSON object."""
    if data and not json_object(data) and data.strip() != "{}":
        raise Refused("InvalidFormat", "StateReasonData must be valid JSON")


@replaces("services.cloudwatch:_set_alarm_state", read="0fa9fef3bd1834a5")
def set_alarm_state(original: Any, form: Any, content: door.Record, is_cbor: bool, is_json: bool = False) -> Any:
    """Set the state of an alarm for the time being."""
    name: str = content.get("AlarmName", "")
    tables = (_CLOUDWATCH._alarms, _CLOUDWATCH._composite_alarms)  # noqa: SLF001 - tables
    alarm: door.Record | None = next((table[name] for table in tables if name in table), None)
    if alarm is None or not (is_cbor or is_json):
        return original(form, content, is_cbor, is_json)
    state, data = content["StateValue"], content.get("StateReasonData", "")
    try:
        refuse_to_set_what_is_no_state(state)
        refuse_reason_data_that_is_no_json(data)
    except Refused as refused:
        return error(refused, is_json, is_cbor)
    _set(alarm, state, content["StateReason"], data)
    WATCH.changed(name)
    # MiniStack's answers have no public maker.
    return _CLOUDWATCH._cbor_ok({}) if is_cbor else _CLOUDWATCH._json_ok({})  # noqa: SLF001


def _set(alarm: door.Record, state: str, reason: str, data: str) -> None:
    if state == alarm["StateValue"]:
        alarm |= {"StateReason": reason, "StateUpdatedTimestamp": clock.now().timestamp()}
        return
    _CLOUDWATCH._composite_triggers.pop(alarm["AlarmName"], None)  # noqa: SLF001 - a table
    transition(alarm, state, reason, data)
    _CLOUDWATCH._evaluate_parent_alarms(alarm)  # noqa: SLF001 - MiniStack's composite alarms
