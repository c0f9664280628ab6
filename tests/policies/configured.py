"""The pack configuration of the stacks: what the files say, and what the settings ask for."""

import json
from pathlib import Path
from typing import Final

from strongroom.checking import configuration
from strongroom.checking.configuration import Configuration
from tests.stacks import world

__all__ = ["PACK", "Configuration", "expected", "file", "read"]

PACK: Final = world.CHECKOUT / "policies"


def file(stack: str) -> Path:
    """The pack configuration of a stack."""
    return PACK / "configuration" / f"{stack}.json"


def read(stack: str) -> Configuration:
    """What the file says."""
    return json.loads(file(stack).read_text(encoding="utf-8"))


def expected(stack: str) -> Configuration:
    """What the settings ask for."""
    return configuration.expected(world.settings(stack))
