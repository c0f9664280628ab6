"""A run as one line for the person who waits for it."""

from collections import Counter
from collections.abc import Sequence

from strongroom.recovery.plans.plan import StepKind
from strongroom.recovery.runs.tracks import Track

_DOING = {
    StepKind.COPY: "copying",
    StepKind.RESTORE: "restoring",
    StepKind.SETTINGS: "setting up",
    StepKind.VERIFY: "reading",
}


def standing(tracks: Sequence[Track]) -> str:
    """How many tables are where, such as: 250 tables: 3 copying, 10 restoring, 200 waiting, 37 over."""
    counts = Counter[str](_word(track) for track in tracks)
    said = [f"{counts[word]} {word}" for word in (*_DOING.values(), "waiting", "over") if counts[word]]
    return f"{len(tracks)} tables: {', '.join(said)}"


def _word(track: Track) -> str:
    if track.stage is None:
        return "over"
    return "waiting" if track.queued else _DOING[track.stage]
