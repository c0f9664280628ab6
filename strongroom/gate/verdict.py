"""Brings together what a preview would do and who said beforehand that it may."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from strongroom.gate.findings import Finding
from strongroom.gate.operations import Operation
from strongroom.gate.overrides import Override, is_about
from strongroom.gate.preview import Preview


@dataclass(frozen=True)
class Overrides:
    """Overrides by what they are worth to the change that is judged."""

    valid: Sequence[Override] = ()
    """In the base, and not taken away by the change."""
    added: Sequence[Override] = ()
    """Only in the change, or changed by it: they count from the next change on."""
    withdrawn: Sequence[Override] = ()
    """Only in the base: the change takes them away."""

    @property
    def all(self) -> list[Override]:
        """Those that the change leaves in the file."""
        return [*self.valid, *self.added]


@dataclass(frozen=True)
class Allowed:
    """A finding that somebody gave leave to."""

    finding: Finding
    override: Override


@dataclass(frozen=True)
class Refused:
    """A finding that stops the change."""

    finding: Finding
    added: Override | None = None
    """An override for it that the same change brings along, and that does not count."""

    @property
    def sentence(self) -> str:
        """What would happen, and why an override that is there does not help."""
        if self.added is None:
            return self.finding.sentence
        return (
            f"{self.finding.sentence}; the override for it is added in the same change and does not count:"
            " merge it first, by itself"
        )


@dataclass(frozen=True)
class Verdict:
    """What the gate says."""

    project: str
    stack: str
    resources: int
    """How many the stack has or would have."""
    refused: Sequence[Refused] = ()
    allowed: Sequence[Allowed] = ()
    foreign_judges: Sequence[str] = ()
    """A sentence for each part of the policy pack that is not the base's."""
    notes: Sequence[str] = field(default_factory=list[str])
    """What a person should know, and what stops nothing."""

    @property
    def passes(self) -> bool:
        """Whether the change may go on."""
        return not self.refused and not self.foreign_judges


def compare(base: Sequence[Override], change: Sequence[Override]) -> Overrides:
    """Tell overrides that stood before a change from those that it brings along."""
    return Overrides(
        valid=[one for one in base if one in change],
        added=[one for one in change if one not in base],
        withdrawn=[one for one in base if one not in change],
    )


def judge(
    preview: Preview, findings: Sequence[Finding], overrides: Overrides, foreign_judges: Sequence[str] = ()
) -> Verdict:
    """Say what may happen."""
    valid = {one.key: one for one in overrides.valid}
    added = {one.key: one for one in overrides.added}
    allowed = [Allowed(finding, valid[_key(finding)]) for finding in findings if _key(finding) in valid]
    return Verdict(
        project=preview.project,
        stack=preview.stack,
        resources=len(preview.urns),
        refused=[Refused(one, added.get(_key(one))) for one in findings if _key(one) not in valid],
        allowed=allowed,
        foreign_judges=foreign_judges,
        notes=_notes(preview, overrides, {one.override.key for one in allowed}),
    )


def _key(finding: Finding) -> tuple[str, Operation, str | None]:
    return finding.urn, finding.operation, finding.setting


def _notes(preview: Preview, overrides: Overrides, used: set[tuple[str, Operation, str | None]]) -> list[str]:
    unused = [one for one in overrides.valid if is_about(one, preview) and one.key not in used]
    kinds = (
        (unused, "is not used by this preview; remove it once the change is deployed"),
        (overrides.added, "is added in this change; it counts from the next one on"),
        (overrides.withdrawn, "is taken away by this change and does not count any more"),
    )
    return [f"override {one.operation.value} of {one.urn} {says}" for found, says in kinds for one in found]
