"""AWS in memory behind the real doors' interfaces: accounts, time, jobs that take it, and troubles to order."""

from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Literal

from strongroom.aws.errors import FailedError
from strongroom.aws.jobs import Job, JobState
from strongroom.aws.points import Point
from strongroom.facts.items import Item
from tests.strongroom.aws.memory_accounts import Content, MemoryAccount, MemoryBucket, MemoryJob, Outcome, running
from tests.strongroom.aws.memory_calls import FakeClock, Wire

Kind = Literal["copy", "restore"]


@dataclass(frozen=True)
class Start:
    """A request for a job."""

    kind: Kind
    account: str
    table: str
    token: str
    asked: object
    """The same token with another one is refused."""
    ends: Callable[[MemoryJob], None]


@dataclass
class MemoryAws:
    """All accounts."""

    clock: FakeClock = field(default_factory=FakeClock)
    wire: Wire = field(default_factory=Wire)
    accounts: dict[str, MemoryAccount] = field(default_factory=dict[str, MemoryAccount])
    buckets: dict[str, MemoryBucket] = field(default_factory=dict[str, MemoryBucket])
    contents: dict[str, Content] = field(default_factory=dict[str, Content])
    """What points hold, by ARN."""
    durations: dict[tuple[Kind, str], timedelta] = field(default_factory=dict[tuple[Kind, str], timedelta])
    """What jobs of a table take. Default: `usual`."""
    usual: timedelta = timedelta(minutes=10)
    outcomes: dict[tuple[Kind, str], list[Outcome]] = field(
        default_factory=lambda: defaultdict[tuple[Kind, str], list[Outcome]](list)
    )
    """How the next jobs of a table end. Default: COMPLETED."""
    ttl_takes: timedelta = timedelta()
    """How long expiry is being switched."""
    update_takes: timedelta = timedelta()
    """How long a table is UPDATING after a change."""
    page_items: int = 100
    """Items of one page of a scan."""
    absent_vaults_are_denied: bool = False
    """Whether a vault that is not there is told of as AWS does it, by a denial. Default: as not there."""
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def account(self, id_: str) -> MemoryAccount:
        """Have an account."""
        return self.accounts.setdefault(id_, MemoryAccount(id_))

    def bucket(self, name: str, owner: str) -> MemoryBucket:
        """Have a bucket."""
        return self.buckets.setdefault(name, MemoryBucket(owner))

    def point(self, account: str, point: Point, items: tuple[Item, ...] = (), content: Content | None = None) -> None:
        """Put a point into a vault of an account, with what it holds; its table is that of `point.resource_arn`."""
        self.account(account).vault(point.vault).points[point.arn] = point
        self.contents[point.arn] = content or Content(items)

    def order(self, kind: Kind, table: str, *outcomes: Outcome) -> None:
        """Say how the next jobs of a table end."""
        self.outcomes[kind, table] += outcomes

    def new_id(self, kind: str) -> str:
        """A new id; ids are given out in turn, so that runs can be compared."""
        return f"{kind}-{next(self._ids):06d}"

    @contextmanager
    def call(self, account: str, operation: str, subject: str = "") -> Generator[MemoryAccount]:
        """One call of a door: what is due by now has happened, then the work inside is done."""
        with self.wire.call(account, operation, subject):
            self._settle()
            yield self.account(account)

    def start(self, request: Start) -> MemoryJob:
        """Begin a job with the outcome that was ordered for its table, or find the one that the token stands for.

        Raises:
            FailedError: the token was used with another request, or too many jobs are running.
        """
        own = self.account(request.account)
        jobs, most = (
            (own.copies, own.running_copies) if request.kind == "copy" else (own.restores, own.running_restores)
        )
        known = next((job for job in jobs.values() if job.token == request.token), None)
        if known is None:
            at_once = running(jobs, self.clock.now()) + 1
            if at_once > most:
                raise FailedError(f"starting a {request.kind}: LimitExceededException: too many jobs are running")
            own.at_once[request.kind] = max(own.at_once.get(request.kind, 0), at_once)
            known = self._job(request)
            jobs[known.id] = known
        elif known.asked != request.asked:
            raise FailedError(
                f"starting a {request.kind}: InvalidParameterValueException: The idempotency token was used with other"
                " parameters."
            )
        return known

    def look(self, job: MemoryJob) -> Job:
        """A job as it stands now."""
        over = not job.outcome.never and self.clock.now() >= job.due
        state = job.outcome.state if over or job.outcome.never else JobState.RUNNING
        made = job.made if state is JobState.COMPLETED else None
        return Job(job.id, state, job.outcome.message if over else None, made, job.created, job.due if over else None)

    def _job(self, request: Start) -> MemoryJob:
        now, ordered = self.clock.now(), self.outcomes[request.kind, request.table]
        outcome = ordered.pop(0) if ordered else Outcome()
        took = self.durations.get((request.kind, request.table), self.usual) if outcome.took is None else outcome.took
        id_ = self.new_id(request.kind)
        return MemoryJob(id_, request.table, now, outcome, now + took, request.asked, request.token, request.ends)

    def _settle(self) -> None:
        for account in self.accounts.values():
            for job in (*account.copies.values(), *account.restores.values()):
                if not job.settled and not job.outcome.never and self.clock.now() >= job.due:
                    job.settled = True
                    job.ends(job)
