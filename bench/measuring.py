"""Runs a command and measures it as a whole: its time, and processor time and memory of all its processes together."""

import resource
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_EVERY_SECONDS: Final = 0.1
_PROC: Final = Path("/proc")


class FailedError(Exception):
    """A command that was to be measured failed; its text is what it said."""


@dataclass(frozen=True)
class Measured:
    """One run of a command."""

    seconds: float
    processor_seconds: float
    """Of the command and all its descendants; what else the machine does makes it little longer."""
    peak_mebibytes: float
    """Most resident memory of the command and all its descendants at one time; pages they share count for each."""
    output: str


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Measured:
    """Run `command` to its end.

    Raises:
        FailedError: it ended with another code than 0.
    """
    begun, before = time.monotonic(), _processor_seconds()
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command, env=dict(environment), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    peak = _Peak(process.pid)
    peak.start()
    output, _ = process.communicate()
    seconds, processor_seconds = time.monotonic() - begun, _processor_seconds() - before
    peak.stop()
    if process.returncode:
        raise FailedError(f"{' '.join(command)} ended with {process.returncode}: {output[-2000:]}")
    return Measured(seconds, processor_seconds, peak.mebibytes, output)


def _processor_seconds() -> float:
    """What the ended children of this process, and theirs, have taken."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


class _Peak(threading.Thread):
    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.mebibytes = 0.0
        self._root = root
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_EVERY_SECONDS):
            self.mebibytes = max(self.mebibytes, sum(map(_resident, _family(self._root))))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(root: int) -> Iterable[int]:
    children: dict[int, list[int]] = {}
    for status in _PROC.glob("[0-9]*/stat"):
        pid = int(status.parent.name)
        children.setdefault(_parent(status), []).append(pid)
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += children.get(pid, [])


def _parent(status: Path) -> int:
    try:
        # The name, in parentheses, may hold anything; the parent is the second field after it.
        return int(status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _resident(pid: int) -> float:
    try:
        pages = int((_PROC / str(pid) / "statm").read_text(encoding="ascii").split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return pages * 4096 / 2**20
