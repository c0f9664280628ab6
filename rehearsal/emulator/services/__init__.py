"""Our services in the place of MiniStack's: AWS Backup, and what the others of MiniStack's lose or let pass."""

from importlib import import_module
from pkgutil import iter_modules

from rehearsal.emulator.registry import SERVICES


def declare() -> None:
    """Import every file of this package and AWS Backup; each declares what it replaces."""
    for found in iter_modules(__path__):
        import_module(f"{__name__}.{found.name}")
    backup = import_module("rehearsal.emulator.backup")
    SERVICES["backup"] = backup.declare()
