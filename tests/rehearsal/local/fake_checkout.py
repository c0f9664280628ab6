"""A checkout in which `fake_emulator` stands in the emulator's place, so that processes can be started in no time."""

import json
import shutil
import sys
from pathlib import Path

from rehearsal.local.place import CHECKOUT, Place

ENGINE = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec")


def set_up(checkout: Path) -> Path:
    """Put everything into a folder that scripts/setup would."""
    for name in (*(f"engine/{name}" for name in ENGINE), ".venv/bin/python"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).touch()
    says = {"engine": str(checkout / "engine"), "engine_version": "3.256.0", "emulator_python": sys.executable}
    (checkout / "build").mkdir()
    (checkout / "build/setup.json").write_text(json.dumps(says))
    return checkout


def make(folder: Path) -> Place:
    """Return the place of a rehearsal in a checkout of its own."""
    checkout = set_up(folder)
    for file in CHECKOUT.glob("Pulumi*.yaml"):
        shutil.copy(file, checkout)
    emulator = checkout / "rehearsal" / "emulator"
    emulator.mkdir(parents=True)
    (checkout / "rehearsal/__init__.py").touch()
    (emulator / "__init__.py").touch()
    shutil.copy(Path(__file__).with_name("fake_emulator.py"), emulator / "__main__.py")
    return Place(checkout / "build" / "rehearsal", checkout)
