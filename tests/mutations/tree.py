"""A copy of the checkout in which one file at a time is weakened."""

import importlib
import shutil
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from stacks import recording
from strongroom.checking import check
from strongroom.config import stackfile
from strongroom.gate.base import Base
from tests.mutations.mutation import Mutation
from tests.stacks import world
from tests.strongroom.gate.repository import commit

_COPIED: Final = ("components", "policies", "scripts", "stacks", "strongroom", ".github", "tests/workflows")
_PROGRAM: Final = ("components", "stacks", "strongroom")


class Tree:
    """The copy; what stands in it before any edit is the base of every change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in _COPIED:
            shutil.copytree(world.CHECKOUT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for file in (*world.CHECKOUT.glob("Pulumi*.yaml"), world.CHECKOUT / "__main__.py"):
            shutil.copy(file, root)
        (root / ".gitignore").write_text("__pycache__/\n", encoding="utf-8")
        commit(root, {})
        self.base = Base.open(root, "HEAD")
        """What a change is compared with."""

    @contextmanager
    def edited(self, mutation: Mutation) -> Generator[None]:
        """The tree with one edit.

        Raises:
            LookupError: the file does not hold what would be replaced: the edit has to follow the code.
        """
        place = self.root / mutation.file
        before = place.read_text(encoding="utf-8") if place.exists() else None
        if mutation.old and (before is None or mutation.old not in before):
            raise LookupError(f"{mutation.file} does not hold {mutation.old!r}, which {mutation.name!r} replaces")
        place.write_text((before or "").replace(mutation.old, mutation.new) if mutation.old else mutation.new, "utf-8")
        try:
            yield
        finally:
            place.unlink() if before is None else place.write_text(before, encoding="utf-8")

    def recorded(self, mutation: Mutation) -> Mapping[str, Any]:
        """What the edited program, or the program under edited settings, asks for."""
        values = stackfile.values(self.root / check.file_of(mutation.stack))
        if mutation.file.startswith("Pulumi"):
            return recording.recorded(mutation.stack, values)
        with _modules_of(self.root):
            return importlib.import_module("stacks.recording").recorded(mutation.stack, values)


@contextmanager
def _modules_of(root: Path) -> Generator[None]:
    """The program's modules from another folder; the real ones stand again afterwards."""
    real = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in _PROGRAM}
    cached = sys.dont_write_bytecode
    for name in real:
        del sys.modules[name]
    sys.path.insert(0, str(root))
    # A file that changes twice in a second would be taken from the cache the second time.
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.dont_write_bytecode = cached
        sys.path.remove(str(root))
        for name in [name for name in sys.modules if name.partition(".")[0] in _PROGRAM]:
            del sys.modules[name]
        sys.modules.update(real)
