"""Judges a deployed stack by its state: what was deployed, not what a program would make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from strongroom.checking import configuration, judging, kept
from strongroom.checking.errors import ConfigurationError
from strongroom.checking.findings import Finding, Report, once
from strongroom.checking.judging import Case
from strongroom.checking.processes import Asking
from strongroom.checking.state import State, judged
from strongroom.gate.plain import plain

PENDING: Final = "pending-operation"
RULES: Final[Mapping[str, str]] = {
    PENDING: "Checks that no operation on a stack was left unfinished.",
    kept.RULE: "Checks that Pulumi leaves what holds data in AWS.",
}
_LEFT_OUT: Final = ("setting-deleted-before-replaced",)
"""A state does not keep the resource option delete_before_replace; `strongroom check` judges it."""
_AT_PREVIEW: Final = "is not known before `pulumi up`; give it a value that is known at preview, or name"
_IN_STATE: Final = "is secret in the state, and secrets are not opened; name"


@dataclass(frozen=True)
class Audited:
    """What is judged, and by what."""

    source: str
    """What the export is called."""
    state: State
    pack: Path
    configuration: Path
    """File with the pack configuration."""


def audit(asked: Audited, asking: Asking) -> tuple[Report, Mapping[str, str]]:
    """Judge a deployed stack.

    Returns:
        The report, and what every rule checks by its name.

    Raises:
        ConfigurationError: the stack cannot be judged by this pack configuration.
        CheckingError: the pack could not judge.
    """
    shown = str(asked.configuration)
    said = configuration.read(asked.configuration, shown)
    if isinstance(said, Finding):
        raise ConfigurationError(f"{said.sentence}, or name another with --pack-config")
    resources = judged(asked.state)
    case = Case(asked.source, resources, said, shown, _LEFT_OUT)
    found = judging.judge(asked.pack, [case], asking)
    if found.faults:
        raise ConfigurationError("\n".join(fault.sentence for fault in found.faults))
    findings = [*_unfinished(asked), *kept.lost(resources, asked.source), *map(_of_a_state, found.findings)]
    told = f"{plain(asked.state.project)}/{plain(asked.state.stack)}: {len(resources)} resources"
    notes = [f"{name} is not judged, because a state does not keep what it asks for" for name in _LEFT_OUT]
    return Report("audit", [told], list(once(findings)), notes), {**RULES, **found.rules}


def _of_a_state(finding: Finding) -> Finding:
    return replace(finding, sentence=finding.sentence.replace(_AT_PREVIEW, _IN_STATE))


def _unfinished(asked: Audited) -> Iterator[Finding]:
    """What the last update left half done: nobody knows what of it is in AWS."""
    for urn, operation in asked.state.pending.items():
        yield _pending(asked, urn, f"was being changed ({plain(operation)}) when an update broke off")
    for one in asked.state.resources:
        if one.delete:
            yield _pending(asked, one.urn, "was replaced, and the old one is still there")
        if one.pending_replacement:
            yield _pending(asked, one.urn, "was deleted to be replaced, and the new one is not there")
        if one.init_errors:
            yield _pending(asked, one.urn, f"was made, but not to its end ({len(one.init_errors)} errors)")


def _pending(asked: Audited, urn: str, says: str) -> Finding:
    fix = "look at it in AWS, run `pulumi refresh`, then `pulumi up`"
    return Finding(PENDING, asked.source, f"{asked.source}: {plain(urn)} {says}; {fix}", urn)
