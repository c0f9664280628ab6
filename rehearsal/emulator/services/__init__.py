"""Our services in the place of MiniStack's: AWS Backup, and what the others of MiniStack's lose or let pass."""

from importlib import import_module
from pkgutil import iter_modules

from rehearsal.emulator.backup import condition_keys as condition_keys
from rehearsal.emulator.backup import judged as judged
from rehearsal.emulator.backup.router import BACKUP
from rehearsal.emulator.registry import SERVICES

SERVICES["backup"] = BACKUP

for _found in iter_modules(__path__):
    # Each file declares what it replaces.
    import_module(f"{__name__}.{_found.name}")
