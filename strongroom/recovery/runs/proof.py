"""What a restored table holds, read whole: a job that ended well says nothing of what it brought."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event, Lock

from pydantic import StrictInt, StrictStr, TypeAdapter, ValidationError

from strongroom.aws.tables import Tables
from strongroom.config.fields import Section
from strongroom.evidence.items import reading
from strongroom.evidence.items.sources import Progress, TableSource
from strongroom.recovery.errors import RequestError
from strongroom.recovery.plans.plan import Chosen, Plan


@dataclass(frozen=True)
class Proof:
    """What was read."""

    items: int
    digest: str
    """See `evidence.digest`."""
    pages: int


class Expected(Section):
    """What a table should hold; what is not said is not compared."""

    items: StrictInt | None = None
    digest: StrictStr | None = None


_EXPECTED: TypeAdapter[dict[str, Expected]] = TypeAdapter(dict[str, Expected])


class StoppedError(Exception):
    """The reading was called off."""


class Reader:
    """Reads tables whole, several at a time, and can be called off."""

    def __init__(self, tables: Tables, told: Callable[[str], None]) -> None:
        """Take a door as one's own.

        Args:
            tables: Of the new account.
            told: Hears how far a table is, from the threads that read.
        """
        self._tables, self._told = tables, told
        self._stopped, self._lock = Event(), Lock()
        self.pages = 0
        """Pages read so far, of all tables."""

    def stop(self) -> None:
        """End all reading at its next page."""
        self._stopped.set()

    def prove(self, table: str) -> Proof:
        """Read a table whole, in parallel segments, by strongly consistent reads.

        Raises:
            MalformedItemError: an item is malformed.
            AwsError: a page cannot be read.
            StoppedError: `stop` was called.
        """
        seen = dict[int, Progress]()

        def heard(progress: Progress) -> None:
            with self._lock:
                seen[progress.segment] = progress
                self.pages += 1
                items = sum(one.items for one in seen.values())
            if self._stopped.is_set():
                raise StoppedError(table)
            self._told(f"reading table {table}: {items} items so far")

        found = reading.digest(TableSource(self._tables, table, consistent=True, progress=heard)).summary()
        return Proof(found.count, found.digest, sum(one.pages for one in seen.values()))


def expected(text: str, plan: Plan, source: str) -> Mapping[str, Expected]:
    """Read what tables should hold: a JSON object of {"items", "digest"} by table.

    Args:
        text: The document.
        plan: Whose tables it may name.
        source: Where it stands, for the error's sentence.

    Raises:
        RequestError: it is no such document, or names a table that is not brought back.
    """
    form = f'{source} must be a JSON object such as {{"my-table": {{"items": 3, "digest": "..."}}}}'
    try:
        found = _EXPECTED.validate_python(json.loads(text))
    except json.JSONDecodeError as invalid:
        raise RequestError(f"{form}: {invalid}") from None
    except ValidationError as invalid:
        raise RequestError(f"{form}: {invalid.errors()[0]['msg']}") from None
    strange = sorted(set(found) - {one.table for one in plan.chosen})
    if strange:
        raise RequestError(f"{source} names {', '.join(strange)}, which the plan does not bring back; leave them out")
    return found


def differs(chosen: Chosen, items: int, digest: str | None, wanted: Expected | None) -> str | None:
    """Why what was read is not what should have been brought back; None: nothing speaks against it."""
    if wanted is not None and wanted.items is not None and wanted.items != items:
        return f"table {chosen.table} must hold {wanted.items} items, got {items}"
    if wanted is not None and wanted.digest is not None and wanted.digest != digest:
        return f"table {chosen.table} holds {items} items, and some are not what they should be: digest {digest}"
    if items == 0 and chosen.size_bytes and not (wanted is not None and wanted.items == 0):
        return f"table {chosen.table} is empty, and its point holds {chosen.size_bytes} bytes; take another point"
    return None
