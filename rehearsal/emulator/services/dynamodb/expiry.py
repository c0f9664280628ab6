"""Time to live: an item past its time stays readable, and is removed later, by our clock.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html (read 2026-11-22).
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import differs
from rehearsal.emulator.services.dynamodb.changes import WRITTEN, Write
from rehearsal.emulator.timeline import AGENDAS, Appointments

_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_DELAY: Final = timedelta(hours=48)
"""When an expired item is removed. AWS says within a few days; the longest time of its earlier promise is taken."""
_OLDEST: Final = timedelta(days=5 * 365)
"""An item that expired longer ago than five years is never removed: a mistaken time must not empty a table."""
_FURTHEST: Final = datetime(9000, 1, 1, tzinfo=UTC)
_ENABLED: Final = "ENABLED"
_SINCE: Final = "since"
"""Where the settings keep when they were made, in seconds since 1970."""
_OK: Final = 200


differs(
    "DynamoDB",
    "An expired item is removed 48 hours after its time, or after time to live was switched on when that is later; AWS "
    "promises a few days. UpdateTimeToLive can be repeated within the hour.",
)


class _Expiry(NamedTuple):
    """An item that will be removed."""

    account: str
    region: str
    table: str
    key: tuple[Any, Any]


class _Setting(NamedTuple):
    """A table's time to live."""

    account: str
    region: str
    attribute: str
    since: float
    """When it was switched on, in seconds since 1970."""

    def removal(self, item: door.Record | None) -> datetime | None:
        """Return when an item is removed; None for one whose time is absent, no number, or long past."""
        number: str | None = (item or {}).get(self.attribute, {}).get("N")
        if number is None:
            return None
        with suppress(ValueError, OverflowError):
            expires = datetime.fromtimestamp(float(number), UTC)
            if clock.now() - _OLDEST < expires < _FURTHEST:
                return max(expires, datetime.fromtimestamp(self.since, UTC)) + _DELAY
        return None


class Expiries:
    """The items of all tables with a time to live, by when they are removed."""

    def __init__(self) -> None:
        self._appointments: Final = Appointments[_Expiry]()
        self._settings: dict[str, _Setting] = {}
        """By the table's id."""

    def written(self, write: Write) -> None:
        """Find out when an item that was written is removed."""
        setting = self._settings.get(write.table["TableId"])
        if setting:
            self._set(setting, write.table["TableName"], write.key, write.after)

    def switch(self, name: str) -> None:
        """Begin or end the expiry of a table of the request's account and region, as its settings are now."""
        table = _DYNAMODB._tables[name]  # noqa: SLF001
        self._settings.pop(table["TableId"], None)
        kept = _DYNAMODB._ttl_settings[name]  # noqa: SLF001
        if kept["TimeToLiveStatus"] == _ENABLED:
            self._begin(table, _Setting(door.account(), door.region(), kept["AttributeName"], kept[_SINCE]))

    def next_due(self) -> datetime | None:
        """Return when the next item is removed."""
        return self._appointments.next()

    def run_due(self, now: datetime) -> None:
        """Remove the items whose time has come."""
        for due in self._appointments.take(now):
            table = _DYNAMODB._tables.get_scoped(due.account, due.region, due.table)  # noqa: SLF001
            setting = self._settings.get(table["TableId"]) if table else None
            item = table["items"].get(due.key[0], {}).get(due.key[1]) if table else None
            removal = setting.removal(item) if setting else None
            if removal and removal <= now:
                with door.request_scope(due.account, due.region):
                    _DYNAMODB._remove_item(table, *due.key)  # noqa: SLF001
                    _DYNAMODB._emit_stream_event(due.table, "REMOVE", item, None)  # noqa: SLF001

    def renew(self) -> None:
        """Look through every table that has a time to live."""
        self._appointments.clear()
        self._settings.clear()
        for (account, region, name), kept in _DYNAMODB._ttl_settings.all_items():  # noqa: SLF001
            table = _DYNAMODB._tables.get_scoped(account, region, name)  # noqa: SLF001
            if table and kept["TimeToLiveStatus"] == _ENABLED:
                self._begin(table, _Setting(account, region, kept["AttributeName"], kept[_SINCE]))

    def _begin(self, table: door.Record, setting: _Setting) -> None:
        self._settings[table["TableId"]] = setting
        for partition, held in dict(table["items"]).items():
            for sort, item in held.items():
                self._set(setting, table["TableName"], (partition, sort), item)

    def _set(self, setting: _Setting, table: str, key: tuple[Any, Any], item: door.Record | None) -> None:
        expiry, removal = _Expiry(setting.account, setting.region, table, key), setting.removal(item)
        if removal:
            self._appointments.set(expiry, removal)
        else:
            self._appointments.drop(expiry)


EXPIRIES: Final = Expiries()
"""Those of this process."""
AGENDAS["dynamodb expiry"] = EXPIRIES
WRITTEN.append(EXPIRIES.written)


@replaces("services.dynamodb:_update_ttl", read="e8243a4fbbb8997d")
def update_ttl(original: Any, data: door.Record) -> Any:
    """Begin or end the expiry of a table."""
    answer = original(data)
    if answer[0] == _OK:
        name = _DYNAMODB._normalize_table_name(data["TableName"])  # noqa: SLF001
        _DYNAMODB._ttl_settings[name] |= {_SINCE: clock.now().timestamp()}  # noqa: SLF001
        EXPIRIES.switch(name)
    return answer
