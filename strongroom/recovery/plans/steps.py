"""The steps of a recovery, in an order in which nothing waits without need."""

from dataclasses import dataclass

from strongroom.facts import names
from strongroom.recovery.plans.plan import Chosen, Step, StepKind, token


@dataclass(frozen=True)
class Places:
    """Where and for whom the steps are done."""

    run: str
    environment: str
    target: str
    """The new account."""
    backup: str
    """The backup account."""


def steps(places: Places, chosen: tuple[Chosen, ...]) -> tuple[Step, ...]:
    """All steps; those of one table wait for each other alone, so that the tables come back side by side."""
    lines = [_of_table(places, number, one) for number, one in enumerate(chosen, start=1)]
    by_kind = [step for kind in zip(*lines, strict=True) for step in kind]
    checked = tuple(step.id for step in by_kind if step.kind is StepKind.VERIFY)
    return (*_landing(places), *by_kind, _import(places, checked))


def _landing(places: Places) -> tuple[Step, Step]:
    vault = names.landing_vault(places.environment, places.run)
    key = Step(
        id="key",
        kind=StepKind.KEY,
        account=places.target,
        what=f"make the key of vault {vault}",
        why="copies from another account must land under a key whose policy lets the backup account's role in",
        token=token(places.run, "key"),
    )
    return key, Step(
        id="vault",
        kind=StepKind.VAULT,
        account=places.target,
        what=f"open vault {vault}",
        why="AWS Backup restores nothing from another account's vault: points are copied first",
        token=token(places.run, "vault"),
        after=("key",),
    )


def _of_table(places: Places, number: int, one: Chosen) -> tuple[Step, Step, Step, Step]:
    copy, restore, settings = f"copy-{number}", f"restore-{number}", f"settings-{number}"
    vault = names.landing_vault(places.environment, places.run)
    return (
        Step(
            id=copy,
            kind=StepKind.COPY,
            table=one.table,
            account=places.backup,
            what=f"copy {one.point_arn} from vault {one.vault} to vault {vault}",
            why="the account that holds a point is the one that can copy it",
            token=token(places.run, copy),
            after=("vault",),
        ),
        Step(
            id=restore,
            kind=StepKind.RESTORE,
            table=one.table,
            account=places.target,
            what=f"restore table {one.table} from the copy",
            why="programs and the stack know it by this name",
            token=token(places.run, restore),
            after=(copy,),
        ),
        Step(
            id=settings,
            kind=StepKind.SETTINGS,
            table=one.table,
            account=places.target,
            what=f"set point-in-time recovery, deletion protection, stream and tags of table {one.table}",
            why="a restore brings none of them back",
            after=(restore,),
        ),
        Step(
            id=f"verify-{number}",
            kind=StepKind.VERIFY,
            table=one.table,
            account=places.target,
            what=f"read every item of table {one.table}, count and digest them, then let them expire as declared",
            why="a job that ended well says nothing of what it brought",
            after=(settings,),
        ),
    )


def _import(places: Places, after: tuple[str, ...]) -> Step:
    return Step(
        id="import",
        kind=StepKind.IMPORT,
        account=places.target,
        what=f"write Pulumi.{places.environment}.yaml for the new account, with the restored tables to adopt",
        why="with it `pulumi up` takes the tables in under their own names and backs the account up again",
        after=after,
    )
