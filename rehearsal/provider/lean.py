"""Loads the engine's protocol without the Pulumi SDK around it, which costs a plugin's start most of a second."""

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Final

_PACKAGES: Final = ("pulumi", "pulumi.runtime", "pulumi.runtime.proto")


def skip_the_sdk() -> None:
    """Put the SDK's packages in place as empty ones, so that only the protocol's modules are loaded from inside them.

    Only for a process that uses nothing else of the SDK: the plugin's own. Where the SDK is loaded already, nothing
    happens.

    Raises:
        ModuleNotFoundError: pulumi is not installed.
    """
    if "pulumi" in sys.modules:
        return
    path = None
    for name in _PACKAGES:
        spec = PathFinder.find_spec(name, path)
        if spec is None:
            raise ModuleNotFoundError(f"no module named {name}: run scripts/setup")
        sys.modules[name] = module_from_spec(spec)
        path = spec.submodule_search_locations
