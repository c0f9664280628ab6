"""DynamoDB: the records of streams, which are held and never saved.

A table's records are one list that grows with every write, so that saving it would cost each write all those before it.
"""

from datetime import datetime
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.rules import differs
from rehearsal.emulator.timeline import AGENDAS

_DYNAMODB: Final[Any] = door.module("services.dynamodb")

differs("DynamoDB", "Streams live in the machine's time.")
differs("DynamoDB", "The records of streams are gone after a restart, a reset or the loss of an account.")


class _Records:
    """Has nothing to do at any instant, and forgets the records when everything else begins again."""

    def next_due(self) -> datetime | None:
        return None

    def run_due(self, now: datetime) -> None:
        """Do nothing: nothing is ever due."""

    def renew(self) -> None:
        _DYNAMODB._stream_records._data.clear()  # noqa: SLF001 - of every account and region


AGENDAS["dynamodb streams"] = _Records()
