"""What makes each service as strict as AWS, one package a service: rules and changes of MiniStack's, or all of it."""

from importlib import import_module
from pkgutil import walk_packages


def declare() -> None:
    """Import every file below; each declares its rules, its patches, or the service that it is."""
    for found in walk_packages(__path__, f"{__name__}."):
        import_module(found.name)
