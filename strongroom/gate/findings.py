"""Finds in a preview whatever takes a backup away or makes one weaker."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from strongroom.gate.guarded import HARM, LOSS
from strongroom.gate.operations import CHANGES, COMES, MEANING, STARTS_A_REPLACEMENT, TAKES, Operation
from strongroom.gate.plain import plain
from strongroom.gate.preview import Preview, Step
from strongroom.gate.urns import Urn
from strongroom.gate.weakenings import weakenings


@dataclass(frozen=True)
class Finding:
    """One thing that must not happen unless somebody said so before."""

    urn: str
    type: str
    operation: Operation
    sentence: str
    setting: str | None = None
    """Path of the setting; only where one is weakened."""


def find(preview: Preview) -> list[Finding]:
    """Everything in a preview that must not happen by itself, in the order of the preview."""
    by_urn: dict[str, list[Step]] = {}
    for step in preview.steps:
        by_urn.setdefault(step.urn, []).append(step)
    return [finding for urn, steps in by_urn.items() for finding in _of_any(urn, Urn.parse(urn).type, steps)]


def _of_any(urn: str, token: str, steps: Sequence[Step]) -> Iterator[Finding]:
    if token in LOSS:
        yield from _of_one(urn, token, steps)
    elif token in HARM and any(step.op in COMES for step in steps):
        path, harm = HARM[token]
        yield Finding(urn, token, Operation.WEAKEN, f"{plain(urn)} would weaken others: by {path} {harm}", path)


def _of_one(urn: str, token: str, steps: Sequence[Step]) -> Iterator[Finding]:
    taken = dict.fromkeys(operation for step in steps if (operation := _takes(step, steps)))
    for operation in taken:
        loss = "" if operation is Operation.FORGET else f"; {LOSS[token]}"
        yield Finding(urn, token, operation, f"{plain(urn)} {MEANING[operation]}{loss}")
    changes = [step for step in steps if step.op in CHANGES]
    for operation in dict.fromkeys(flip for step in changes for flip in _flips(step)):
        yield Finding(urn, token, operation, f"{plain(urn)} {MEANING[operation]}; if it is lost, {LOSS[token]}")
    for path, says in _weakened(changes, token).items():
        sentence = f"{plain(urn)} {MEANING[Operation.WEAKEN]}: {path} {says}"
        yield Finding(urn, token, Operation.WEAKEN, sentence, path)


def _takes(step: Step, steps: Sequence[Step]) -> Operation | None:
    old = step.old_state
    if step.op == "read":
        # Looking up what was managed gives it up.
        return Operation.FORGET if old and not old.external else None
    if step.op == "delete" and old and old.retain_on_delete:
        return Operation.FORGET
    if step.op == "delete-replaced" and not any(other.op in STARTS_A_REPLACEMENT for other in steps):
        return Operation.DELETE
    return TAKES[step.op]


def _flips(step: Step) -> Iterator[Operation]:
    old, new = step.old_state, step.new_state
    if old and new and old.protect and not new.protect:
        yield Operation.UNPROTECT
    if old and new and old.retain_on_delete and not new.retain_on_delete:
        yield Operation.UNRETAIN


def _weakened(changes: Sequence[Step], token: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for step in changes:
        found.update(weakenings(step, token))
    return found
