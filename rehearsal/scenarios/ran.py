"""What came of a command of the operator's, judged by its exit code."""

from rehearsal.local.operator import Ran
from rehearsal.scenarios.step import CheckError


def ended(ran: Ran, code: int) -> None:
    """Hold when a command ended with an exit code; the error has the last lines that it said."""
    if ran.code != code:
        said = ran.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        got = f"{ran.code}: {' '.join(said[-3:])}"
        raise CheckError(f"exit code of {ran.command}", expected=code, got=got, log=ran.log)
