"""What the central vaults of a lost source hold: read whole, and read again for the points that are chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from strongroom.aws.errors import AwsError, DeniedError, NotThereError
from strongroom.aws.points import Point, Points
from strongroom.config.manifest import Manifest
from strongroom.config.settings import TierName
from strongroom.recovery.plans.choice import Asked, Choice, choose
from strongroom.recovery.plans.plan import Chosen
from strongroom.recovery.plans.usable import Held

_AT_ONCE: Final = 8
"""Points that are read at the same time."""
_TIERS: Final[Mapping[str, TierName]] = {"daily": "daily", "weekly": "weekly", "monthly": "monthly"}


@dataclass(frozen=True)
class Holdings:
    """What was found, and what was not there to be looked into."""

    held: Held
    warnings: tuple[str, ...]


def vaults_of(manifest: Manifest) -> Mapping[str, TierName]:
    """Tiers of the central vaults that a manifest names, by the vaults' names."""
    return {vault: _TIERS[tier] for tier, vault in manifest.vaults.central.items()}


def read(manifest: Manifest, points: Points, now: datetime) -> Holdings:
    """List every central vault that the manifest names.

    A vault that is gone is told and left out, so that the others can still save what they hold. AWS may deny a caller
    the sight of a vault that does not exist, so that one which may not be read is treated the same.

    Raises:
        NotThereError: all of them are gone.
        DeniedError: none of them may be read.
        AwsError: one cannot be read whole: what it holds may be newer than what the others do.
    """
    vaults, backup = vaults_of(manifest), manifest.settings.accounts.backup
    found, shut = _listed(vaults, points)
    if not found:
        kind = DeniedError if any(isinstance(fault, DeniedError) for fault in shut.values()) else NotThereError
        said = "; ".join(str(fault) for fault in shut.values())
        raise kind(f"account {backup} has none of the vaults {', '.join(vaults)} that can be read ({said})")
    held = Held(backup, {vault: tier for vault, tier in vaults.items() if vault in found}, found, now)
    return Holdings(held, tuple(_left_out(vault, fault) for vault, fault in shut.items()))


def widen(found: Holdings, former: Mapping[str, TierName], points: Points) -> Holdings:
    """Add what lies in vaults of earlier settings: other bounds are another vault, and the old one keeps what it holds.

    Raises:
        AwsError: one cannot be read whole.
    """
    more, shut = _listed(former, points)
    held = replace(
        found.held,
        tiers={**found.held.tiers, **{vault: former[vault] for vault in more}},
        points={**found.held.points, **more},
    )
    # A locked vault can be deleted only when it is empty: nothing is missed in one that is not there.
    doubtful = {vault: fault for vault, fault in shut.items() if isinstance(fault, DeniedError)}
    return Holdings(held, (*found.warnings, *(_left_out(vault, fault) for vault, fault in doubtful.items())))


def _listed(vaults: Iterable[str], points: Points) -> tuple[dict[str, Sequence[Point]], dict[str, AwsError]]:
    """Points by vault, and why others were not listed."""
    found = dict[str, Sequence[Point]]()
    shut = dict[str, AwsError]()
    for vault in vaults:
        try:
            found[vault] = points.in_vault(vault)
        except (NotThereError, DeniedError) as fault:
            shut[vault] = fault
    return found, shut


def _left_out(vault: str, fault: AwsError) -> str:
    why = "is not there, or may not be read" if isinstance(fault, DeniedError) else "is not there"
    return f"vault {vault} {why}; whatever it holds is left out ({fault})"


def settle(asked: Asked, held: Held, points: Points, told: Callable[[str], None]) -> tuple[Choice, Held]:
    """Choose, read each chosen point again, and choose anew where one is not what its listing said.

    A listing does not tell whether a point is cold, and a point may go between two calls.

    Args:
        asked: What is wanted.
        held: What the vaults hold.
        points: Of the backup account.
        told: Hears what is being waited for.

    Returns:
        The choice, and what was learned of the points.

    Raises:
        RecoveryError: as `choose`.
        AwsError: a point cannot be read.
    """
    sure = set[str]()
    while True:
        choice = choose(asked, held)
        doubtful = [one for one in choice.chosen if one.point_arn not in sure]
        told(f"reading {len(doubtful)} recovery points")
        faults = _faults(doubtful, held, points)
        if not faults:
            return choice, held
        sure |= {one.point_arn for one in doubtful}
        held = replace(held, gone={**held.gone, **faults})


def _faults(chosen: Sequence[Chosen], held: Held, points: Points) -> dict[str, str]:
    def again(one: Chosen) -> Point | None:
        return points.point(one.vault, one.point_arn)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        read = list(pool.map(again, chosen))
    faults = {one.point_arn: _fault(point, held) for one, point in zip(chosen, read, strict=True)}
    return {arn: fault for arn, fault in faults.items() if fault is not None}


def _fault(point: Point | None, held: Held) -> str | None:
    return "is not there any more" if point is None else held.fault(point)
