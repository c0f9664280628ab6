"""Starts and ends the emulator's process."""

import contextlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rehearsal.local.children import Child, Command
from rehearsal.local.errors import RehearsalError, TookTooLongError
from rehearsal.local.lock import Holder, Lock
from rehearsal.local.parts import Parts
from rehearsal.local.patience import Patience
from rehearsal.local.place import Place

START_SECONDS: Final = 30.0
END_SECONDS: Final = 10.0
_READY: Final = "ready "


@dataclass(frozen=True)
class Launch:
    """How an emulator is started."""

    place: Place
    parts: Parts
    lock: Lock
    port: int = 0
    """TCP port on 127.0.0.1; 0 takes any free one."""
    patience: Patience = field(default_factory=Patience)

    @property
    def log(self) -> Path:
        """What the process says."""
        return self.place.logs / "emulator.log"

    def command(self, output: int) -> Command:
        """Return the process to start; of the environment it needs no more than where its code is."""
        arguments = [str(self.parts.emulator_python), "-m", "rehearsal.emulator"]
        return Command(
            arguments=[*arguments, "--port", str(self.port), "--state", str(self.place.state)],
            environment={"PYTHONPATH": str(self.place.checkout), "PYTHONSAFEPATH": "1", "PATH": os.defpath},
            output=output,
            folder=self.place.root,
            inherits=(self.lock.number,),
        )


@dataclass(frozen=True)
class Server:
    """An emulator that serves."""

    endpoint: str
    end: Callable[[], None]
    """Saves its state and ends it; a process that does not end in time is killed."""
    ended: Callable[[], int | None]
    """Its exit code, or None while it runs."""


def attended(launch: Launch) -> Server:
    """Start an emulator that ends when this process does, however that ends.

    Raises:
        RehearsalError: it does not serve; the sentence is the one that it said.
    """
    with launch.log.open("wb") as log:
        child = Child(launch.command(log.fileno()))
    launch.lock.tell(Holder(command="run", runner=os.getpid(), guard=child.process.pid))
    return _serving(launch, Server("", child.end, child.process.poll))


def detached(launch: Launch) -> Server:
    """Start an emulator that stays when this process ends.

    Raises:
        RehearsalError: it does not serve; the sentence is the one that it said.
    """
    with launch.log.open("wb") as log:
        pid = _spawned(launch.command(log.fileno()))
    launch.lock.tell(Holder(command="up", runner=os.getpid(), emulator=pid))

    def ended() -> int | None:
        found, status = os.waitpid(pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if found else None

    def gone() -> bool | None:
        with contextlib.suppress(ChildProcessError):
            return None if ended() is None else True
        return True

    return _serving(launch, Server("", lambda: end_by_id(pid, gone, launch.patience), ended))


def end_by_id(pid: int, gone: Callable[[], bool | None], patience: Patience) -> None:
    """Ask a process to end, and kill it when it does not in time.

    Args:
        pid: its id.
        gone: returns True once it has ended, None before.
        patience: how to wait.
    """
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, TookTooLongError):
            os.kill(pid, number)
            patience.until(gone, END_SECONDS, f"the end of process {pid}")
            return


def alive(pid: int) -> bool:
    """Whether a process with this id runs; one that has ended and that nobody has asked for its exit code does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        # Gone meanwhile; or there is no /proc here, and then the signal's word counts.
        return not Path("/proc/self").exists()
    return state != "Z"


def _spawned(command: Command) -> int:
    """Start a process that nobody waits for, in a session of its own."""
    for number in command.inherits:
        os.set_inheritable(number, True)
    try:
        return os.posix_spawn(
            command.arguments[0],
            list(command.arguments),
            dict(command.environment),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, command.output, 1),
                (os.POSIX_SPAWN_DUP2, command.output, 2),
            ],
            setsid=True,
        )
    finally:
        for number in command.inherits:
            os.set_inheritable(number, False)


def _serving(launch: Launch, server: Server) -> Server:
    try:
        endpoint = launch.patience.until(
            lambda: _ready(launch.log, server.ended()), START_SECONDS, "the start of the local AWS"
        )
    except BaseException:
        server.end()
        raise
    return Server(endpoint, server.end, server.ended)


def _ready(log: Path, code: int | None) -> str | None:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines:
        if line.startswith(_READY):
            return line.removeprefix(_READY).strip()
    if code is None:
        return None
    said = lines[-1] if lines else "nothing"
    raise RehearsalError(f"the local AWS did not start (exit code {code}): {said}; its log is {log}")
