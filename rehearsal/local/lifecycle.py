"""Opens the local AWS of a folder: for as long as a command runs, or until it is ended by another."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from rehearsal.local import local, parts, seed, server, world
from rehearsal.local.errors import AlreadyRunningError, RehearsalError
from rehearsal.local.local import Local
from rehearsal.local.lock import Lock
from rehearsal.local.parts import Parts
from rehearsal.local.place import Place
from rehearsal.local.presence import Presence
from rehearsal.local.progress import Progress, part
from rehearsal.local.server import Launch, Server
from rehearsal.local.world import World


class How(StrEnum):
    """How a local AWS came to be up."""

    ALREADY = "was up already"
    RESUMED = "goes on with the state it had"
    SEEDED = "is seeded"


@dataclass(frozen=True)
class Opening:
    """A local AWS to open."""

    place: Place
    port: int
    progress: Progress
    seed: Callable[[Local, Progress], None] = seed.seed
    """Makes an empty local AWS one to work with. Default: what stands on real accounts before the first `pulumi up`."""

    def parts(self) -> tuple[Parts, World]:
        """Read what is needed.

        Raises:
            RehearsalError: scripts/setup has not run, or a stack file cannot be used.
        """
        return parts.read(self.place.checkout), world.read(self.place.checkout)

    def start(self, start: Callable[[Launch], Server], launch: Launch) -> Server:
        """Start the emulator's process."""
        with part(self.progress, "start the local AWS"):
            return start(launch)


@contextmanager
def attended(opening: Opening) -> Generator[Local, None, None]:
    """An empty local AWS that ends with the block, and with this process however it ends.

    Raises:
        AlreadyRunningError: the folder is taken.
        RehearsalError: the local AWS does not start.
    """
    place = opening.place
    found = opening.parts()
    lock = _entered(place)
    try:
        place.clear()
        place.prepare()
        launch = Launch(place, found[0], lock, opening.port)
        running = opening.start(server.attended, launch)
        try:
            yield from _told(local.opened(place, *found, running.endpoint), lock)
        finally:
            running.end()
    finally:
        lock.release()


def _told(opened: Local, lock: Lock) -> Iterator[Local]:
    try:
        _tell(opened, lock, os.getpid())
        yield opened
    finally:
        opened.engine.children.end()


def up(opening: Opening, *, fresh: bool) -> tuple[Local, How]:
    """Make sure that a seeded local AWS is up, which stays when this process ends.

    Args:
        opening: where.
        fresh: whether to begin with an empty one instead of an earlier one's state.

    Raises:
        AlreadyRunningError: the folder is taken, or `fresh` is asked of one that is up.
        RehearsalError: the stack files are no longer those of the state.
    """
    place = opening.place
    found = opening.parts()
    running = Presence(place).running()
    if running and running.sealed:
        _refuse_another_world(place, found[1])
        if fresh:
            raise AlreadyRunningError(f"a rehearsal is up in {place.root}; end it first with: rehearsal down")
        return local.opened(place, *found, running.endpoint), How.ALREADY
    lock = _entered(place)
    try:
        return _started(opening, found, lock, fresh=fresh)
    finally:
        lock.release()


def _started(opening: Opening, found: tuple[Parts, World], lock: Lock, *, fresh: bool) -> tuple[Local, How]:
    place = opening.place
    resumed = place.mark.exists() and not fresh
    if resumed:
        _refuse_another_world(place, found[1])
    else:
        place.clear()
    place.prepare()
    running = opening.start(server.detached, Launch(place, found[0], lock, opening.port))
    try:
        opened = local.opened(place, *found, running.endpoint)
        _tell(opened, lock, os.getpid())
        if not resumed:
            opening.seed(opened, opening.progress)
            place.mark.write_text(seed.fingerprint(found[1]), encoding="ascii")
        _tell(opened, lock, None)
    except BaseException:
        running.end()
        raise
    return opened, How.RESUMED if resumed else How.SEEDED


def _entered(place: Place) -> Lock:
    place.prepare()
    return Presence(place).enter()


def _tell(opened: Local, lock: Lock, runner: int | None) -> None:
    status = opened.control.status()
    if lock.told:
        changes = {"runner": runner, "emulator": status.pid, "endpoint": status.endpoint}
        lock.tell(lock.told.model_copy(update=changes))


def _refuse_another_world(place: Place, known: World) -> None:
    if place.mark.exists() and place.mark.read_text(encoding="ascii") != seed.fingerprint(known):
        raise RehearsalError(
            f"the stack files or the bootstrap documents have changed since {place.root} was seeded; end it with:"
            " rehearsal down, and begin anew with: rehearsal up --fresh"
        )
