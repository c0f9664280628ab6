"""Serves the components to programs in any language."""

import sys
from pathlib import Path

from pulumi.provider.experimental import component_provider_host

# Python puts this folder on the path, but the components' package and `strongroom` lie beside it.
sys.path.insert(0, str(Path(__file__).parents[1]))
from components.catalogue import COMPONENTS

component_provider_host(name="strongroom", components=list(COMPONENTS))
