"""Which items a copy-back writes, on disk before each write, so that it goes on where it was stopped."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import StrictStr, ValidationError

from strongroom.config.fields import Section
from strongroom.facts.items import Item
from strongroom.recovery.errors import GuardError
from strongroom.recovery.tables.changes import shown

FOLDER: Final = "strongroom-copy-backs"
"""Folder of all copy-backs, in the folder that the command is run in."""
_NAME: Final = "journal.jsonl"


class Deed(StrEnum):
    """What is known of an item."""

    TRYING = "trying"
    """It is about to be written or deleted; whether it was is not known."""
    DONE = "done"
    CHANGED = "changed"
    """Something else was there, and it was left alone."""


class Line(Section):
    """What is known of one item."""

    key: StrictStr
    """As `changes.shown` writes it."""
    deed: Deed
    before: StrictStr | None = None
    """Fingerprint of what was there. None: nothing was."""


class Journal:
    """One file for each pair of tables; lines are added and never changed."""

    def __init__(self, folder: Path, table: str, restored: str) -> None:
        """Read what is there, and cut off what a kill left of the last line.

        Args:
            folder: That the command is run in.
            table: Table that is written to.
            restored: Table that is read from.

        Raises:
            GuardError: a line cannot be understood.
        """
        self.path = folder / FOLDER / table / restored / _NAME
        self._lines = {line.key: line for line in _read(self.path)}
        self._whole = self.path.read_bytes().rfind(b"\n") + 1 if self.path.exists() else 0

    def of(self, key: Item) -> Line | None:
        """What is known of an item; None: nothing that matters."""
        found = self._lines.get(shown(key))
        return None if found is None or found.deed is Deed.CHANGED else found

    def write(self, key: Item, deed: Deed, before: str | None) -> None:
        """Add a line; it is on disk when this returns."""
        line = Line(key=shown(key), deed=deed, before=before)
        text = line.model_dump_json(by_alias=True).encode() + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("r+b" if self.path.exists() else "xb") as file:
            file.truncate(self._whole)
            file.seek(self._whole)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        self._whole += len(text)
        self._lines[line.key] = line


def _read(file: Path) -> list[Line]:
    lines = file.read_bytes().split(b"\n") if file.exists() else [b""]
    # Whatever stands behind the last newline was not written whole.
    return [_line(line, number, file) for number, line in enumerate(lines[:-1], start=1)]


def _line(text: bytes, number: int, file: Path) -> Line:
    try:
        return Line.model_validate_json(text)
    except ValidationError:
        raise GuardError(
            f"line {number} of {file} cannot be understood, so that what was written before is not known; look at the"
            " difference yourself, then move the file away"
        ) from None
