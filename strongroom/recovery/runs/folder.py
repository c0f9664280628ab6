"""The folder of one run: its plan, its journal, what came of it, and the lock that keeps two of them apart."""

import fcntl
import hashlib
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.plans import plan as plans
from strongroom.recovery.plans.plan import Plan
from strongroom.recovery.runs import journal
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.proof import Expected, expected

RUNS: Final = "strongroom-runs"
"""Folder of all runs, in the folder that the command is run in."""
EXPECTED: Final = "expected.json"
"""File of what the tables of a run should hold."""
OUTCOME: Final = "outcome.json"
"""File of what came of a run."""
_PLAN, _LOCK = "plan.json", "run.lock"


@dataclass(frozen=True)
class Folder:
    """Where a run keeps what it must not forget."""

    path: Path

    @property
    def journal(self) -> Path:
        """File of the journal."""
        return self.path / journal.NAME

    def plan(self) -> Plan:
        """The plan as it was written.

        Raises:
            PlanError: it cannot be read.
        """
        return plans.read(self._text())

    def digest(self) -> str:
        """Digest of the plan's text; the journal holds it, so that an edited plan is noticed."""
        return hashlib.sha256(self._text().encode()).hexdigest()

    def history(self) -> History:
        """What the journal tells.

        Raises:
            GuardError: the journal cannot be read, or its plan was another one.
            PlanError: the plan cannot be read.
        """
        found, digest = History(self.plan()), self.digest()
        for entry in journal.read(self.journal):
            if entry.plan is not None and entry.plan != digest:
                raise GuardError(
                    f"{self.path / _PLAN} is not the plan that run {self.path.name} began with; put it back as it was,"
                    " or begin another run"
                )
            found.hear(entry)
        if found.plan.run != self.path.name:
            raise GuardError(f"{self.path} holds the plan of run {found.plan.run}; move it into a folder of that name")
        return found

    def expected(self) -> Mapping[str, Expected]:
        """What the tables should hold, as it was said when the run was begun or taken up; empty if nobody said.

        Raises:
            RequestError: it cannot be read.
        """
        file = self.path / EXPECTED
        return expected(file.read_text(encoding="utf-8"), self.plan(), str(file)) if file.exists() else {}

    def keep(self, name: str, text: str) -> Path:
        """Write a file whole or not at all, and return its path."""
        return _write(self.path / name, text)

    def _text(self) -> str:
        return (self.path / _PLAN).read_text(encoding="utf-8")

    @contextmanager
    def locked(self) -> Generator[None]:
        """Keep every other process out of the run; the lock goes with its process, however that ends.

        Raises:
            GuardError: another one is at work.
        """
        with (self.path / _LOCK).open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise GuardError(
                    f"another process is at work on run {self.path.name}; wait for it, or look with"
                    f" `strongroom dr status {self.path.name}`"
                ) from None
            yield


def begin(runs: Path, plan: Plan) -> Folder:
    """Make the folder of a new run; its plan is on the disk before anything is changed.

    Raises:
        GuardError: the run was begun before, or the folder cannot be written.
    """
    folder = Folder(runs / plan.run)
    try:
        folder.path.mkdir(parents=True)
        folder.keep(_PLAN, plans.text(plan))
    except FileExistsError:
        raise GuardError(
            f"{folder.path} is there already: the plan was begun before; go on with `--resume {plan.run}`"
        ) from None
    except OSError as failed:
        raise GuardError(f"{folder.path} cannot be written: {failed.strerror}; name another --folder") from None
    return folder


def find(runs: Path, run: str | None = None) -> Folder:
    """The folder of a run that was begun.

    Args:
        runs: Folder of all runs.
        run: Its id. None: the run whose plan is the newest.

    Raises:
        RequestError: there is none.
        PlanError: a plan cannot be read.
    """
    known = sorted(one.parent.name for one in runs.glob(f"*/{_PLAN}"))
    if not known or (run is not None and run not in known):
        which = f"run {run}" if run else "run"
        there = f"; there are {', '.join(known)}" if known else ""
        raise RequestError(f"there is no {which} in {runs}{there}; go to the folder that it was begun in, or --folder")
    if run is not None:
        return Folder(runs / run)
    return max((Folder(runs / one) for one in known), key=lambda one: one.plan().made)


def _write(file: Path, text: str) -> Path:
    new = file.with_name(f".{file.name}.new")
    with new.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)
    entries = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(entries)
    finally:
        os.close(entries)
    return file
