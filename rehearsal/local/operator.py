"""The operator in a disaster: an empty folder, an AWS config file with two profiles, and the installed command."""

import configparser
import io
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final, cast

from rehearsal.local import tokens
from rehearsal.local.children import Child, Children, Command
from rehearsal.local.errors import RehearsalError, TookTooLongError
from rehearsal.local.place import Place
from strongroom.config import profiles
from strongroom.config.profiles import Mode
from strongroom.config.settings import Settings
from strongroom.documents.bootstrap import subjects
from strongroom.facts import arns, names

RUN_SECONDS: Final = 180.0
"""The longest that one command may take."""
_PAUSE_SECONDS: Final = 0.1
_PROGRAM: Final = ".venv/bin/strongroom"


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    command: str
    code: int
    """Exit code; above 128 when a signal ended it."""
    seconds: float
    output: str
    """All of its standard output."""
    log: Path
    """All of its standard error."""

    def document(self) -> Mapping[str, object]:
        """Return what it printed as JSON.

        Raises:
            RehearsalError: it printed no JSON object.
        """
        try:
            content: object = json.loads(self.output)
        except json.JSONDecodeError:
            content = None
        if not isinstance(content, dict):
            lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["nothing"]
            raise RehearsalError(f"{self.command} ended with {self.code} and printed no JSON object: {lines[-1]}")
        return cast("Mapping[str, object]", content)


@dataclass(frozen=True)
class Operator:
    """Runs `strongroom` with nothing of the user's environment, and of the rehearsal's no more than its AWS address."""

    folder: Path
    """Where it runs; what it needs from before lies nowhere in it."""
    environment: Mapping[str, str]
    logs: Path
    program: Path
    """The installed command."""
    children: Children
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def run(self, *arguments: str, meanwhile: Callable[[Child], None] | None = None) -> Ran:
        """Run the command and wait for its end; its exit code is the caller's to judge.

        Args:
            arguments: what follows `strongroom`.
            meanwhile: is called again and again while it runs, and may kill it. Absent: nothing is.

        Raises:
            TookTooLongError: it did not end in time; it was ended.
        """
        name = f"cli-{next(self._numbers):02d}-{'-'.join(word.strip('-') for word in arguments[:2])}"
        printed, log = self.logs / f"{name}.out", self.logs / f"{name}.log"
        begun = self.monotonic()
        with printed.open("wb") as output, log.open("wb") as errors:
            command = Command(
                [str(self.program), *arguments], self.environment, output.fileno(), self.folder, errors.fileno()
            )
            child = self.children.start(command)
        try:
            code = self._wait(child, begun, meanwhile)
        finally:
            self.children.forget(child)
        shown = f"strongroom {' '.join(arguments)}"
        if code is None:
            raise TookTooLongError(f"{shown} took longer than {RUN_SECONDS:g} seconds and was ended, its log is {log}")
        text = printed.read_text(encoding="utf-8", errors="replace")
        return Ran(shown, code, self.monotonic() - begun, text, log)

    def _wait(self, child: Child, begun: float, meanwhile: Callable[[Child], None] | None) -> int | None:
        while self.monotonic() - begun < RUN_SECONDS:
            code = child.process.poll()
            if code is not None:
                return code
            if meanwhile is not None:
                meanwhile(child)
            self.sleep(_PAUSE_SECONDS)
        return None


@dataclass(frozen=True)
class Desk:
    """Where an operator sits down: nothing lies there yet."""

    place: Place
    name: str
    """Of the folder."""
    endpoint: str
    """Of the local AWS."""

    def take(self, identities: Sequence[Settings], mode: Mode, children: Children) -> Operator:
        """Make an empty folder, and what lets an operator into the own accounts of some stacks.

        Args:
            identities: settings of the stacks, each of which gives the profile of its own account.
            mode: which of their roles.
            children: guards the processes.
        """
        home = self._cleared()
        text = io.StringIO()
        self._profiles(identities, mode, home).write(text)
        return self._seated(text.getvalue(), children)

    def take_pipeline(self, settings: Settings, mode: Mode, children: Children) -> Operator:
        """Make an empty folder, and what makes a process one of a stack's pipelines; arguments as of `take`."""
        token = self._cleared() / f"{settings.environment}.token"
        _write_token(token, settings, mode)
        return self._seated(profiles.render(settings, mode, token), children)

    @property
    def _root(self) -> Path:
        return self.place.root / self.name

    def _cleared(self) -> Path:
        """Make the folders anew; returns the home."""
        shutil.rmtree(self._root, ignore_errors=True)
        for folder in ("work", "home", "logs"):
            (self._root / folder).mkdir(parents=True)
        return self._root / "home"

    def _seated(self, profiles_text: str, children: Children) -> Operator:
        home = self._root / "home"
        config = home / "config"
        config.touch(mode=0o600)
        config.write_text(profiles_text, encoding="utf-8")
        program = self.place.checkout / _PROGRAM
        return Operator(self._root / "work", self._environment(home, config), self._root / "logs", program, children)

    def _profiles(self, identities: Sequence[Settings], mode: Mode, home: Path) -> configparser.ConfigParser:
        config = configparser.ConfigParser(interpolation=None)
        for settings in identities:
            token = home / f"{settings.environment}.token"
            _write_token(token, settings, mode)
            config[f"profile {names.profile(settings.environment)}"] = {
                "role_arn": arns.role(settings.accounts.own, mode.role),
                "web_identity_token_file": str(token),
                "role_session_name": f"{settings.environment}-{mode.value}",
                "region": settings.region,
            }
        return config

    def _environment(self, home: Path, config: Path) -> Mapping[str, str]:
        return {
            "AWS_CONFIG_FILE": str(config),
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": self.endpoint,
            "NO_PROXY": "127.0.0.1,localhost",
            "HOME": str(home),
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
        }


def _write_token(file: Path, settings: Settings, mode: Mode) -> None:
    tokens.write(file, tokens.claims(settings.pipeline, subjects.of(settings, mode)[0], datetime.now(UTC)))
