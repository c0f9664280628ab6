"""Whether a rehearsal left the checkout as it was: stack files are used as copies."""

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Final

from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import expect

_GIT_SECONDS: Final = 30


def state(checkout: Path) -> str:
    """Return what changes when a file of the checkout does.

    In a tree without git, such as an export, the files that Pulumi could write are all that is looked at.
    """
    return "\n".join([*_hashes(checkout), *_git_status(checkout)])


def is_unchanged(scene: Scene) -> None:
    """Compare the checkout with its state before the rehearsal.

    Raises:
        CheckError: it differs.
    """
    refuse_changes(scene.before, state(scene.local.place.checkout))


def refuse_changes(before: str, after: str) -> None:
    """Hold when two states are the same; the error names the lines that differ."""
    earlier, later = before.splitlines(), after.splitlines()
    changed = [line for line in (*earlier, *later) if line not in earlier or line not in later]
    expect("lines of the checkout's state that differ from before the run", expected=[], got=changed)


def _hashes(checkout: Path) -> list[str]:
    files = sorted(checkout.glob("Pulumi*.yaml"))
    return [f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()[:12]}" for file in files]


def _git_status(checkout: Path) -> list[str]:
    git = shutil.which("git")
    if git is None or not (checkout / ".git").exists():
        return []
    status = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [git, "-C", str(checkout), "status", "--porcelain"],
        capture_output=True,
        text=True,
        check=True,
        timeout=_GIT_SECONDS,
    )
    return status.stdout.splitlines()
