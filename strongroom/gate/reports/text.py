"""A verdict for a person in front of a screen or a log."""

from strongroom.gate.plain import plain
from strongroom.gate.reports.wording import FIX, headline, leave
from strongroom.gate.verdict import Verdict


def render(verdict: Verdict) -> str:
    """The verdict in lines."""
    lines = [
        *(f"refused: {one.sentence}" for one in verdict.refused),
        *(f"refused: {one}" for one in verdict.foreign_judges),
        *(f"allowed: {one.finding.sentence}; {leave(one)}" for one in verdict.allowed),
        *(f"note: {note}" for note in verdict.notes),
        headline(verdict),
        *([] if verdict.passes else [FIX]),
    ]
    return "\n".join(plain(line, longest=None) for line in lines)
