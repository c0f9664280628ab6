"""What `pulumi stack export` writes, for tests: in the form of pulumi v3.256.0, sdk/go/common/apitype/core.go."""

import json
from typing import Any, Final

from tests.recorder import Resource
from tests.stacks import world

SECRET: Final = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abcdef"}
Document = dict[str, Any]


def export(*resources: Document, stack: str = "prod", pending: list[Document] | None = None) -> Document:
    """An export with these resources beside the stack itself."""
    root = {"urn": f"urn:pulumi:{stack}::strongroom::pulumi:pulumi:Stack::strongroom-{stack}", "custom": False}
    all_resources = [{**root, "type": "pulumi:pulumi:Stack"}, *resources]
    manifest = {"time": "2026-11-22T20:00:00Z", "magic": "x", "version": "v3.256.0"}
    operations = {"pending_operations": pending} if pending else {}
    return {"version": 3, "deployment": {"manifest": manifest, "resources": all_resources, **operations}}


def of_the_program(stack: str) -> Document:
    """The export of a stack that was deployed as the program says."""
    seen = world.recorded(stack)
    providers = {one.name: f"{one.urn}::{one.name}-id" for one in seen.of("pulumi:providers:aws")}
    return export(*(deployed(one, providers) for one in seen.resources), stack=stack)


def deployed(one: Resource, providers: dict[str, str]) -> Document:
    """A resource as the engine keeps it; what is false or empty is left out."""
    inputs = json.loads(json.dumps(one.inputs))
    outputs = {"id": f"{one.name}-id", "arn": f"{one.name}-arn", "name": one.name, **inputs}
    found = {
        "urn": one.urn,
        "custom": True,
        "type": one.type,
        "inputs": inputs,
        "outputs": outputs,
        "parent": one.parent,
        "provider": providers.get(one.provider, ""),
        "protect": one.protect,
        "retainOnDelete": one.retain_on_delete,
        "ignoreChanges": list(one.ignore_changes),
        "propertyDependencies": {key: list(urns) for key, urns in one.property_dependencies.items()},
        "created": "2026-11-22T20:00:00Z",
    }
    return {key: value for key, value in found.items() if value}


def named(document: Document, name: str) -> Document:
    """The resource with this logical name."""
    (found,) = [one for one in document["deployment"]["resources"] if one["urn"].endswith(f"::{name}")]
    return found
