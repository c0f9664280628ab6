"""Reads what `pulumi preview --json --show-sames` prints, and takes nothing for a preview that is not a whole one.

Form: pulumi/pulumi v3.256.0, pkg/display/json.go (PreviewDigest) and sdk/go/common/apitype/core.go (ResourceV3),
read 2026-11-22. Fields that the gate does not use are let through, so that a newer engine's preview can be read.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from strongroom.gate import values
from strongroom.gate.errors import UnreadableError
from strongroom.gate.kinds import misfit
from strongroom.gate.operations import COUNTED, HAS_NEW, HAS_OLD, TAKES
from strongroom.gate.plain import plain
from strongroom.gate.urns import Urn

_FIX: Final = "make it with `pulumi preview --json --show-sames` and hand it over whole"

Properties = Annotated[dict[str, object], BeforeValidator(values.read)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, alias_generator=to_camel, hide_input_in_errors=True)


class State(_Part):
    """A resource before or after a step."""

    urn: str
    type: str
    inputs: Properties = Field(default_factory=dict)
    outputs: Properties = Field(default_factory=dict)
    protect: bool = False
    retain_on_delete: bool = False
    external: bool = False
    """Whether it is only looked up, and belongs to somebody else."""
    ignore_changes: list[str] = Field(default_factory=list)


class Step(_Part):
    """One thing that the engine would do."""

    op: str
    urn: str
    old_state: State | None = None
    new_state: State | None = None
    diff_reasons: list[str] = Field(default_factory=list)
    detailed_diff: dict[str, dict[str, object]] | None = None


class _Diagnostic(_Part):
    severity: str = ""


class _Digest(_Part):
    steps: list[Step]
    diagnostics: list[_Diagnostic] = Field(default_factory=list["_Diagnostic"])
    change_summary: dict[str, int]
    maybe_corrupt: bool = False


@dataclass(frozen=True)
class Preview:
    """What `pulumi up` would do to one stack."""

    project: str
    stack: str
    steps: Sequence[Step]

    @property
    def urns(self) -> frozenset[str]:
        """Every resource that the stack has or would have."""
        return frozenset(step.urn for step in self.steps)


def read(text: str, source: str) -> Preview:
    """Read a preview.

    Args:
        text: All of it.
        source: What to call it in sentences.

    Raises:
        UnreadableError: it is empty, cut short, of another tool, unfinished, incomplete or not understood.
    """
    try:
        digest = _Digest.model_validate(_document(text))
        return _whole(digest)
    except ValidationError as invalid:
        raise UnreadableError(f"{source} {_misfit(invalid)}") from None
    except UnreadableError as unreadable:
        raise UnreadableError(f"{source} {unreadable}") from None


def _document(text: str) -> object:
    if not text.strip():
        raise UnreadableError(f"is empty; {_FIX}")
    try:
        return json.loads(text, object_pairs_hook=_without_twins, parse_constant=_no_constant)
    except (ValueError, RecursionError) as broken:
        at = f" at line {broken.lineno}" if isinstance(broken, json.JSONDecodeError) else ""
        raise UnreadableError(f"is cut short or is no JSON{at}; {_FIX}") from None


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of two keys that are equal one reader takes the first and another the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableError(f"names a key twice in one object, which Pulumi never does; {_FIX}")
    return found


def _no_constant(name: str) -> NoReturn:
    raise UnreadableError(f"holds {name}, which is no JSON; {_FIX}")


def _misfit(invalid: ValidationError) -> str:
    """Where it is wrong and in which way; never what stands there."""
    first = invalid.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"] if part != "function-before")
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return f"has no {where}: it is no preview, or that of a preview that broke off; {_FIX}"
    return f"is no preview of Pulumi: {plain(where) or 'the whole'} {misfit(first['type'])}; {_FIX}"


def _whole(digest: _Digest) -> Preview:
    _refuse_errors(digest)
    for step in digest.steps:
        _refuse_unknown(step)
        _refuse_stateless(step)
    _refuse_missing_steps(digest)
    return _of_one_stack(digest.steps)


def _refuse_errors(digest: _Digest) -> None:
    errors = sum(diagnostic.severity == "error" for diagnostic in digest.diagnostics)
    if errors:
        raise UnreadableError(
            f"is of a preview that ended in errors ({errors}); what it would have done is not all in it:"
            " mend what `pulumi preview` says first"
        )
    if digest.maybe_corrupt:
        raise UnreadableError("says that the stack's state may be corrupt; repair the state first")


def _refuse_unknown(step: Step) -> None:
    if step.op not in TAKES:
        raise UnreadableError(
            f"would do {plain(step.op)!r} to {plain(step.urn)}, and this gate does not know what that is:"
            " update strongroom"
        )


def _refuse_stateless(step: Step) -> None:
    """The engine leaves a state out that it cannot write, and says so to nobody."""
    shown = f"{plain(step.op)!r} of {plain(step.urn)}"
    if step.op in HAS_OLD and step.old_state is None:
        raise UnreadableError(f"does not say in {shown} what is there; {_FIX}")
    if step.op in HAS_NEW and step.new_state is None:
        raise UnreadableError(f"does not say in {shown} what will be there; {_FIX}")
    states = [state for state in (step.old_state, step.new_state) if state]
    own = [state for state in states if state.urn == step.urn]
    if states and (not own or any(state.type != _parsed(step.urn).type for state in own)):
        raise UnreadableError(f"says in {shown} that it is about something else; {_FIX}")


def _refuse_missing_steps(digest: _Digest) -> None:
    listed = Counter(step.op for step in digest.steps)
    counted: Mapping[str, int] = digest.change_summary
    for op in sorted(COUNTED):
        if listed[op] != counted.get(op, 0):
            left_out = "without --show-sames a resource that only loses retainOnDelete is left out: "
            why = f"{left_out if op == 'same' else ''}{_FIX}"
            raise UnreadableError(
                f"lists {listed[op]} resources under {op!r} where its summary counts {counted.get(op, 0)}; {why}"
            )


def _of_one_stack(steps: Sequence[Step]) -> Preview:
    found = {(urn.project, urn.stack) for urn in (_parsed(step.urn) for step in steps)}
    if len(found) != 1:
        named = ", ".join(sorted(plain(f"{project}/{stack}") for project, stack in found)) or "none"
        raise UnreadableError(f"must be about one stack, got {named}; {_FIX}")
    ((project, stack),) = found
    return Preview(project, stack, tuple(steps))


def _parsed(urn: str) -> Urn:
    try:
        return Urn.parse(urn)
    except ValueError as wrong:
        raise UnreadableError(f"names {plain(urn)!r}, which {wrong}") from None
