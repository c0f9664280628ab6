"""Prints the pulumi-plugin.json of every importable Pulumi package as one JSON list, for the language host."""

import json
import sys
from importlib import metadata
from pathlib import Path


def described(path: Path) -> dict[str, object]:
    """What the file says, with the name and version that it may leave out."""
    module = path.parent.name
    try:
        version = metadata.version(module)
    except metadata.PackageNotFoundError:
        version = ""
    name = module.removeprefix("pulumi_").replace("_", "-")
    return {"name": name, "version": version} | json.loads(path.read_text())


files = {file for folder in sys.path if folder for file in Path(folder).glob("*/pulumi-plugin.json")}
sys.stdout.write(json.dumps([described(file) for file in sorted(files)]))
