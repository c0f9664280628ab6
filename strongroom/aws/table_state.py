"""Tables as they stand: their settings, and the ways to change them, to restore in time and to delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from strongroom.config.tables import StreamView


@dataclass(frozen=True)
class KeyPart:
    """One attribute of a primary key."""

    name: str
    kind: str
    """HASH or RANGE."""
    type: str
    """S, N or B."""


@dataclass(frozen=True)
class TableState:
    """A table as it stands; while it is CREATING or DELETING the settings are not told, and are absent here."""

    name: str
    status: str
    """CREATING, UPDATING, ACTIVE, DELETING or another word of DynamoDB."""
    arn: str
    keys: tuple[KeyPart, ...]
    """The primary key, HASH first."""
    ttl_attribute: str | None = None
    """Absent: items never expire."""
    ttl_changing: bool = False
    """Whether expiry is being switched; until it is done DynamoDB refuses another switch."""
    pitr_days: int | None = None
    """Days that point-in-time recovery reaches back. Absent: it is off."""
    deletion_protection: bool = False
    stream: StreamView | None = None
    """Absent: no stream."""
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    kms_key_arn: str | None = None
    """Absent: a key of AWS's own."""
    item_count: int = 0
    """As DynamoDB counts, some six hours late.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html, read 2026-11-22.
    """
    size_bytes: int = 0
    """As above."""
    created: datetime | None = None
    """When the table was made, or restored. Absent: not told."""


@dataclass(frozen=True)
class Window:
    """Instants that a table can be restored to, both included."""

    earliest: datetime
    latest: datetime


class TableStates(Protocol):
    """Tables of one account and region."""

    def names(self) -> list[str]:
        """Names of all tables."""
        ...

    def state(self, table: str) -> TableState | None:
        """A table as it stands; None where there is none."""
        ...

    def pitr_window(self, table: str) -> Window | None:
        """Instants that a table can be restored to; None where point-in-time recovery is off.

        Raises:
            NotThereError: there is no such table.
        """
        ...

    def set_ttl(self, table: str, attribute: str, on: bool) -> None:
        """Let items expire by an attribute, or no more. DynamoDB refuses while an earlier switch is under way.

        https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html, read 2026-11-22.
        """
        ...

    def set_pitr(self, table: str, days: int) -> None:
        """Switch point-in-time recovery on, reaching back so many days."""
        ...

    def protect(self, table: str, on: bool) -> None:
        """Set deletion protection."""
        ...

    def set_stream(self, table: str, view: StreamView | None) -> None:
        """Set what the stream holds; None switches it off. One that is on with another view is switched off first."""
        ...

    def tag(self, arn: str, tags: Mapping[str, str]) -> None:
        """Set tags of a table, by ARN."""
        ...

    def untag(self, arn: str, names: Sequence[str]) -> None:
        """Take tags off a table, by ARN."""
        ...

    def restore_to(self, source: str, target: str, at: datetime | None, kms_key_arn: str | None) -> None:
        """Begin to restore a table of this account as it was.

        Args:
            source: Name of the table.
            target: Name of the table that is made; it must not exist.
            at: Aware instant inside `pitr_window`, whole seconds. None: the latest possible.
            kms_key_arn: Key of the new table. None: a key of AWS's own, whatever the source's is.

        Raises:
            AwsError: AWS refuses it.
        """
        ...

    def delete(self, table: str) -> None:
        """Delete a table; one that is gone already is no fault.

        Raises:
            FailedError: it is protected, or being made or changed.
        """
        ...
