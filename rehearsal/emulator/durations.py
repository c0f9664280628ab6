"""How long jobs take, by the scenario that a rehearsal is given: AWS promises no time for any of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal, cast, get_args

from rehearsal.emulator import door
from rehearsal.emulator.refusal import ControlRefusedError

Kind = Literal["backup", "copy", "restore", "export", "import", "pitr", "replication"]

_NOBODYS: Final = "000000000000"
_GIB: Final = 2**30


@dataclass(frozen=True)
class Duration:
    """What a kind of job takes."""

    seconds: float = 0
    """Of a job however small."""
    seconds_per_gib: float = 0
    resources: tuple[tuple[str, float], ...] = ()
    """Seconds of jobs on single resources, by name or ARN, in the place of the above."""

    def of(self, resource: str, size_bytes: int) -> timedelta:
        """Return how long a job on a resource takes."""
        for name, seconds in self.resources:
            if name in (resource, resource.rpartition("/")[2], resource.rpartition(":")[2]):
                return timedelta(seconds=seconds)
        return timedelta(seconds=self.seconds + self.seconds_per_gib * size_bytes / _GIB)


def parse(document: dict[str, Any]) -> dict[str, Duration]:
    """Read a scenario.

    Raises:
        ControlRefusedError: 400, a kind of job or a member is unknown, or a duration is no number of at least 0.
    """
    return {kind: _one(kind, cast("object", given)) for kind, given in document.items()}


class Scenario:
    """The scenario in force; kept like any service's resources."""

    def __init__(self) -> None:
        self.document = door.AccountScopedDict()

    def put(self, document: dict[str, Any]) -> None:
        """Take a scenario in the place of the last one.

        Raises:
            ControlRefusedError: 400, it is none.
        """
        parse(document)
        self.document.set_scoped(_NOBODYS, None, "self", document)

    def get(self) -> dict[str, Any]:
        """Return the scenario; empty when there is none."""
        return self.document.get_scoped(_NOBODYS, None, "self") or {}


SCENARIO: Final = Scenario()
"""The scenario of this process."""


def of(kind: Kind, resource: str, size_bytes: int = 0) -> timedelta:
    """Return how long a job takes; no time at all without a scenario."""
    return parse(SCENARIO.get()).get(kind, Duration()).of(resource, size_bytes)


def _one(kind: str, given: object) -> Duration:
    if kind not in get_args(Kind):
        raise ControlRefusedError(400, f"durations are given for {', '.join(get_args(Kind))}, got {kind!r}")
    members = cast("dict[str, Any]", given) if isinstance(given, dict) else {"": given}
    surplus = members.keys() - {"seconds", "seconds_per_gib", "resources"}
    if surplus:
        raise ControlRefusedError(
            400, f"the duration of a {kind} has seconds, seconds_per_gib and resources, got {sorted(surplus)}"
        )
    resources = cast("dict[str, object]", members.get("resources", {}))
    return Duration(
        _seconds(kind, members.get("seconds", 0)),
        _seconds(kind, members.get("seconds_per_gib", 0)),
        tuple((name, _seconds(kind, seconds)) for name, seconds in resources.items()),
    )


def _seconds(kind: str, given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or given < 0:
        raise ControlRefusedError(400, f"the duration of a {kind} is a number of at least 0, got {given!r}")
    return float(given)
