"""The only door to git: reads files as they stand in the base that a change is judged against.

What a change brings along must not judge it, so nothing here looks into the work tree.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from strongroom.gate.errors import BaseError
from strongroom.gate.plain import plain

SECONDS: Final = 30.0
"""Time that git gets for one answer, all of which are local."""
_FILE_MODES: Final = frozenset({"100644", "100755"})
_SETTLED: Final = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""No network, no objects put in the place of others, no question, English."""


@dataclass(frozen=True)
class Entry:
    """One file in the base."""

    mode: str
    id: str
    """Git's hash of its content."""


@dataclass(frozen=True)
class Base:
    """A commit, read from a folder of the work tree."""

    folder: Path
    """Paths are seen from here."""
    ref: str
    """As it was asked for."""
    commit: str
    """Full hash of the commit that it was when it was opened."""
    seconds: float = SECONDS

    @classmethod
    def open(cls, folder: Path, ref: str, seconds: float = SECONDS) -> Self:
        """Find out which commit a ref means, once.

        Raises:
            BaseError: it means none, or two, or git does not answer.
        """
        if not ref or ref.startswith("-"):
            raise BaseError(f"--base must be a branch, a tag or a commit, got {plain(ref)!r}")
        asked = ["rev-parse", "--verify", f"{ref}^{{commit}}"]
        done = _git(folder, asked, seconds)
        if done.returncode or b"ambiguous" in done.stderr:
            raise BaseError(
                f"--base {plain(ref)} means no commit, or more than one, in {folder}: {_last(done.stderr)};"
                " fetch it, or give its hash"
            )
        return cls(folder, ref, done.stdout.decode().strip(), seconds)

    def text(self, path: str) -> str | None:
        """Content of a file; None where the base has no such file.

        Raises:
            BaseError: it is no plain file of text, or git does not answer.
        """
        entry = self.entries(path).get(path)
        if entry is None:
            return None
        if entry.mode not in _FILE_MODES:
            raise BaseError(f"{plain(path)} must be a plain file in {plain(self.ref)}, got mode {entry.mode}")
        content = self._ask("show", "--no-textconv", "--no-ext-diff", f"{self.commit}:./{path}")
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise BaseError(f"{plain(path)} is no text in {plain(self.ref)}") from None

    def entries(self, path: str, *, from_top: bool = False) -> dict[str, Entry]:
        """Every file at or under a path, by its path.

        Args:
            path: Seen from the folder; empty for all.
            from_top: Whether paths are seen from the top of the repository instead.

        Raises:
            BaseError: git does not answer.
        """
        seen_from = ["--full-tree"] if from_top else []
        only = ["--", f":(literal){path}"] if path else []
        listed = self._ask("ls-tree", "-r", "-z", *seen_from, self.commit, *only).decode(errors="replace")
        found = (line.partition("\t") for line in listed.split("\0") if line)
        return {name: Entry(about.split()[0], about.split()[2]) for about, _, name in found}

    def _ask(self, *arguments: str) -> bytes:
        done = _git(self.folder, arguments, self.seconds)
        if done.returncode:
            raise BaseError(f"git {arguments[0]} failed in {self.folder}: {_last(done.stderr)}")
        return done.stdout


def prefix(folder: Path, seconds: float = SECONDS) -> str:
    """Path of a folder in its repository; empty for its root.

    Raises:
        BaseError: it lies in no repository.
    """
    done = _git(folder, ("rev-parse", "--show-prefix"), seconds)
    if done.returncode:
        raise BaseError(f"{folder} lies in no git repository: {_last(done.stderr)}")
    return done.stdout.decode().rstrip("\n")


def lies_in_one(folder: Path, seconds: float = SECONDS) -> bool:
    """Whether a folder lies in a repository, as far as git can tell."""
    try:
        prefix(folder, seconds)
    except BaseError:
        return False
    return True


def _git(folder: Path, arguments: Sequence[str], seconds: float) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise BaseError("git is not on PATH; --base needs it")
    # Variables of git could lead it to another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        return subprocess.run(  # noqa: S603 - our own arguments, no shell
            [git, "--no-pager", *arguments],
            cwd=folder,
            env={**environment, **_SETTLED},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BaseError(f"git {arguments[0]} did not answer within {seconds:g} seconds in {folder}") from None
    except OSError as failed:
        raise BaseError(f"git cannot be started in {folder}: {failed.strerror}") from None


def _last(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return plain(lines[-1]) if lines else "git says nothing"
