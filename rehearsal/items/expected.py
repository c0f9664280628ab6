"""What a recovery of a table must bring back, as a source that comparisons read; it never asks AWS."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rehearsal.items.history import History
from strongroom.config.tables import TableSettings
from strongroom.evidence.items.keys import TableKeys
from strongroom.facts.items import Item


@dataclass(frozen=True)
class ExpectedSource:
    """Items of one table at one instant, as `strongroom.evidence.items.sources.Source`."""

    history: History
    table: TableSettings
    instant: datetime
    parts: int = 1

    def read(self, part: int) -> Iterator[Item]:
        """See `Source.read`."""
        return (
            item
            for number, item in enumerate(self.history.expected(self.table, self.instant))
            if number % self.parts == part
        )


def keys(table: TableSettings) -> TableKeys:
    """Key attributes of a table as its settings name them."""
    return TableKeys(table.hash_key.name, table.range_key.name if table.range_key else None)
