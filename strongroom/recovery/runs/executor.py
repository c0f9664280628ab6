"""Carries a plan out: one loop over the tables' tracks, each on its own way, none waiting for another's."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final, Protocol

from strongroom.aws.calls import Counted
from strongroom.aws.errors import AwsError, DeniedError, FailedError, TimedOutError
from strongroom.aws.groups import Recovering
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.facts import names
from strongroom.recovery import guards
from strongroom.recovery.errors import GuardError
from strongroom.recovery.plans.plan import Plan, StepKind
from strongroom.recovery.runs import landing
from strongroom.recovery.runs.finishing import Finishing
from strongroom.recovery.runs.folder import Folder
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.jobs import Jobs
from strongroom.recovery.runs.journal import Event, Fault, Journal
from strongroom.recovery.runs.proof import Expected, Reader
from strongroom.recovery.runs.spoken import standing
from strongroom.recovery.runs.tracks import GivenUpError, Track, admit, following, tracks
from strongroom.recovery.runs.waiting import ENDS_WITHIN, TRIES, AwsClock, Pauses, crowded, patiently

_CLOCK_PAUSES: Final = 10
"""The time of AWS is asked for again after this many pauses."""

_SHORTEST: Final = 0.01
"""Seconds of a sleep at least, so that no rounding of clocks makes the loop turn without one."""


class Running(Recovering, Protocol):
    """What a run asks of AWS."""

    @property
    def calls(self) -> Counted:
        """Requests so far."""
        ...


@dataclass(frozen=True)
class Doors:
    """What a run takes besides its folder."""

    aws: Running
    pauses: Pauses
    sleep: Callable[[float], None]
    monotonic: Callable[[], float]
    pool: Executor
    """Reads tables beside the loop."""
    told: Callable[[str], None]
    """Hears what is going on, from several threads."""


def run(folder: Folder, doors: Doors) -> History:
    """Carry out what is left of a run; the folder is locked.

    Returns:
        The run as it then stands; tables that were given up are told there.

    Raises:
        GuardError: another account, a table in the way, a changed plan or journal, or a run that was cleaned away.
        AwsError: the landing vault cannot be made, or AWS does not tell its time any more.
    """
    history = folder.history()
    clock = _guarded(history, doors)
    journal = Journal(folder.journal, history.hear)
    try:
        journal.write(Event.SESSION, clock.now(), plan=folder.digest())
        session = _Session(history, journal, clock, doors)
        session.land()
        session.carry_out(folder.expected())
    finally:
        journal.close()
    return history


def _guarded(history: History, doors: Doors) -> AwsClock:
    """Look at everything that must be so before the first write; the time comes with it."""
    plan = history.plan
    if history.cleaned:
        raise GuardError(f"run {plan.run} was cleaned away; begin another with `strongroom dr run {plan.environment}`")
    profile = names.profile(plan.environment)
    target, backup = doors.aws.identity(profile), doors.aws.identity(BACKUP_PROFILE)
    guards.apart(target, backup)
    guards.accounts(plan.settings, target, backup)
    for who, wanted, found in (
        (profile, plan.target_account, target),
        (BACKUP_PROFILE, plan.backup_account, backup),
    ):
        if found.account != wanted:
            raise GuardError(
                f"the plan is for account {wanted}, and profile {who} is in account {found.account} ({found.arn});"
                " change its role_arn in the AWS config file"
            )
    asked = [history.step(StepKind.RESTORE, number).asked for number in range(1, len(plan.chosen) + 1)]
    fresh = [one.table for one, ours in zip(plan.chosen, asked, strict=True) if not ours]
    guards.in_the_way(fresh, doors.aws.table_states(profile))
    return AwsClock(target.at, doors.monotonic)


class _Session:
    """One process's part of a run."""

    def __init__(self, history: History, journal: Journal, clock: AwsClock, doors: Doors) -> None:
        self._history, self._journal, self._clock, self._doors = history, journal, clock, doors
        self._plan: Plan = history.plan
        self._begun = doors.monotonic()
        self._profile = names.profile(self._plan.environment)
        aws = doors.aws
        self._reader = Reader(aws.tables(self._profile), doors.told)
        self._jobs = Jobs(
            self._plan, history, self._write, aws.copies(BACKUP_PROFILE), aws.restores(self._profile), clock
        )
        self._finishing = Finishing(
            self._plan, history, self._write, aws.table_states(self._profile), self._reader, doors.pool, doors.monotonic
        )

    def land(self) -> None:
        """Have the landing key and the vault."""
        aws, doors = self._doors.aws, self._doors
        if self._history.key is None:
            keys = aws.keys(self._profile)
            made = patiently(lambda: landing.key(self._plan, keys, doors.told), doors.pauses, doors.sleep)
            self._write(Event.KEY, made=made)
        key = self._history.key or ""
        if self._history.vault is None:
            vaults = aws.landing(self._profile)
            doors.told("opening the landing vault")
            made = patiently(lambda: landing.vault(self._plan, key, vaults), doors.pauses, doors.sleep)
            self._write(Event.VAULT, made=made)

    def carry_out(self, expected: Mapping[str, Expected]) -> None:
        """Bring every table as far as it gets."""
        every = tracks(self._plan, self._history, expected, self._doors.monotonic())
        try:
            while alive := [track for track in every if track.stage is not None]:
                self._doors.told(standing(every))
                self._turn(alive)
            self._listen(0.0)
        finally:
            self._reader.stop()
            self._spent()

    def _turn(self, alive: list[Track]) -> None:
        """Look at every track whose time has come, then sleep until the next one's."""
        self._listen(self._doors.pauses.first * _CLOCK_PAUSES)
        admit(alive, self._plan.quotas, self._doors.monotonic())
        for track in sorted((one for one in alive if not one.queued), key=lambda one: one.due):
            if track.due > self._doors.monotonic():
                break
            self._advance(track)
        admit(alive, self._plan.quotas, self._doors.monotonic())
        due = [track.due for track in alive if track.stage is not None and not track.queued]
        if due:
            self._doors.sleep(max(min(due) - self._doors.monotonic(), _SHORTEST))

    def _listen(self, at_least: float) -> None:
        """Ask for the time of AWS when the last answer is so many seconds old."""
        if self._clock.age >= at_least:
            doors = self._doors
            self._clock.hear(patiently(lambda: doors.aws.identity(self._profile), doors.pauses, doors.sleep).at)

    def _advance(self, track: Track) -> None:
        try:
            done = self._stage(track)
        except GivenUpError as given_up:
            self._give_up(track, given_up.fault, str(given_up))
        except (FailedError, TimedOutError) as fault:
            self._failed(track, fault)
        except AwsError as fault:
            self._give_up(track, Fault.DENIED if isinstance(fault, DeniedError) else Fault.FAILED, str(fault))
        else:
            self._went_well(track, done)

    def _stage(self, track: Track) -> bool:
        if track.stage is StepKind.SETTINGS:
            return self._counted(track, self._finishing.settle)
        if track.stage is StepKind.VERIFY:
            return self._finishing.prove(track)
        return self._jobs.advance(track)

    def _counted(self, track: Track, work: Callable[[Track], bool]) -> bool:
        """Do something, and count its requests; those of the readers beside it are theirs."""
        before, read = self._requests(), self._reader.pages
        try:
            return work(track)
        finally:
            track.calls += max(self._requests() - before - (self._reader.pages - read), 0)

    def _went_well(self, track: Track, done: bool) -> None:
        now = self._doors.monotonic()
        track.tries = 0
        if not done:
            brief = track.stage in (StepKind.SETTINGS, StepKind.VERIFY)
            track.due = now + self._doors.pauses.after(now - track.since, brief=brief)
            return
        left = track.stage
        track.enter(following(track, self._history, left), now)
        if left is StepKind.VERIFY:
            self._spent(track)

    def _failed(self, track: Track, fault: AwsError) -> None:
        """Try again, within bounds."""
        now = self._doors.monotonic()
        waits = crowded(fault) and now - track.since < ENDS_WITHIN.total_seconds()
        track.tries += 0 if waits else 1
        if track.tries >= TRIES:
            ends = Fault.TIMED_OUT if isinstance(fault, TimedOutError) else Fault.FAILED
            self._give_up(track, ends, f"{fault} (tried {TRIES} times)")
            return
        track.due = now + self._doors.pauses.again(max(track.tries, 1))

    def _give_up(self, track: Track, fault: Fault, sentence: str) -> None:
        self._write(Event.FAULT, step=track.step, fault=fault, message=sentence)
        track.enter(None, self._doors.monotonic())
        self._spent(track)

    def _spent(self, track: Track | None = None) -> None:
        if track is not None:
            calls: Mapping[str, int] = {track.chosen.table: track.calls}
            self._write(Event.SPENT, step=f"{StepKind.VERIFY.value}-{track.number}", calls=calls)
        seconds = self._doors.monotonic() - self._begun
        self._write(Event.SPENT, seconds=seconds, calls=dict(self._doors.aws.calls.by_profile()))

    def _requests(self) -> int:
        return sum(self._doors.aws.calls.by_profile().values())

    def _write(self, event: Event, **told: object) -> None:
        self._journal.write(event, self._clock.now(), **told)
