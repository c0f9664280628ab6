"""The report of a rehearsal as JSON, for other programs."""

from rehearsal.report import sections
from rehearsal.report.story import Story
from rehearsal.scenarios.step import Result


def render(story: Story) -> dict[str, object]:
    """Return the report."""
    return {
        "green": story.green,
        "seconds": round(story.seconds, 1),
        "engineVersion": story.engine_version,
        "steps": [_step(result) for result in story.results],
        **sections.render(story),
    }


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
