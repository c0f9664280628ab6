"""The steps of the disaster, in order: the last days of an account, its loss, its recovery, and life after that."""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearsal.scenarios import (
    adopting,
    approaching,
    attacking,
    joining,
    losing,
    proving,
    recovering,
    tidying,
    undoing,
)
from rehearsal.scenarios.placing import named, on
from rehearsal.scenarios.step import Step


@dataclass(frozen=True)
class Disaster:
    """Which stacks take part, by name."""

    lost: str
    """Source whose account is lost."""
    other: str
    """Another source, which lives on."""
    sources: Sequence[str]
    centrals: Sequence[str]


def steps(cast: Disaster) -> tuple[Step, ...]:
    """Return the steps; the first of them waits until the backups of every stack were found well."""
    lost = cast.lost
    left = [stack for stack in (*cast.centrals, *cast.sources) if stack != lost]
    return (
        *_approach(lost, named("verify", (*cast.centrals, *cast.sources))),
        _one_row(cast.other, lost),
        *_attacks(lost, f"one row of {cast.other}"),
        *_loss(lost, left),
        *_recovery(lost),
        *_afterwards(),
    )


def _approach(stack: str, needs: tuple[str, ...]) -> tuple[Step, ...]:
    timed = Step(
        "durations",
        "nothing: backups, copies and restores take virtual minutes from now on",
        approaching.jobs_take_time,
        needs,
    )
    proves = (
        "items are written, changed and deleted around the last points, and the newest copy of a table is not whole"
    )
    return timed, Step(f"last points of {stack}", proves, on(approaching.last_points_are_taken, stack), (timed.name,))


def _one_row(stack: str, need: str) -> Step:
    proves = f"a deleted row of {stack} comes back from point-in-time recovery, after its difference was shown"
    return Step(f"one row of {stack}", proves, on(undoing.a_deleted_row_comes_back, stack), (f"last points of {need}",))


def _attacks(stack: str, need: str) -> tuple[Step, Step]:
    outside = Step(
        f"attack from {stack}",
        f"who holds the account of {stack} cannot delete, open or shorten what is kept of it",
        on(attacking.the_sources_administrator_is_stopped, stack),
        (need,),
    )
    inside = Step(
        "attack from inside",
        "the backup account's own administrator meets the policies of vault, key and bucket; with one open, the lock",
        on(attacking.the_backup_accounts_administrator_is_stopped, stack),
        (outside.name,),
    )
    return outside, inside


def _loss(stack: str, others: Sequence[str]) -> tuple[Step, ...]:
    lost = Step(
        f"lose {stack}",
        f"everything in the account of {stack} is gone, and its roles answer no more",
        on(losing.account_is_lost, stack),
        ("attack from inside",),
    )
    return lost, *(_without_it(other, stack) for other in others)


def _without_it(stack: str, lost: str) -> Step:
    proves = f"preview, up and refresh of {stack} go on without {lost}, and without --target"
    return Step(f"{stack} without {lost}", proves, on(losing.others_go_on, stack), (f"lose {lost}",), stack)


def _recovery(stack: str) -> tuple[Step, ...]:
    joined = Step(
        "fresh account",
        "an account joins the unit of the sources, and bootstrap is applied: nothing else is done for the recovery",
        on(joining.fresh_account_joins, stack),
        (f"lose {stack}",),
    )
    examined = Step(
        "doctor",
        "in an empty folder, with two roles and a name: nothing stands in the way of a recovery",
        on(recovering.doctor_finds_nothing, stack),
        (joined.name,),
    )
    planned = Step(
        "plan",
        "the newest whole point of each table is chosen, and the plan says which one is older and why",
        on(recovering.plan_says_what_it_takes, stack),
        (examined.name,),
    )
    recovered = Step(
        f"recover {stack}",
        "every table is brought back by one command, which is killed on its way and taken up again",
        on(recovering.everything_is_brought_back, stack),
        (planned.name,),
    )
    proved = Step(
        "items are back",
        "a process that never asked AWS computes what each table held when its point was taken, and all of it is there",
        proving.every_item_is_back,
        (recovered.name,),
    )
    return joined, examined, planned, recovered, proved


def _afterwards() -> tuple[Step, ...]:
    taken = Step(
        "adopt the tables",
        "the fresh account's own stack takes the restored tables in, under their names and as they are declared",
        adopting.tables_are_taken_in,
        ("items are back",),
    )
    again = Step(
        "adopt again",
        "a second up of it changes nothing, and it is what its state says",
        adopting.nothing_is_left_to_do,
        (taken.name,),
    )
    night = Step(
        "next night",
        "the scheduled backups of the fresh account arrive in the central vaults",
        adopting.the_next_backup_arrives,
        (again.name,),
    )
    well = Step(
        "verify again",
        "the operate role of the fresh account finds the copy that is not whole and stays, and nothing else",
        adopting.it_is_well_again,
        (night.name,),
    )
    cleaned = Step(
        "clean up",
        "the landing vault of the recovery and its key go, and nothing else",
        tidying.only_what_the_run_made_goes,
        (well.name,),
    )
    return taken, again, night, well, cleaned
