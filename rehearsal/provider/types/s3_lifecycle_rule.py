"""One rule of a bucket's lifecycle: its properties, and its two spellings."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

from rehearsal.provider.schema import Kind, Properties, Property
from rehearsal.provider.types.s3_spelling import from_s3, to_s3
from rehearsal.provider.validation import at_least, length, matching, one_of

_FILTERS: Final = ("and", "objectSizeGreaterThan", "objectSizeLessThan", "prefix", "tag")
_DATE: Final = matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "expected an RFC 3339 time")


def asked(rule: Properties) -> Any:
    """The rule as S3 takes it."""
    sent = to_s3({name: value for name, value in rule.items() if name not in ("filter", "expiration")})
    if expiration := _expiration(rule.get("expiration") or {}):
        sent["Expiration"] = to_s3(expiration)
    if "Prefix" not in sent:
        sent["Filter"] = _asked_filter(rule.get("filter"))
    return sent


def found(rule: Mapping[str, Any]) -> Properties:
    """The rule as properties; an empty filter is none."""
    told: Properties = _with_times(from_s3(rule))
    return {name: value for name, value in told.items() if value != {}}


def comparable(rules: list[Properties]) -> str:
    """Rules in one form: neither order nor the spelling of an instant counts, and what is empty is absent."""
    return _text(_without_zeros(_with_times(rules)))


def _expiration(expiration: Properties) -> Properties:
    """S3 takes a day or the marker, not both; a marker of false beside a day is not sent."""
    if expiration.get("expiredObjectDeleteMarker"):
        return expiration
    return {name: value for name, value in expiration.items() if name != "expiredObjectDeleteMarker"}


def _asked_filter(given: Properties | None) -> Any:
    """No filter is sent as an empty one, an empty one as an empty prefix: both mean every object."""
    return {} if given is None else to_s3(given) or {"Prefix": ""}


def _with_times(value: Any) -> Any:
    """The value with each instant as RFC 3339 text in UTC."""
    if isinstance(value, Mapping):
        return {
            key: _instant(one) if key == "date" else _with_times(one)
            for key, one in cast("Mapping[str, Any]", value).items()
        }
    if isinstance(value, list):
        return [_with_times(one) for one in cast("list[Any]", value)]
    return value


def _instant(value: Any) -> str:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _without_zeros(value: Any) -> Any:
    if isinstance(value, Mapping):
        parts = {key: _without_zeros(one) for key, one in cast("Mapping[str, Any]", value).items()}
        return {key: one for key, one in parts.items() if one not in (None, "", False, [], {})}
    if isinstance(value, list):
        return sorted((_without_zeros(one) for one in cast("list[Any]", value)), key=_text)
    return value


def _one_of_date_and_days(value: Any) -> str | None:
    given = [name for name in ("date", "days") if value.get(name) is not None]
    return None if len(given) == 1 else f"expected exactly one of date and days, got {given}"


def _one_filter(value: Any) -> str | None:
    given = [name for name in _FILTERS if value.get(name) is not None]
    return None if len(given) <= 1 else f"expected at most one of {list(_FILTERS)}, got {given}; combine them in 'and'"


_INTEGER: Final = Property(kind=Kind.INTEGER)
_NONCURRENT: Final = {
    "noncurrentDays": Property(kind=Kind.INTEGER, required=True, checks=(at_least(0),)),
    "newerNoncurrentVersions": Property(kind=Kind.INTEGER, checks=(at_least(1),)),
}
_CLASS: Final = Property(
    required=True,
    checks=(one_of("GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"),),
)
_TAG: Final = {"key": Property(required=True), "value": Property(required=True)}
_AND: Final = {
    "objectSizeGreaterThan": _INTEGER,
    "objectSizeLessThan": _INTEGER,
    "prefix": Property(),
    "tags": Property(kind=Kind.MAP),
}
_FILTER: Final = Property(
    kind=Kind.OBJECT,
    checks=(_one_filter,),
    fields={
        "and": Property(kind=Kind.OBJECT, fields=_AND),
        "objectSizeGreaterThan": _INTEGER,
        "objectSizeLessThan": _INTEGER,
        "prefix": Property(),
        "tag": Property(kind=Kind.OBJECT, fields=_TAG),
    },
)
_EXPIRATION: Final = {
    "date": Property(
        checks=(_DATE,), canonical=lambda value: _instant(value) if value else value, conflicts_with=("days",)
    ),
    "days": Property(kind=Kind.INTEGER, checks=(at_least(0),)),
    "expiredObjectDeleteMarker": Property(kind=Kind.BOOLEAN),
}
_TRANSITION: Final = Property(
    kind=Kind.OBJECT,
    checks=(_one_of_date_and_days,),
    fields={"date": _EXPIRATION["date"], "days": _EXPIRATION["days"], "storageClass": _CLASS},
)
_NONCURRENT_DAYS: Final = Property(kind=Kind.INTEGER, required=True, checks=(at_least(1),))

RULE: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "id": Property(required=True, checks=(length(1, 255),)),
        "status": Property(required=True, checks=(one_of("Enabled", "Disabled"),)),
        "filter": _FILTER,
        "prefix": Property(conflicts_with=("filter",)),
        "expiration": Property(kind=Kind.OBJECT, fields=_EXPIRATION),
        "noncurrentVersionExpiration": Property(
            kind=Kind.OBJECT, fields={**_NONCURRENT, "noncurrentDays": _NONCURRENT_DAYS}
        ),
        "noncurrentVersionTransitions": Property(
            kind=Kind.SET, item=Property(kind=Kind.OBJECT, fields={**_NONCURRENT, "storageClass": _CLASS})
        ),
        "transitions": Property(kind=Kind.SET, item=_TRANSITION),
        "abortIncompleteMultipartUpload": Property(kind=Kind.OBJECT, fields={"daysAfterInitiation": _INTEGER}),
    },
)
"""What a program says of one rule."""
