"""What is changed in MiniStack, one noun a file."""

from importlib import import_module
from pkgutil import iter_modules


def declare() -> None:
    """Import every file of this package; each declares its patches."""
    for found in iter_modules(__path__):
        import_module(f"{__name__}.{found.name}")
