"""The folder that `pulumi` runs in: what it writes goes into copies, never into the checkout."""

import shutil
from pathlib import Path
from typing import Final, cast

import yaml

from rehearsal.local.errors import RehearsalError
from rehearsal.local.place import Place
from rehearsal.local.world import World

_LINKED: Final = ("__main__.py", "components", "stacks")


def write(place: Place, world: World) -> None:
    """Make the folder anew from the checkout."""
    shutil.rmtree(place.program, ignore_errors=True)
    place.program.mkdir(parents=True)
    for name in _LINKED:
        (place.program / name).symlink_to(place.checkout / name)
    for file in world.files.values():
        shutil.copy(file, place.program / file.name)
    project = yaml.safe_dump(_project(place), sort_keys=False, allow_unicode=True)
    (place.program / "Pulumi.yaml").write_text(project, encoding="utf-8")


def secrets_provider(stack_file: Path) -> str:
    """Return the key that a stack's secrets and state are encrypted with, as its file names it.

    Raises:
        RehearsalError: it names none.
    """
    said = _section(yaml.safe_load(stack_file.read_text(encoding="utf-8"))).get("secretsprovider")
    if not isinstance(said, str):
        raise RehearsalError(f"{stack_file.name}: secretsprovider is missing; add awskms:///KEY?region=REGION")
    return said


def _project(place: Place) -> dict[str, object]:
    """Pulumi.yaml with the stand-in provider in the real one's place, and the checkout's environment."""
    project = _section(yaml.safe_load((place.checkout / "Pulumi.yaml").read_text(encoding="utf-8")))
    runtime = _section(project["runtime"])
    options = {**_section(runtime["options"]), "virtualenv": str(place.checkout / ".venv")}
    stand_in = {"name": "aws", "path": str(_provider(place.checkout))}
    return {**project, "runtime": {**runtime, "options": options}, "plugins": {"providers": [stand_in]}}


def _provider(checkout: Path) -> Path:
    return checkout / "rehearsal" / "provider"


def _section(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value)
