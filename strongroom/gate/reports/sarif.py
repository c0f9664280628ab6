"""A verdict for tools that collect findings.

Form: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, read 2026-11-22.
"""

import hashlib
from typing import Final

from strongroom.gate.findings import Finding
from strongroom.gate.operations import MEANING, Operation
from strongroom.gate.reports.wording import FIX, leave
from strongroom.gate.verdict import Verdict

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_PACK: Final = "foreign-pack"
_RULES: Final = {
    **{operation.value: f"A backup or what protects it {MEANING[operation]}." for operation in Operation},
    _PACK: "The policy pack that judged the change is not the base's.",
}
_IDS: Final = list(_RULES)


def render(verdict: Verdict) -> dict[str, object]:
    """The verdict as one SARIF log; what an override allows is in it as a suppressed result."""
    results = [
        *(_of(one.finding, one.sentence, verdict) for one in verdict.refused),
        *(
            {
                **_of(one.finding, one.finding.sentence, verdict),
                "suppressions": [{"kind": "external", "status": "accepted", "justification": leave(one)}],
            }
            for one in verdict.allowed
        ),
        *(_result(_PACK, sentence, _fingerprint(_PACK, sentence), verdict) for sentence in verdict.foreign_judges),
    ]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(results)]}


def _run(results: list[dict[str, object]]) -> dict[str, object]:
    rules = [
        {
            "id": name,
            "shortDescription": {"text": text},
            "help": {"text": FIX},
            "defaultConfiguration": {"level": "error"},
        }
        for name, text in _RULES.items()
    ]
    return {
        "tool": {"driver": {"name": "strongroom gate", "rules": rules}},
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }


def _of(finding: Finding, sentence: str, verdict: Verdict) -> dict[str, object]:
    print_ = _fingerprint(finding.urn, finding.operation, finding.setting or "")
    result = _result(finding.operation.value, sentence, print_, verdict)
    about = {"fullyQualifiedName": finding.urn, "kind": "resource"}
    return {**result, "locations": [{**_place(verdict), "logicalLocations": [about]}]}


def _result(rule: str, sentence: str, fingerprint: str, verdict: Verdict) -> dict[str, object]:
    return {
        "ruleId": rule,
        "ruleIndex": _IDS.index(rule),
        "level": "error",
        "message": {"text": f"{sentence}."},
        "locations": [_place(verdict)],
        "partialFingerprints": {"strongroomGate/v1": fingerprint},
    }


def _place(verdict: Verdict) -> dict[str, object]:
    """A preview says of no resource which line made it; the stack's file is the nearest place that is known."""
    return {
        "physicalLocation": {"artifactLocation": {"uri": f"Pulumi.{verdict.stack}.yaml"}, "region": {"startLine": 1}}
    }


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="backslashreplace")).hexdigest()
