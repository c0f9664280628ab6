"""Previews for tests, in the form of the recorded ones: whole unless a test breaks them."""

import copy
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from strongroom.gate import preview
from strongroom.gate.findings import Finding, find
from strongroom.gate.operations import HAS_NEW, HAS_OLD, Operation
from strongroom.gate.preview import Preview
from tests.recorder import Resource
from tests.stacks import world

RECORDED: Final = Path(__file__).parent / "recorded"
TABLE: Final = "aws:dynamodb/table:Table"
VAULT: Final = "aws:backup/vault:Vault"
VAULT_POLICY: Final = "aws:backup/vaultPolicy:VaultPolicy"
SECRET: Final = "[secret]"
UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

Document = dict[str, Any]
Inputs = Mapping[str, Any]
Edit = Callable[[Document], None]


def urn(token: str, name: str = "it", stack: str = "prod") -> str:
    """URN of a resource below a component."""
    return f"urn:pulumi:{stack}::strongroom::strongroom:index:Part${token}::{name}"


def state(token: str, name: str = "it", inputs: Inputs | None = None, **options: object) -> Document:
    """A resource as a step holds it."""
    return {"urn": urn(token, name), "custom": True, "type": token, "inputs": dict(inputs or {}), **options}


def step(op: str, token: str, name: str = "it", old: Document | None = None, new: Document | None = None) -> Document:
    """A step; states that its operation has and that are not given are plain ones."""
    found: Document = {"op": op, "urn": urn(token, name), "detailedDiff": None}
    before = old if old is not None else state(token, name) if op in HAS_OLD else None
    after = new if new is not None else state(token, name) if op in HAS_NEW else None
    return {**found, **({"oldState": before} if before else {}), **({"newState": after} if after else {})}


def digest(*steps: Document) -> Document:
    """A whole preview with these steps beside the stack itself, which stays as it is."""
    root = "urn:pulumi:prod::strongroom::pulumi:pulumi:Stack::strongroom-prod"
    stack = {"urn": root, "custom": False, "type": "pulumi:pulumi:Stack"}
    all_steps = [{"op": "same", "urn": root, "oldState": stack, "newState": stack, "detailedDiff": None}, *steps]
    return {"steps": all_steps, "duration": 1, "changeSummary": dict(Counter(one["op"] for one in all_steps))}


def changed(token: str, old: Inputs, new: Inputs, **more: object) -> Document:
    """An update from some inputs to others."""
    return {**step("update", token, old=state(token, inputs=old), new=state(token, inputs=new)), **more}


def read(document: Document) -> Preview:
    """The preview as the gate reads it."""
    return preview.read(json.dumps(document), "preview.json")


def found(*steps: Document) -> list[Finding]:
    """What the gate finds in steps."""
    return find(read(digest(*steps)))


def weakened(token: str, old: Inputs, new: Inputs, **more: object) -> list[str]:
    """What an update from some inputs to others makes worse, without the resource's name."""
    findings = found(changed(token, old, new, **more))
    assert {finding.operation for finding in findings} <= {Operation.WEAKEN}
    head = f"{urn(token)} would be weakened: "
    assert all(finding.sentence.startswith(f"{head}{finding.setting} ") for finding in findings)
    return [finding.sentence.removeprefix(head) for finding in findings]


def recorded(name: str) -> Document:
    """A preview that the engine printed."""
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def edited(document: Document, *edits: Edit) -> Document:
    """A copy with something done to it."""
    other = copy.deepcopy(document)
    for edit in edits:
        edit(other)
    return other


def step_of(document: Document, name: str) -> Document:
    """The one step about a resource."""
    (one,) = [step for step in document["steps"] if step["urn"].endswith(f"::{name}")]
    return one


def of_the_program(stack: str) -> Document:
    """What the engine prints of the real program while nothing changes."""
    steps = [_unchanged(resource) for resource in world.recorded(stack).in_aws]
    return {"steps": steps, "duration": 1, "changeSummary": {"same": len(steps)}}


def _unchanged(resource: Resource) -> Document:
    is_there = {
        "urn": resource.urn,
        "custom": True,
        "type": resource.type,
        "inputs": json.loads(json.dumps(resource.inputs)),
        "protect": resource.protect,
        "retainOnDelete": resource.retain_on_delete,
        "ignoreChanges": list(resource.ignore_changes),
    }
    return {
        "op": "same",
        "urn": resource.urn,
        "oldState": is_there,
        "newState": copy.deepcopy(is_there),
        "detailedDiff": None,
    }
