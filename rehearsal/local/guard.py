"""Ends a process, and all that it started, when whoever started it ends: even by `kill -9`.

It is run as a script, `python guard.py SECONDS COMMAND...`, with a pipe as standard input whose other end its starter
holds and never writes to. When the pipe closes, COMMAND is interrupted, and killed when it has not ended SECONDS later.
Standard library only: it has to start in milliseconds.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Final

GRACE_SECONDS: Final = 5.0
"""How long COMMAND may take to end by itself: the emulator saves, Pulumi gives its lock back."""


def session(leader: int) -> Iterator[int]:
    """Other processes of a guard's session: plugins of the engine leave its process group, but not the session."""
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # The command's name, in parentheses, may hold anything; what follows it are numbers.
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[3]) == leader != int(entry.name):
                yield int(entry.name)


def _kill_the_rest() -> None:
    for pid in session(os.getpid()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _end_with_the_starter(child: "subprocess.Popen[bytes]", seconds: float) -> None:
    while os.read(0, 1):
        pass
    child.send_signal(signal.SIGINT)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        _kill_the_rest()


def _stay(_number: int, _frame: FrameType | None) -> None:
    """Do nothing."""


def main(seconds: str, *command: str) -> int:
    """Run `command` and return its exit code; 128 and the signal's number when a signal ended it."""
    # Descriptors that this process inherited, the rehearsal's lock, are meant for the command.
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, close_fds=False)  # noqa: S603 - the runner's own command
    threading.Thread(target=_end_with_the_starter, args=(child, float(seconds)), daemon=True).start()
    code = child.wait()
    _kill_the_rest()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    # A signal that was meant for the command does not end its guard. Not SIG_IGN, which the command would inherit.
    signal.signal(signal.SIGTERM, _stay)
    sys.exit(main(*sys.argv[1:]))
