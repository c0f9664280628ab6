"""A report for tools that collect findings.

Form: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, read 2026-11-22.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from strongroom.checking.findings import Finding, Report

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, rules: Mapping[str, str]) -> dict[str, object]:
    """The report as one SARIF log.

    Args:
        report: What was found.
        rules: What every rule checks, by its name; one that is missing there is listed by its name alone.
    """
    named = {**dict.fromkeys((one.rule for one in report.findings), ""), **rules}
    ids = sorted(named)
    run = {
        "tool": {
            "driver": {
                "name": f"strongroom {report.command}",
                "rules": [{"id": one, "shortDescription": {"text": named[one] or one}} for one in ids],
            }
        },
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(one, ids) for one in report.findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, ids: Sequence[str]) -> dict[str, object]:
    location: dict[str, object] = {
        "physicalLocation": {"artifactLocation": {"uri": finding.file}, "region": {"startLine": 1}}
    }
    if finding.urn:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.urn, "kind": "resource"}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": finding.level.value,
        "message": {"text": f"{finding.sentence}."},
        "locations": [location],
        "partialFingerprints": {"strongroomChecking/v1": _fingerprint(finding)},
    }


def _fingerprint(finding: Finding) -> str:
    told = "\0".join((finding.rule, finding.file, finding.urn, finding.sentence))
    return hashlib.sha256(told.encode(errors="backslashreplace")).hexdigest()
