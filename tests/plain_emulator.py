"""The emulator without its patches: shows which tests hold only because of them.

EMULATOR_ENTRY=tests/plain_emulator.py .venv/bin/python -m pytest tests/rehearsal/emulator
"""

import os
import sys

from rehearsal.emulator import environment
from rehearsal.emulator.__main__ import main


def nothing() -> None:
    """Install no patch."""


def run() -> int:
    """Take the patches away, then do as the emulator does."""
    # MiniStack reads the environment while it is imported.
    environment.prepare(0, os.environ)
    from rehearsal.emulator import patching

    patching.install = nothing
    return main()


if __name__ == "__main__":
    sys.exit(run())
