"""Copies and restores of a run: started once, looked at until they end, and told apart by how they end."""

from collections.abc import Callable
from dataclasses import dataclass

from strongroom.aws.copies import Copies, Copy
from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.jobs import Job, JobState
from strongroom.aws.restores import Restore, Restores
from strongroom.facts import arns, names
from strongroom.recovery.plans.plan import Chosen, Plan, StepKind
from strongroom.recovery.plans.reasons import offer
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.journal import Event, Fault
from strongroom.recovery.runs.tracks import GivenUpError, Track
from strongroom.recovery.runs.waiting import AwsClock, stuck


@dataclass(frozen=True)
class Jobs:
    """What starting and watching jobs takes."""

    plan: Plan
    history: History
    write: Callable[..., None]
    """Writes an entry of the journal, as `Journal.write` does."""
    copies: Copies
    """Of the backup account."""
    restores: Restores
    """Of the new account."""
    clock: AwsClock

    def advance(self, track: Track) -> bool:
        """Start a track's job, or look at it; whether it is done.

        Raises:
            GivenUpError: it ended badly, or is waited for no longer.
            AwsError: AWS refuses or fails.
        """
        step = self.history.of(track.step)
        track.calls += 1
        if step.job is None:
            self._start(track)
            return False
        job = self._look(track, step.job)
        if not job.state.ended:
            self._wait(track, job)
            return False
        self._ended(track, job)
        return True

    def _start(self, track: Track) -> None:
        if not self.history.of(track.step).asked:
            self.write(Event.ASKED, step=track.step)
        try:
            id_ = self._copy(track) if track.stage is StepKind.COPY else self._restore(track)
        except NotThereError as gone:
            raise GivenUpError(Fault.FAILED, f"{gone}; {elsewhere(self.plan, track.chosen)}") from None
        self.write(Event.JOB, step=track.step, job=id_)

    def _copy(self, track: Track) -> str:
        chosen = track.chosen
        return self.copies.start(
            Copy(
                point_arn=chosen.point_arn,
                from_vault=chosen.vault,
                to_vault_arn=self.history.vault or "",
                role_arn=arns.role(self.plan.backup_account, names.ROLE_RECOVERY_SERVICE),
                token=self.history.token(track.step),
                days=chosen.landing_days,
            )
        )

    def _restore(self, track: Track) -> str:
        return self.restores.start(
            Restore(
                point_arn=self.history.step(StepKind.COPY, track.number).made or "",
                table=track.chosen.table,
                role_arn=arns.role(self.plan.target_account, names.ROLE_RECOVERY_SERVICE),
                token=self.history.token(track.step),
                kms_key_arn=self.plan.key_of(track.chosen.table),
            )
        )

    def _look(self, track: Track, id_: str) -> Job:
        return (self.copies if track.stage is StepKind.COPY else self.restores).job(id_)

    def _wait(self, track: Track, job: Job) -> None:
        now = self.clock.now()
        track.waits_since = track.waits_since or now
        why = stuck(job, track.waits_since, now)
        if why is not None:
            raise GivenUpError(Fault.TIMED_OUT, f"{_what(track)}: {why}; go on later with --resume {self.plan.run}")

    def _ended(self, track: Track, job: Job) -> None:
        if job.state is JobState.COMPLETED and job.made is None:
            raise FailedError(f"job {job.id} is COMPLETED, and AWS does not tell what it made; try again")
        self.write(
            Event.ENDED,
            step=track.step,
            job=job.id,
            state=job.state,
            made=job.made,
            message=job.message,
            created=job.created,
            over=job.ended,
        )
        if job.state is not JobState.COMPLETED:
            said = f": {job.message}" if job.message else ", and AWS does not say why"
            sentence = f"{_what(track)}: job {job.id} ended {job.state.value}{said}"
            raise GivenUpError(Fault.FAILED, f"{sentence}; {elsewhere(self.plan, track.chosen)}")


def elsewhere(plan: Plan, chosen: Chosen) -> str:
    """What can be done about a table that did not come back from its point."""
    asked = f" of `strongroom dr plan {plan.environment} --only {chosen.table}`" if chosen.fallback else ""
    return f"try again with --resume {plan.run}; {offer(chosen)}{asked}"


def _what(track: Track) -> str:
    done = "copying its point" if track.stage is StepKind.COPY else "restoring it"
    return f"table {track.chosen.table}, {done}"
