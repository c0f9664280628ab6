"""Tells whether the policy pack that judged a change is the base's, file by file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from strongroom.gate.base import Base, Entry, prefix
from strongroom.gate.errors import BaseError
from strongroom.gate.plain import plain

_MADE_BY_PYTHON: Final = "__pycache__"
_SHA1_DIGITS: Final = 40


def differences(base: Base, pack: Path) -> list[str]:
    """A sentence for each file of a pack, or of its configuration, that is not what the base has.

    Args:
        base: What it is compared with.
        pack: Folder or file that the preview was run with, in this checkout or in another one of the same repository;
            seen from the base's folder.

    Raises:
        BaseError: it is not there, or lies in no repository.
    """
    place = (base.folder / pack).resolve()
    if not place.exists():
        raise BaseError(f"--pack {pack} is not there; name the folder or file that the preview was run with")
    folder = place if place.is_dir() else place.parent
    within = prefix(folder) if place.is_dir() else f"{prefix(folder)}{place.name}"
    there = _here(place)
    wanted = _wanted(base, within)
    return [
        f"{plain(str(pack))}: {plain(name) or place.name} {says} {plain(base.ref)}; the pack that judges a change is"
        " the base's: run the preview with a checkout of it"
        for name, says in _compared(wanted, there)
    ]


def _compared(wanted: dict[str, Entry], there: dict[str, Path]) -> Iterator[tuple[str, str]]:
    for name in sorted({*wanted, *there}):
        if name not in there:
            yield name, "is missing, unlike in"
        elif name not in wanted:
            yield name, "is not in"
        elif _id(there[name], wanted[name]) != wanted[name].id:
            yield name, "is not what it is in"


def _wanted(base: Base, within: str) -> dict[str, Entry]:
    found = base.entries(within.rstrip("/"), from_top=True)
    return {name.removeprefix(within): entry for name, entry in found.items()}


def _here(place: Path) -> dict[str, Path]:
    if place.is_file():
        return {"": place}
    files = (file for file in place.rglob("*") if file.is_symlink() or not file.is_dir())
    named = ((file.relative_to(place), file) for file in files)
    return {name.as_posix(): file for name, file in named if _MADE_BY_PYTHON not in name.parts}


def _id(file: Path, like: Entry) -> str:
    """Git's hash of a file; a link's is that of where it leads."""
    content = str(file.readlink()).encode() if file.is_symlink() else file.read_bytes()
    algorithm = "sha1" if len(like.id) == _SHA1_DIGITS else "sha256"
    return hashlib.new(algorithm, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
