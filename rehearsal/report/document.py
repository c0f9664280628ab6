"""The report of a rehearsal as JSON, for other programs."""

import json
from collections.abc import Sequence
from pathlib import Path

from rehearsal.scenarios.step import Mark, Result


def render(results: Sequence[Result], *, seconds: float, engine_version: str) -> dict[str, object]:
    """Return the report.

    Args:
        results: every step, in order.
        seconds: how long the whole took.
        engine_version: version of the Pulumi engine that was run.
    """
    return {
        "green": green(results),
        "seconds": round(seconds, 1),
        "engineVersion": engine_version,
        "steps": [_step(result) for result in results],
    }


def green(results: Sequence[Result]) -> bool:
    """Whether every check held, and there was one."""
    return bool(results) and all(result.mark is Mark.HELD for result in results)


def write(file: Path, report: dict[str, object]) -> None:
    """Write the report in place of an earlier one, all of it or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".fresh")
    fresh.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    fresh.replace(file)


def _step(result: Result) -> dict[str, object]:
    said: dict[str, object] = {
        "name": result.step.name,
        "proves": result.step.proves,
        "result": result.mark.value,
        "seconds": round(result.seconds, 1),
        "calls": result.calls,
    }
    if result.failure:
        log = result.failure.log
        said |= {
            "check": result.failure.what,
            "expected": result.failure.expected,
            "got": result.failure.got,
            "log": str(log) if log else None,
        }
    return said
