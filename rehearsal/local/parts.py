"""The parts that scripts/setup left behind: the Pulumi engine and the emulator's interpreter."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from rehearsal.local.errors import RehearsalError

_NEEDED: Final = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec")


class _Setup(BaseModel):
    model_config = ConfigDict(frozen=True)

    engine: Path
    engine_version: str
    emulator_python: Path


@dataclass(frozen=True)
class Parts:
    """What runs the program and the local AWS."""

    engine: Path
    """Folder with `pulumi` and its Python language host."""
    engine_version: str
    emulator_python: Path
    """Interpreter of the emulator's own environment."""
    program_python: Path
    """Interpreter of the environment that runs the program and its provider."""


def read(checkout: Path) -> Parts:
    """Read build/setup.json.

    Raises:
        RehearsalError: scripts/setup has not run here, or what it left is gone.
    """
    file = checkout / "build" / "setup.json"
    try:
        setup = _Setup.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise RehearsalError(f"{file} is missing; run scripts/setup") from None
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "content"
        raise RehearsalError(f"{file}: {key}: {first['msg']}; run scripts/setup again") from None
    parts = Parts(setup.engine, setup.engine_version, setup.emulator_python, checkout / ".venv/bin/python")
    _refuse_what_is_gone(parts)
    return parts


def _refuse_what_is_gone(parts: Parts) -> None:
    for file in (*(parts.engine / name for name in _NEEDED), parts.emulator_python, parts.program_python):
        if not file.is_file():
            raise RehearsalError(f"{file} is missing; run scripts/setup again")
