"""Finds out whether a rehearsal is running in a folder, and clears away one that was killed."""

import contextlib
from dataclasses import dataclass, field
from typing import Final

from rehearsal.local import lock, server
from rehearsal.local.control import Control, Status
from rehearsal.local.errors import AlreadyRunningError, NotFoundError, RehearsalError, TookTooLongError
from rehearsal.local.guard import GRACE_SECONDS
from rehearsal.local.lock import Holder, Lock
from rehearsal.local.patience import Patience
from rehearsal.local.place import Place

_ANSWER_SECONDS: Final = 5.0


@dataclass(frozen=True)
class Presence:
    """Who is in a folder."""

    place: Place
    patience: Patience = field(default_factory=Patience)

    def running(self) -> Status | None:
        """Return the emulator that serves this folder's world.

        Returns:
            None when there is none: the lock file may be an old one, so that its word counts only when it is confirmed.
        """
        said = lock.holder(self.place.lock)
        if said is None or said.endpoint is None:
            return None
        try:
            status = Control(said.endpoint, _ANSWER_SECONDS).status()
        except RehearsalError:
            return None
        return status if status.pid == said.emulator else None

    def found(self) -> Status:
        """Return the emulator that serves this folder's world.

        Raises:
            NotFoundError: none does.
        """
        status = self.running()
        if status is None:
            raise NotFoundError(f"no rehearsal is up in {self.place.root}; start one with: rehearsal up")
        return status

    def end(self) -> Holder:
        """End the local AWS that is up in this folder, also one that has stopped answering.

        Raises:
            NotFoundError: none is up.
            AlreadyRunningError: a command is at work in the folder; it ends what it started itself.
        """
        said = lock.holder(self.place.lock)
        if self._free():
            raise NotFoundError(f"no rehearsal is up in {self.place.root}")
        if said is None or said.emulator is None or _at_work(said):
            raise AlreadyRunningError(self._sentence(said))
        self._end(said.emulator)
        return said

    def enter(self) -> Lock:
        """Take the folder's lock; what a killed rehearsal left running is ended first.

        Raises:
            AlreadyRunningError: a rehearsal is alive in it.
        """
        taken = lock.take(self.place.lock)
        if taken:
            return taken
        said = lock.holder(self.place.lock)
        if said is None or _at_work(said) or self._is_up(said):
            raise AlreadyRunningError(self._sentence(said))
        return self._enter_after(said)

    def _is_up(self, said: Holder) -> bool:
        # Not sealed: `up` was killed while it seeded, and half a world is of no use.
        status = self.running() if said.command == "up" else None
        return status is not None and status.sealed

    def _enter_after(self, killed: Holder) -> Lock:
        if killed.guard is not None and server.alive(killed.guard):
            with contextlib.suppress(TookTooLongError):
                what = "the end of the run that was killed"
                return self.patience.until(lambda: lock.take(self.place.lock), GRACE_SECONDS + 1, what)
        # No guard ends this emulator. That the lock is held says that the number in it is still the emulator's.
        if killed.emulator is not None:
            self._end(killed.emulator)
        taken = lock.take(self.place.lock)
        if taken is None:
            raise AlreadyRunningError(self._sentence(killed))
        return taken

    def _end(self, emulator: int) -> None:
        server.end_by_id(emulator, self._free, self.patience)

    def _free(self) -> bool | None:
        """True once nobody holds the lock; its process may remain as a zombie that nobody waits for."""
        if not self.place.lock.exists():
            return True
        taken = lock.take(self.place.lock)
        if taken is None:
            return None
        taken.release()
        return True

    def _sentence(self, said: Holder | None) -> str:
        if said is None:
            return f"another rehearsal is starting in {self.place.root}; wait for it, or give another --folder"
        where = f" at {said.endpoint}" if said.endpoint else ""
        if said.command == "run":
            who = f"a rehearsal run (process {said.runner}) is under way in {self.place.root}{where}"
            return f"{who}; wait for it, or give another --folder"
        who = f"a rehearsal is up in {self.place.root}{where} (process {said.emulator})"
        return f"{who}; end it with: rehearsal down --folder {self.place.root}, or give another --folder"


def _at_work(said: Holder) -> bool:
    return said.runner is not None and server.alive(said.runner)
