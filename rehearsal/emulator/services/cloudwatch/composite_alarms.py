"""CloudWatch: the alarm that keeps a composite alarm quiet, which MiniStack loses."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.cloudwatch.alarms import error

_API: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html"
_READ: Final = "2026-11-22"
_CLOUDWATCH: Final[Any] = door.module("services.cloudwatch")
_CODE: Final = "ValidationError"
_SUPPRESSOR: Final = "ActionsSuppressor"
_PERIODS: Final = ("ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod")


@rule(_API, read=_READ)
def refuse_a_suppressor_without_its_periods(missing: list[str]) -> None:
    """A suppressor comes with how long the alarm waits for it, before and after."""
    if missing:
        raise Refused(_CODE, f"{' and '.join(missing)} must be given with {_SUPPRESSOR}")


@rule(_API, read=_READ)
def refuse_a_suppressor_that_does_not_exist(name: str, exists: bool) -> None:
    """The suppressor is the name or the ARN of an existing alarm."""
    if not exists:
        raise Refused(_CODE, f"{_SUPPRESSOR} must be an existing alarm, got {name}")


@replaces("services.cloudwatch:_put_composite_alarm", read="d1c8174c3d5b96fb")
def put_composite_alarm(original: Any, form: Any, content: door.Record, is_cbor: bool, is_json: bool = False) -> Any:
    """Keep the suppressor and its periods."""
    if not (is_cbor or is_json):
        return original(form, content, is_cbor, is_json)
    try:
        _check(content)
    except Refused as refused:
        return error(refused, is_json, is_cbor)
    answer = original(form, content, is_cbor, is_json)
    if answer[0] == 200:
        alarm: door.Record = _CLOUDWATCH._composite_alarms[content["AlarmName"]]  # noqa: SLF001 - a table
        alarm |= {name: content[name] for name in (_SUPPRESSOR, *_PERIODS) if name in content}
    return answer


def _check(asked: door.Record) -> None:
    suppressor: str | None = asked.get(_SUPPRESSOR)
    if suppressor is None:
        return
    refuse_a_suppressor_without_its_periods([name for name in _PERIODS if asked.get(name) is None])
    refuse_a_suppressor_that_does_not_exist(suppressor, _exists(suppressor))


def _exists(suppressor: str) -> bool:
    tables = (_CLOUDWATCH._alarms, _CLOUDWATCH._composite_alarms)  # noqa: SLF001 - tables
    return any(suppressor in (name, alarm["AlarmArn"]) for table in tables for name, alarm in table.items())
