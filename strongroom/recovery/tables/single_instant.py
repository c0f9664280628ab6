"""The instant that a table is brought back to, refused in plain words where AWS could not reach it."""

from datetime import datetime

from strongroom.aws.table_state import Window
from strongroom.facts.delays import PITR_BEHIND
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.instants import age, exact


def reachable(table: str, at: datetime | None, window: Window | None, now: datetime) -> datetime | None:
    """Check an instant against what point-in-time recovery holds.

    Args:
        table: Name.
        at: Aware instant. None: the latest that AWS can reach, which is not looked at.
        window: What AWS holds. None: point-in-time recovery is off.
        now: By AWS's clock.

    Returns:
        The instant.

    Raises:
        RequestError: a fraction of a second, which AWS does not take.
        GuardError: point-in-time recovery is off, or the instant lies outside of the window.
    """
    if window is None:
        raise GuardError(
            f"point-in-time recovery of table {table} is off, so AWS can bring it back to no instant; take a recovery"
            f" point instead: strongroom restore point {table} --newest"
        )
    if at is None:
        return None
    if at.microsecond:
        raise RequestError(f"--at must be a whole second, got {at.isoformat()}; AWS takes no fraction")
    why = _why_not(at, window, now)
    if why is None:
        return at
    latest = window.latest.replace(microsecond=0)
    raise GuardError(
        f"--at {exact(at)} {why}; table {table} can be brought back to {exact(window.earliest)} at the earliest and"
        f" {exact(latest)} at the latest, or to the latest with --latest"
    )


def _why_not(at: datetime, window: Window, now: datetime) -> str | None:
    if at > now:
        return f"is in the future by {age(at - now)}"
    if at > window.latest:
        behind = age(PITR_BEHIND)
        return f"was {age(now - at)} ago, and point-in-time recovery lies behind by about {behind}"
    if at < window.earliest:
        return "is before the recovery window"
    return None
