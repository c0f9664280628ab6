"""Asks another process one question as JSON, waits no longer than it may take, and ends it with all that it started.

The program and the policy pack run in processes of their own: `strongroom` works without Pulumi, and what they raise,
print or wait for must not be this command's.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO, cast

from strongroom.checking.errors import CheckingError, SlowError

_LOOK_SECONDS: Final = 0.5
_LAST_LINES: Final = 3
_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
"""Of the environment; no credentials and nothing by which Python would load other modules."""


@dataclass(frozen=True)
class Asking:
    """How other processes are asked."""

    now: Callable[[], float]
    """Monotonic seconds."""
    told: Callable[[str], None]
    """Hears what is waited for."""
    seconds: float = 120.0
    """How long one answer may take."""

    def ask(self, module: str, folder: Path, question: object, deed: str) -> Mapping[str, Any]:
        """Ask a module that reads JSON from standard input and writes JSON to standard output.

        Args:
            module: Dotted name, found from `folder`.
            folder: Where it runs.
            question: Anything that JSON can hold.
            deed: What it does, for sentences, such as 'running the program'.

        Raises:
            SlowError: it took longer than `seconds`.
            CheckingError: it ended in an error, or its answer is no JSON object.
        """
        # A file, because a pipe that is full while the answer is waited for would never be emptied.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as asked:
            json.dump(question, asked)
            asked.seek(0)
            process = _start(module, folder, asked)
            try:
                out, err = self._wait(process, deed)
            finally:
                _end(process)
        return _answer(process.returncode, out, err, deed)

    def _wait(self, process: "subprocess.Popen[str]", deed: str) -> tuple[str, str]:
        begun = self.now()
        while True:
            try:
                return process.communicate(timeout=_LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                if self.now() - begun > self.seconds:
                    raise SlowError(
                        f"{deed} took longer than {self.seconds:g} seconds and was ended; give --timeout more seconds,"
                        " or look for what it waits for"
                    ) from None
                self.told(deed)


def _start(module: str, folder: Path, asked: TextIO) -> "subprocess.Popen[str]":
    # S603: the interpreter that runs this command, and a module's name that this package knows.
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-W", "ignore", "-m", module],
        cwd=folder,
        env={key: os.environ[key] for key in _KEPT if key in os.environ},
        stdin=asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _end(process: "subprocess.Popen[str]") -> None:
    """End a process with all that it started; what ran away from its group keeps nobody waiting for its output."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
    process.wait()


def _answer(code: int, out: str, err: str, deed: str) -> Mapping[str, Any]:
    if code != 0:
        said = " / ".join(err.strip().splitlines()[-_LAST_LINES:]) or "it said nothing"
        raise CheckingError(f"{deed} ended with code {code}: {said}")
    try:
        read: object = json.loads(out)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise CheckingError(f"{deed} ended without a whole answer; run the command again, and report it if it stays so")
    return cast("Mapping[str, Any]", read)
