"""What `strongroom restore pitr`, `point` and `settings` have in common: plan, ask, restore, tell."""

from collections.abc import Callable
from dataclasses import dataclass

from strongroom.cli.exits import Exit
from strongroom.cli.restore_site import Doors, Where, confirm
from strongroom.recovery.runs.proof import Reader
from strongroom.recovery.runs.waiting import FIRST_SECONDS, Pauses
from strongroom.recovery.tables import single_restore
from strongroom.recovery.tables.single import Singles, Site
from strongroom.recovery.tables.single_restore import Restored, Way

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.PARTIAL,
    Exit.MISMATCH,
    Exit.NOT_FOUND,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)


@dataclass(frozen=True)
class Options:
    """What the user asked for, however the table is brought back."""

    where: Where
    into: str | None = None
    """Name of the table that is made. Absent: the table's own, with the minute in which it was asked."""
    dry_run: bool = False
    yes: bool = False
    poll: float = FIRST_SECONDS
    """Seconds of the first pause between two looks."""
    as_json: bool = False


@dataclass(frozen=True)
class Plan:
    """What is about to be done."""

    site: Site
    target: str
    told: str
    """What it is brought back from."""
    size_bytes: int | None = None
    """Of a recovery point. Absent: not known."""

    def lines(self) -> list[str]:
        """The plan as people read it."""
        site = self.site
        key = site.kms_key_arn or "a key of AWS's own"
        return [
            f"account {site.account} in {site.settings.region} ({site.settings.environment}):",
            f"  restore table {site.table.name} {self.told}",
            f"  to the new table {self.target}, under {key}; no table that exists is changed",
            f"  set what {site.table.name} declares: expiry, point-in-time recovery, deletion protection, stream, tags",
            "  read every item of it",
        ]

    def document(self) -> dict[str, object]:
        """The plan as scripts read it."""
        site = self.site
        return {
            "account": site.account,
            "environment": site.settings.environment,
            "region": site.settings.region,
            "table": site.table.name,
            "target": self.target,
            "from": self.told,
            "kmsKeyArn": site.kms_key_arn,
        }


def run(plan: Plan, way: Way, aws: Singles, options: Options, doors: Doors) -> Exit:
    """Show the plan, ask, restore, tell what came of it.

    Raises:
        RefusedError: the account and the environment were not typed.
        AwsError: AWS refuses, or gives up.
    """
    _show(plan, options, doors)
    if options.dry_run:
        return Exit.OK
    confirm(plan.site, doors, yes=options.yes)
    restoring = _doors(plan.site, aws, options, doors)
    try:
        came = single_restore.restore(plan.site, plan.target, way, restoring)
    except KeyboardInterrupt:
        doors.output.note(f"stopped; AWS goes on. Once {plan.target} is ACTIVE: {_again(plan)}")
        return Exit.INTERRUPTED
    return tell(plan, came, options, doors)


def settle(plan: Plan, aws: Singles, options: Options, doors: Doors) -> Exit:
    """Set a restored table's settings and read it, as `run` does after the restore."""
    restoring = _doors(plan.site, aws, options, doors)
    came = single_restore.finish(plan.site, plan.target, restoring, doors.now())
    return tell(plan, came, options, doors)


def tell(plan: Plan, came: Restored, options: Options, doors: Doors) -> Exit:
    """Print what came of it."""
    left = [f"{one.what} is {one.found}, {one.wanted} is declared" for one in came.settings.left]
    empty = came.proof.items == 0 and bool(plan.size_bytes)
    code = Exit.MISMATCH if empty else Exit.PARTIAL if left else Exit.OK
    if options.as_json:
        told = {"items": came.proof.items, "digest": came.proof.digest, "seconds": round(came.seconds, 1)}
        wrong = {"left": left, "failed": list(came.settings.failed)}
        doors.output.document({**plan.document(), **told, **wrong, "exit": code.value})
        return code
    doors.output.result(f"table {came.target}: {came.proof.items} items, digest {came.proof.digest}")
    if empty:
        doors.output.note(f"error: it is empty, and its point holds {plan.size_bytes} bytes; take another point")
    for sentence in (*left, *came.settings.failed):
        doors.output.note(f"error: {sentence}")
    if left:
        doors.output.note(f"try again with: {_again(plan)}")
    return code


def _show(plan: Plan, options: Options, doors: Doors) -> None:
    if options.as_json and options.dry_run:
        doors.output.document(plan.document())
        return
    write: Callable[[str], None] = doors.output.note if options.as_json else doors.output.result
    for line in plan.lines():
        write(line)


def _doors(site: Site, aws: Singles, options: Options, doors: Doors) -> single_restore.Doors:
    told = doors.progress()
    return single_restore.Doors(
        states=aws.table_states(site.profile),
        reader=Reader(aws.tables(site.profile), told),
        pauses=Pauses(doors.random, options.poll),
        sleep=doors.sleep,
        monotonic=doors.now,
        told=told,
    )


def _again(plan: Plan) -> str:
    environment = plan.site.settings.environment
    return f"strongroom restore settings {plan.site.table.name} {plan.target} --environment {environment}"
