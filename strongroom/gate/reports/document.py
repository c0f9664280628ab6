"""A verdict for scripts."""

from strongroom.gate.findings import Finding
from strongroom.gate.verdict import Verdict


def render(verdict: Verdict) -> dict[str, object]:
    """The verdict as one JSON document; `passes` is what the exit code says too."""
    return {
        "passes": verdict.passes,
        "project": verdict.project,
        "stack": verdict.stack,
        "resources": verdict.resources,
        "refused": [
            {**_finding(one.finding), "sentence": one.sentence, "overrideAddedInTheSameChange": one.added is not None}
            for one in verdict.refused
        ],
        "allowed": [
            {
                **_finding(one.finding),
                "sentence": one.finding.sentence,
                "reason": one.override.reason,
                "expires": one.override.expires.isoformat(),
            }
            for one in verdict.allowed
        ],
        "foreignJudges": list(verdict.foreign_judges),
        "notes": list(verdict.notes),
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "urn": finding.urn,
        "type": finding.type,
        "operation": finding.operation.value,
        "setting": finding.setting,
    }
