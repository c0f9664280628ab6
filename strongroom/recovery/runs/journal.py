"""What a run has done so far, a line each, so that whoever takes it up after a kill knows what AWS was asked for.

A line is on the disk before the next call is made: what the journal does not tell was not done, or is found at AWS by
its token or its tag.
"""

import os
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import AwareDatetime, StrictFloat, StrictInt, StrictStr, ValidationError

from strongroom.aws.jobs import JobState
from strongroom.config.fields import Section
from strongroom.recovery.errors import GuardError

NAME: Final = "journal.jsonl"


class Event(StrEnum):
    """What a line tells."""

    SESSION = "session"
    """Somebody began, or took the run up; `plan` is the digest of the plan's text."""
    KEY = "key"
    """The landing key is there: `made`."""
    VAULT = "vault"
    """The landing vault is there, with its policy: `made`."""
    ASKED = "asked"
    """AWS is about to be asked for the step's job."""
    JOB = "job"
    """AWS has taken the step's job: `job`."""
    ENDED = "ended"
    """The step's job ended: `state`, `made`, `message`, `created`, `over`."""
    SETTLED = "settled"
    """The table's settings were set and read back; `left` is what is not as it should be."""
    PROVED = "proved"
    """The table was read whole: `items`, `digest`."""
    FAULT = "fault"
    """The step was given up in this session: `fault`, `message`."""
    SPENT = "spent"
    """What the session has cost so far: `seconds`, `calls`."""
    CLEANED = "cleaned"
    """What the run made for itself was taken away."""


class Fault(StrEnum):
    """Why a step was given up."""

    FAILED = "failed"
    TIMED_OUT = "timed out"
    DENIED = "denied"


class Entry(Section):
    """One line; which fields it has depends on its event."""

    event: Event
    at: AwareDatetime
    """By the clock of AWS, to the second at best."""
    step: StrictStr | None = None
    plan: StrictStr | None = None
    job: StrictStr | None = None
    state: JobState | None = None
    made: StrictStr | None = None
    """ARN of what was made."""
    message: StrictStr | None = None
    created: AwareDatetime | None = None
    over: AwareDatetime | None = None
    left: tuple[StrictStr, ...] = ()
    items: StrictInt | None = None
    digest: StrictStr | None = None
    fault: Fault | None = None
    seconds: StrictFloat | None = None
    calls: dict[StrictStr, StrictInt] | None = None
    """By profile; of a step: under its table's name."""


def read(file: Path) -> list[Entry]:
    """The lines of a journal; what a kill left of the last one is passed over.

    Raises:
        GuardError: a line that is no entry: going on could do a thing twice.
    """
    lines = file.read_bytes().split(b"\n") if file.exists() else [b""]
    # Whatever stands behind the last newline was not written whole.
    return [_entry(line, number, file) for number, line in enumerate(lines[:-1], start=1)]


class Journal:
    """The open journal of a run: each entry is on the disk when `write` returns."""

    def __init__(self, file: Path, heard: Callable[[Entry], None]) -> None:
        """Open it to write on, and cut off a torn last line.

        Args:
            file: The journal; made where there is none.
            heard: Is told each entry once it is on the disk.
        """
        self._file = file.open("ab")
        self._heard = heard
        whole = file.read_bytes().rfind(b"\n") + 1
        self._file.truncate(whole)
        os.fsync(self._file.fileno())

    def write(self, event: Event, at: datetime, **told: object) -> None:
        """Write an entry.

        Raises:
            OSError: the disk does not take it; nothing may be done then.
        """
        entry = Entry.model_validate({"event": event, "at": at, **told})
        line = entry.model_dump_json(by_alias=True, exclude_defaults=True)
        self._file.write(line.encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._heard(entry)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _entry(line: bytes, number: int, file: Path) -> Entry:
    try:
        return Entry.model_validate_json(line)
    except ValidationError:
        raise GuardError(
            f"{file}: line {number} is no entry of a journal; somebody changed it, and going on could do a thing twice;"
            " put the file back as it was"
        ) from None
