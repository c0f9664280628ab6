"""Reads what `pulumi stack export` writes, and takes nothing for a deployment that is not a whole one.

Form: pulumi/pulumi v3.256.0, sdk/go/common/apitype/core.go (UntypedDeployment, DeploymentV3, ResourceV3, OperationV2),
read 2026-11-22. Values are those of a preview, so that secrets are hidden from here on. Fields that an audit does not
use are let through, so that a newer engine's export can be read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from strongroom.checking.errors import StateError
from strongroom.gate import values
from strongroom.gate.errors import UnreadableError
from strongroom.gate.kinds import misfit
from strongroom.gate.plain import plain
from strongroom.gate.urns import Urn
from strongroom.gate.values import Hidden

UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""The word that Pulumi sends for a value that nobody knows; the judges of a hidden value know it."""
_FIX: Final = "make it with `pulumi stack export` and hand it over whole"
_ROOT: Final = "pulumi:pulumi:Stack"
_VERSIONS: Final = (3, 4)
"""Forms with the same resources; 4 only lists features beside them."""

Properties = Annotated[dict[str, object], BeforeValidator(values.read)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, alias_generator=to_camel, hide_input_in_errors=True)


class Resource(_Part):
    """One resource as it was deployed."""

    urn: str
    type: str
    inputs: Properties = Field(default_factory=dict)
    outputs: Properties = Field(default_factory=dict)
    parent: str = ""
    """URN; empty for the stack itself."""
    provider: str = ""
    """URN of the provider, two colons and its id."""
    protect: bool = False
    retain_on_delete: bool = False
    external: bool = False
    """Whether it is only looked up, and belongs to somebody else."""
    delete: bool = False
    """Whether a replacement left it behind."""
    pending_replacement: bool = False
    ignore_changes: list[str] = Field(default_factory=list)
    init_errors: list[str] = Field(default_factory=list)
    property_dependencies: dict[str, list[str]] = Field(default_factory=dict)


class _Named(_Part):
    urn: str


class _Operation(_Part):
    resource: _Named
    type: str


class _Deployment(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)

    manifest: dict[str, object]
    resources: list[Resource] = Field(default_factory=list[Resource])
    pending_operations: list[_Operation] = Field(default_factory=list[_Operation])


class _Export(_Part):
    version: int
    deployment: _Deployment


@dataclass(frozen=True)
class State:
    """A deployed stack."""

    project: str
    stack: str
    resources: Sequence[Resource]
    pending: Mapping[str, str]
    """What was under way when the last update broke off, by URN."""


def read(text: str, source: str) -> State:
    """Read an export.

    Args:
        text: All of it.
        source: What to call it in sentences.

    Raises:
        StateError: it is empty, cut short, of another tool, of a form that is not known, or holds nothing.
    """
    document = _document(text, source)
    _refuse_other_forms(document, source)
    try:
        export = _Export.model_validate(document).deployment
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_input=False)[0]
        where = plain(".".join(str(part) for part in first["loc"] if part != "function-before"))
        raise StateError(
            f"{source} is no export of Pulumi: {where or 'the whole'} {misfit(first['type'])}; {_FIX}"
        ) from None
    except UnreadableError as unreadable:
        raise StateError(f"{source} {unreadable}") from None
    return _of_one_stack(export, source)


def _document(text: str, source: str) -> Mapping[str, object]:
    if not text.strip():
        raise StateError(f"{source} is empty; {_FIX}")
    try:
        read_: object = json.loads(text)
    except (ValueError, RecursionError):
        raise StateError(f"{source} is cut short or is no JSON; {_FIX}") from None
    if not isinstance(read_, dict):
        raise StateError(f"{source} is no export of Pulumi: it holds no object; {_FIX}")
    return cast("Mapping[str, object]", read_)


def _refuse_other_forms(document: Mapping[str, object], source: str) -> None:
    if "version" not in document or "deployment" not in document:
        raise StateError(f"{source} is no export of Pulumi: it has no version and deployment; {_FIX}")
    if document["version"] not in _VERSIONS:
        known = " and ".join(str(one) for one in _VERSIONS)
        raise StateError(f"{source} has form {document['version']!r}; {known} are known: export it with Pulumi 3")


def _of_one_stack(export: _Deployment, source: str) -> State:
    found: set[tuple[str, str]] = set()
    for one in export.resources:
        try:
            urn = Urn.parse(one.urn)
        except ValueError as wrong:
            raise StateError(f"{source} names {plain(one.urn)!r}, which {wrong}; {_FIX}") from None
        found.add((urn.project, urn.stack))
    if all(one.type == _ROOT for one in export.resources):
        raise StateError(
            f"{source} holds no resource, and nothing can be said of an empty stack; export a deployed one"
        )
    if len(found) > 1:
        raise StateError(f"{source} holds resources of {len(found)} stacks; one is required: {_FIX}")
    ((project, stack),) = found
    pending = {one.resource.urn: one.type for one in export.pending_operations}
    return State(project, stack, tuple(export.resources), pending)


def judged(state: State) -> list[dict[str, Any]]:
    """Resources in the form that the pack judges; what was replaced or is only looked up is not the stack's."""
    return [_recorded(one) for one in state.resources if not one.delete and not one.external]


def _recorded(one: Resource) -> dict[str, Any]:
    return {
        "type": one.type,
        "name": Urn.parse(one.urn).name,
        "urn": one.urn,
        "parent": one.parent,
        "provider": one.provider.rpartition("::")[0],
        "inputs": _shown(one.inputs),
        "outputs": _shown(one.outputs),
        "protect": one.protect,
        "retainOnDelete": one.retain_on_delete,
        # A state does not keep it; the rule that asks for it is left out of an audit.
        "deleteBeforeReplace": False,
        "ignoreChanges": one.ignore_changes,
        "waitsFor": one.property_dependencies,
    }


def _shown(value: object) -> Any:
    """A value with the word for an unknown one where it is hidden: nobody can judge it, and the pack says so."""
    if isinstance(value, Hidden):
        return UNKNOWN
    if isinstance(value, Mapping):
        return {key: _shown(one) for key, one in cast("Mapping[str, object]", value).items()}
    if isinstance(value, list):
        return [_shown(one) for one in cast("list[object]", value)]
    return value
