"""Processes that may not outlive the command that started them."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from rehearsal.local import guard

_END_SECONDS: Final = guard.GRACE_SECONDS + 5


@dataclass(frozen=True)
class Command:
    """A process to start."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    """All of it: nothing is inherited."""
    output: IO[bytes] | int
    """Where standard output goes."""
    folder: Path
    errors: IO[bytes] | int = subprocess.STDOUT
    """Where standard error goes. Default: where standard output goes."""
    inherits: Sequence[int] = ()
    """File descriptors that it keeps open."""
    grace_seconds: float = guard.GRACE_SECONDS
    """How long it may take to end when it is asked to."""


class Child:
    """A process under guard."""

    def __init__(self, command: Command) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            [sys.executable, "-I", "-S", guard.__file__, str(command.grace_seconds), *command.arguments],
            env=dict(command.environment),
            stdin=subprocess.PIPE,
            stdout=command.output,
            stderr=command.errors,
            cwd=command.folder,
            pass_fds=command.inherits,
            start_new_session=True,
        )

    def interrupt(self) -> None:
        """Ask it to end."""
        if self.process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()

    def kill(self) -> None:
        """Kill the process itself, as `kill -9` does; its guard ends then. One that has not begun yet is left alone."""
        for pid in guard.session(self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """Interrupt it, kill it when it does not end in time, and wait until it is gone."""
        self.interrupt()
        try:
            self.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class Children:
    """All guarded processes of one command, so that an interrupt can end them whichever thread waits for them."""

    _alive: set[Child] = field(default_factory=set[Child])
    _ended: bool = False
    _change: threading.Lock = field(default_factory=threading.Lock)

    def start(self, command: Command) -> Child:
        """Start a process.

        Raises:
            InterruptedError: `end` was called.
        """
        with self._change:
            if self._ended:
                raise InterruptedError("the rehearsal is ending")
            child = Child(command)
            self._alive.add(child)
            return child

    def forget(self, child: Child) -> None:
        """End one process that has served, or make sure that it has ended."""
        child.end()
        with self._change:
            self._alive.discard(child)

    def end(self) -> None:
        """End every process and refuse to start another."""
        with self._change:
            self._ended = True
            alive, self._alive = self._alive, set()
        for child in alive:
            child.interrupt()
        for child in alive:
            child.end()
