"""A verdict as a comment on a pull request."""

import re
from collections.abc import Sequence
from typing import Final

from strongroom.gate.operations import Operation
from strongroom.gate.plain import plain
from strongroom.gate.reports.wording import FIX, headline, leave
from strongroom.gate.verdict import Verdict

LONGEST: Final = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""
_MORE: Final = "- ... and {more} more; the job's log has them all"
_NO_NAME: Final = re.compile(r"[^\w.-]")
_LIVE: Final = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&:-])")


def render(verdict: Verdict) -> str:
    """The comment; its first line is a mark by which the next run finds and replaces it."""
    head = [f"<!-- strongroom gate: {_NO_NAME.sub('', verdict.stack)} -->", f"**{_safe(headline(verdict))}**", ""]
    foot = [] if verdict.passes else ["", _safe(FIX)]
    rows = [
        *(f"- **refused** {_operation(one.finding.operation)} {_safe(one.sentence)}" for one in verdict.refused),
        *(f"- **refused** {_safe(one)}" for one in verdict.foreign_judges),
        *(
            f"- allowed {_operation(one.finding.operation)} {_safe(one.finding.sentence)}; {_safe(leave(one))}"
            for one in verdict.allowed
        ),
        *(f"- note: {_safe(note)}" for note in verdict.notes),
    ]
    room = LONGEST - sum(len(line) + 1 for line in (*head, *foot, _MORE)) - len(str(len(rows)))
    return "\n".join([*head, *_fitting(rows, room), *foot])


def _fitting(rows: Sequence[str], room: int) -> list[str]:
    fitting: list[str] = []
    for row in rows:
        room -= len(row) + 1
        if room < 0:
            return [*fitting, _MORE.format(more=len(rows) - len(fitting))]
        fitting.append(row)
    return fitting


def _operation(operation: Operation) -> str:
    return f"`{operation.value}`"


def _safe(text: str) -> str:
    """Text in which nothing is a link, a mention, a picture or HTML."""
    return _LIVE.sub(r"\\\1", plain(text, longest=None))
