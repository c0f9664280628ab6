"""Tables of AWS in memory: their items, their settings, restores in time and exports."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.exports import Export
from strongroom.aws.table_state import KeyPart, TableState, Window
from strongroom.aws.tables import Page, Segment
from strongroom.config.tables import StreamView
from strongroom.facts import arns
from strongroom.facts.items import Item
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_accounts import REGION, Content, MemoryAccount, MemoryTable

_BEHIND: Final = timedelta(minutes=5)
"""How far the latest restorable instant lies behind."""


@dataclass
class MemoryTables:
    """Items of tables of one account."""

    aws: MemoryAws
    account: str

    def page(self, segment: Segment, after: Item | None) -> Page:
        with self.aws.call(self.account, "tables.page", segment.table) as own:
            content = _table(own, segment.table).content
            items = [item for item in content.items if _part(item, content.keys, segment.of) == segment.number]
            begun = 0 if after is None else [_key(item, content.keys) for item in items].index(dict(after)) + 1
            shown = items[begun : begun + self.aws.page_items]
            more = begun + self.aws.page_items < len(items)
            return Page(shown, _key(shown[-1], content.keys) if more else None)

    def item(self, table: str, key: Item) -> Item | None:
        with self.aws.call(self.account, "tables.item", table) as own:
            content = _table(own, table).content
            return next((item for item in content.items if _key(item, content.keys) == dict(key)), None)


@dataclass
class MemoryItemWriter:
    """Writes items of tables of one account."""

    aws: MemoryAws
    account: str

    def put(self, table: str, item: Item, seen: Item | None) -> bool:
        with self.aws.call(self.account, "item_writer.put", table) as own:
            return self._replace(_table(own, table), _key(item, _table(own, table).content.keys), seen, item)

    def delete(self, table: str, key: Item, seen: Item) -> bool:
        with self.aws.call(self.account, "item_writer.delete", table) as own:
            return self._replace(_table(own, table), key, seen, None)

    def _replace(self, found: MemoryTable, key: Item, seen: Item | None, item: Item | None) -> bool:
        content = found.content
        present = next((one for one in content.items if _key(one, content.keys) == dict(key)), None)
        if present != seen:
            return False
        kept = tuple(one for one in content.items if one is not present)
        found.content = Content(kept if item is None else (*kept, item), content.keys)
        return True


@dataclass
class MemoryTableStates:
    """Tables of one account: how they stand, and ways to change them."""

    aws: MemoryAws
    account: str

    def names(self) -> list[str]:
        with self.aws.call(self.account, "table_states.names") as own:
            return list(own.tables)

    def state(self, table: str) -> TableState | None:
        with self.aws.call(self.account, "table_states.state", table) as own:
            found = own.tables.get(table)
            return found and self._state(found)

    def pitr_window(self, table: str) -> Window | None:
        with self.aws.call(self.account, "table_states.pitr_window", table) as own:
            return self._window(_table(own, table))

    def set_ttl(self, table: str, attribute: str, on: bool) -> None:
        with self.aws.call(self.account, "table_states.set_ttl", table) as own:
            found, now = _table(own, table), self.aws.clock.now()
            if found.ttl_until and now < found.ttl_until:
                raise FailedError(f"table {table}: ValidationException: expiry was switched a short while ago")
            if (found.ttl_attribute is not None) == on:
                raise FailedError(
                    f"table {table}: ValidationException: TimeToLive is already {'en' if on else 'dis'}abled"
                )
            found.ttl_attribute = attribute if on else None
            found.ttl_until = now + self.aws.ttl_takes

    def set_pitr(self, table: str, days: int) -> None:
        with self.aws.call(self.account, "table_states.set_pitr", table) as own:
            found = self._idle(own, table)
            found.pitr_since = found.pitr_since if found.pitr_days else self.aws.clock.now()
            found.pitr_days = days

    def protect(self, table: str, on: bool) -> None:
        with self.aws.call(self.account, "table_states.protect", table) as own:
            found = self._idle(own, table)
            found.deletion_protection = on
            self._updating(found)

    def set_stream(self, table: str, view: StreamView | None) -> None:
        with self.aws.call(self.account, "table_states.set_stream", table) as own:
            found = self._idle(own, table)
            if view is not None and found.stream is not None:
                raise FailedError(f"table {table}: ValidationException: Table already has an enabled stream")
            found.stream = view
            self._updating(found)

    def tag(self, arn: str, tags: Mapping[str, str]) -> None:
        with self.aws.call(self.account, "table_states.tag", arn) as own:
            _table(own, arn.rsplit("/", 1)[-1]).tags |= tags

    def untag(self, arn: str, names: Sequence[str]) -> None:
        with self.aws.call(self.account, "table_states.untag", arn) as own:
            for name in names:
                _table(own, arn.rsplit("/", 1)[-1]).tags.pop(name, None)

    def restore_to(self, source: str, target: str, at: datetime | None, kms_key_arn: str | None) -> None:
        with self.aws.call(self.account, "table_states.restore_to", target) as own:
            found = _table(own, source)
            window = self._window(found)
            if window is None:
                raise FailedError(f"restoring table {source}: PointInTimeRecoveryUnavailableException: it is off")
            at = window.latest if at is None else at
            if not window.earliest <= at <= window.latest:
                raise FailedError(f"restoring table {source}: InvalidRestoreTimeException: outside of the window")
            if target in own.tables:
                raise FailedError(f"restoring table {source}: TableAlreadyExistsException: {target}")
            took = self.aws.durations.get(("restore", source), self.aws.usual)
            made = own.table(target, _then(found, at))
            made.kms_key_arn, made.created = kms_key_arn, self.aws.clock.now()
            made.busy = ("CREATING", made.created + took)

    def delete(self, table: str) -> None:
        with self.aws.call(self.account, "table_states.delete", table) as own:
            if table in own.tables:
                if self._idle(own, table).deletion_protection:
                    raise FailedError(f"deleting table {table}: ValidationException: it is protected against deletion")
                del own.tables[table]

    def _state(self, found: MemoryTable) -> TableState:
        now = self.aws.clock.now()
        status = found.busy[0] if found.busy and now < found.busy[1] else "ACTIVE"
        if status == "CREATING":
            keys, key_arn = found.content.keys, found.kms_key_arn
            return TableState(found.name, status, found.arn, keys, kms_key_arn=key_arn, created=found.created)
        return TableState(
            name=found.name,
            status=status,
            arn=found.arn,
            keys=found.content.keys,
            ttl_attribute=found.ttl_attribute,
            ttl_changing=found.ttl_until is not None and now < found.ttl_until,
            pitr_days=found.pitr_days,
            deletion_protection=found.deletion_protection,
            stream=found.stream,
            tags=dict(found.tags),
            kms_key_arn=found.kms_key_arn,
            item_count=len(found.content.items),
            size_bytes=sum(len(repr(item)) for item in found.content.items),
            created=found.created,
        )

    def _window(self, found: MemoryTable) -> Window | None:
        if found.pitr_days is None:
            return None
        now = self.aws.clock.now()
        oldest = now - timedelta(days=found.pitr_days)
        return Window(max(oldest, found.pitr_since or oldest), now - _BEHIND)

    def _idle(self, own: MemoryAccount, table: str) -> MemoryTable:
        found = _table(own, table)
        if found.busy and self.aws.clock.now() < found.busy[1]:
            raise FailedError(f"table {table}: ResourceInUseException: Table is being {found.busy[0].lower()}: {table}")
        return found

    def _updating(self, found: MemoryTable) -> None:
        if self.aws.update_takes:
            found.busy = ("UPDATING", self.aws.clock.now() + self.aws.update_takes)


@dataclass
class MemoryExports:
    """Exports of one account."""

    aws: MemoryAws
    account: str

    def newest(self, table_arn: str) -> Export | None:
        with self.aws.call(self.account, "exports.newest", table_arn) as own:
            return max(own.exports.get(table_arn, []), key=lambda export: export.at, default=None)


def table_arn(account: str, name: str) -> str:
    """ARN of a table in memory."""
    return arns.table(REGION, account, name)


def _table(own: MemoryAccount, name: str) -> MemoryTable:
    if name not in own.tables:
        raise NotThereError(f"table {name}: ResourceNotFoundException: Requested resource not found: Table: {name}")
    return own.tables[name]


def _then(found: MemoryTable, at: datetime) -> Content:
    begun = [instant for instant in found.history if instant <= at]
    return found.history[max(begun)] if begun else found.content


def _key(item: Item, keys: Sequence[KeyPart]) -> Item:
    return {part.name: item[part.name] for part in keys}


def _part(item: Item, keys: Sequence[KeyPart], of: int) -> int:
    text = json.dumps(_key(item, keys), sort_keys=True, default=repr)
    return zlib.crc32(text.encode()) % of
