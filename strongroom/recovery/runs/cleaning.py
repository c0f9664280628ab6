"""Takes away what a run made for itself: the copies in its landing vault, the vault, and its key. Never a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from strongroom.aws.errors import NotThereError
from strongroom.aws.groups import Recovering
from strongroom.aws.jobs import JobState
from strongroom.aws.points import Point
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.facts import limits, names
from strongroom.recovery.errors import GuardError
from strongroom.recovery.plans.plan import Plan
from strongroom.recovery.runs.folder import Folder
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.journal import Event, Journal
from strongroom.recovery.runs.landing import tags
from strongroom.recovery.runs.outcome import State, outcome

_KEY_DAYS: Final = limits.KEY_DELETION_WINDOW_DAYS.low


@dataclass(frozen=True)
class Leftovers:
    """What bears the run's tag, and what speaks against taking it away."""

    vault: str | None
    """Name of the landing vault. None: it is not there."""
    points: tuple[Point, ...]
    keys: tuple[str, ...]
    """ARNs; more than one only if somebody tagged another."""
    against: tuple[str, ...]
    """A sentence each. Empty: nothing does."""

    @property
    def lines(self) -> list[str]:
        """What is taken away, a line each."""
        points = [f"recovery point {one.arn} of table {one.table}" for one in self.points]
        vault = [f"vault {self.vault}"] if self.vault else []
        return [*points, *vault, *(f"key {one}, {_KEY_DAYS} days from now" for one in self.keys)]


def leftovers(folder: Folder, aws: Recovering) -> Leftovers:
    """Look for what a run made, in the account that its plan names.

    Raises:
        GuardError: the profile is in another account, a vault of that name bears another tag, or see `Folder.history`.
        AwsError: something cannot be read.
    """
    history = folder.history()
    plan, profile = history.plan, names.profile(history.plan.environment)
    caller = aws.identity(profile)
    if caller.account != plan.target_account:
        raise GuardError(
            f"run {plan.run} recovered into account {plan.target_account}, and profile {profile} is in account"
            f" {caller.account} ({caller.arn}); change its role_arn in the AWS config file"
        )
    vault = _vault(plan, aws.landing(profile).tags(names.landing_vault(plan.environment, plan.run)))
    return Leftovers(
        vault=vault,
        points=tuple(aws.points(profile).in_vault(vault)) if vault else (),
        keys=tuple(aws.keys(profile).find(tags(plan))),
        against=(*_running(history, aws), *_unfinished(folder, history)),
    )


def clean(folder: Folder, found: Leftovers, aws: Recovering, told: Callable[[str], None]) -> None:
    """Take it away; done again it goes on where it was stopped.

    Raises:
        AwsError: AWS refuses or fails; what is gone by then stays gone.
    """
    history = folder.history()
    profile = names.profile(history.plan.environment)
    points, vaults, keys = aws.points(profile), aws.landing(profile), aws.keys(profile)
    for number, point in enumerate(found.points, start=1):
        told(f"deleting recovery point {number} of {len(found.points)}")
        points.delete(point.vault, point.arn)
    if found.vault:
        vaults.delete(found.vault)
    for key in found.keys:
        keys.schedule_deletion(key, _KEY_DAYS)
    _written(folder, history, aws.identity(profile).at)


def _written(folder: Folder, history: History, now: datetime) -> None:
    journal = Journal(folder.journal, history.hear)
    try:
        journal.write(Event.CLEANED, now)
    finally:
        journal.close()


def _vault(plan: Plan, bears: dict[str, str] | None) -> str | None:
    name = names.landing_vault(plan.environment, plan.run)
    if bears is not None and not tags(plan).items() <= bears.items():
        raise GuardError(f"vault {name} does not bear the tags of run {plan.run}: it is not the run's to delete")
    return None if bears is None else name


def _running(history: History, aws: Recovering) -> list[str]:
    """Jobs that may still run; what AWS no longer knows does not."""
    profile = names.profile(history.plan.environment)
    copies, restores = aws.copies(BACKUP_PROFILE), aws.restores(profile)
    found = list[str]()
    for step, id_ in history.running().items():
        door = copies if step.startswith("copy") else restores
        try:
            state = door.job(id_).state
        except NotThereError:
            state = JobState.EXPIRED
        if not state.ended:
            found.append(f"job {id_} of {step} is {state.value}")
    return found


def _unfinished(folder: Folder, history: History) -> list[str]:
    came = outcome(history, folder.expected())
    waits = [one for one in came.tables if one.state not in (State.RECOVERED, State.MISSING)]
    return [f"table {one.table} is not recovered: {one.fault}" for one in waits]
