"""Runs Pulumi's own installer, which brings the released engine with its language hosts, as a whole or not at all."""

import shutil
import socket
import sys
import tempfile
from pathlib import Path

from pulumi.automation import PulumiCommand
from semver import VersionInfo

# The installer's first download has no limit of its own.
ANSWER_SECONDS = 10


def install(version: str, target: Path) -> None:
    """Puts the engine in a folder of its own, renamed into place when it is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="installing.", dir=target.parent))
    try:
        PulumiCommand.install(root=str(work / "engine"), version=VersionInfo.parse(version))
        (work / "engine").rename(target)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    socket.setdefaulttimeout(ANSWER_SECONDS)
    install(sys.argv[1], Path(sys.argv[2]))
