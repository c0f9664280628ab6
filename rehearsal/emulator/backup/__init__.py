"""AWS Backup as its pages describe it, in the place of MiniStack's, which judges nothing that it keeps."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehearsal.emulator.registry import Service


def declare() -> "Service":
    """Declare what judging vaults changes in MiniStack, and return the service.

    Imported here and not above, so that the modules that need no MiniStack can be used where there is none.
    """
    for patched in ("condition_keys", "judged"):
        import_module(f"{__name__}.{patched}")
    service: Service = import_module(f"{__name__}.router").BACKUP
    return service
