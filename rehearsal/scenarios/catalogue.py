"""The steps of the rehearsal, in order."""

from rehearsal.local import seed
from rehearsal.local.progress import Progress
from rehearsal.local.world import World, central
from rehearsal.scenarios import (
    backing_up,
    checkout,
    deploying,
    disaster,
    drifting,
    filling,
    permitting,
    protecting,
    recording,
    verifying,
)
from rehearsal.scenarios.disaster import Disaster
from rehearsal.scenarios.placing import named, on
from rehearsal.scenarios.step import Step

LACKING = f"without {permitting.NEEDED}"


def steps(world: World, progress: Progress, without: str | None = None) -> tuple[Step, ...]:
    """Return the steps for the stacks of a world.

    The last source by name shows drift and protection, the first what a missing permission does.

    Args:
        world: names the stacks.
        progress: listens to the seeding, which has parts of its own.
        without: action that is taken from every deploy role after seeding. Absent: none.
    """
    sources = [stack for stack, settings in world.stacks.items() if not central(settings)]
    centrals = [stack for stack, settings in world.stacks.items() if central(settings)]
    keen, poor = sources[-1], sources[0]
    beginning = _beginning(progress, without)
    return (
        *beginning,
        *(_up(stack, (beginning[-1].name,)) for stack in centrals),
        _lacking(poor, named("up", centrals)),
        *(_up(stack, named("up", centrals)) for stack in reversed(sources) if stack != poor),
        _up(poor, (f"up {poor} {LACKING}",)),
        *(_again(stack) for stack in (*centrals, *reversed(sources))),
        *_filling([keen, *(stack for stack in sources if stack != keen)]),
        *(_refresh(stack) for stack in (*centrals, *reversed(sources))),
        *_drift(keen),
        _destroy(keen),
        *_months([*centrals, *sources], [f"destroy {keen}", *named("items of", sources)], sources),
        *disaster.steps(Disaster(keen, poor, sources, centrals)),
        *_judgements(),
    )


def _beginning(progress: Progress, without: str | None) -> tuple[Step, ...]:
    proves = "accounts, roles, keys and buckets are what the bootstrap documents say, read back"
    seeded = Step("seed", proves, lambda scene: seed.seed(scene.local, progress))
    if without is None:
        return (seeded,)
    takes = Step(
        f"without {without}",
        "nothing: it takes an action from every deploy role, and what needs it has to fail",
        lambda scene: permitting.take_away(scene.local, without),
        (seeded.name,),
    )
    return seeded, takes


def _up(stack: str, needs: tuple[str, ...]) -> Step:
    proves = f"{stack} is deployed by its deploy role"
    return Step(f"up {stack}", proves, on(deploying.up, stack), needs, stack)


def _lacking(stack: str, needs: tuple[str, ...]) -> Step:
    proves = "a deploy role that lacks one action fails, and the error names the action"
    return Step(f"up {stack} {LACKING}", proves, on(permitting.a_missing_action_is_named, stack), needs, stack)


def _again(stack: str) -> Step:
    proves = f"a second up of {stack} changes nothing"
    return Step(f"up {stack} again", proves, on(deploying.again, stack), (f"up {stack}",), stack)


def _refresh(stack: str) -> Step:
    proves = f"{stack} is what its state says, seen by the pipeline that may only read"
    return Step(f"refresh {stack}", proves, on(deploying.refresh, stack), (f"up {stack} again",), stack)


def _drift(stack: str) -> tuple[Step, Step]:
    missed = Step(
        f"drift of {stack}",
        "point-in-time recovery switched off behind Pulumi's back is seen, and the table is named",
        on(drifting.point_in_time_recovery_is_missed, stack),
        (f"refresh {stack}",),
        stack,
    )
    mended = Step(
        f"repair of {stack}",
        "up --refresh switches it on again",
        on(drifting.it_is_switched_on_again, stack),
        (missed.name,),
        stack,
    )
    return missed, mended


def _destroy(stack: str) -> Step:
    proves = "destroy is refused by protection, and everything is still there"
    return Step(f"destroy {stack}", proves, on(protecting.destroy_is_refused, stack), (f"repair of {stack}",), stack)


def _filling(sources: list[str]) -> tuple[Step, ...]:
    return tuple(
        Step(
            f"items of {stack}",
            f"the application of {stack} writes items of every type into every table",
            on(filling.tables_are_filled, stack),
            (f"up {stack} again",),
        )
        for stack in sources
    )


def _months(stacks: list[str], also: list[str], sources: list[str]) -> tuple[Step, ...]:
    needs = (*named("refresh", stacks), *also)
    passed = Step("33 days", "schedules run by themselves on the virtual clock", backing_up.months_pass, needs)
    return (
        passed,
        *(_points(stack, passed.name) for stack in sources),
        *(_verified(stack, named("points of", sources)) for stack in stacks),
    )


def _verified(stack: str, needs: tuple[str, ...]) -> Step:
    proves = f"the operate role finds nothing wrong with the backups of {stack}, and the alarm on its silence ends"
    return Step(f"verify {stack}", proves, on(verifying.backups_are_well, stack), needs)


def _points(stack: str, need: str) -> Step:
    proves = f"every table of {stack} has a young point at home, and in the central vault of each of its tiers"
    return Step(f"points of {stack}", proves, on(backing_up.points_arrived, stack), (need,))


def _judgements() -> tuple[Step, ...]:
    return (
        Step("no root key", "no call after seeding was made by a root key", recording.no_root_key_is_used, last=True),
        Step(
            "pipeline roles only",
            "every change was made by a deploy, provisioner or state role",
            recording.only_the_pipeline_changes_things,
            last=True,
        ),
        Step("checkout untouched", "stack files are used as copies", checkout.is_unchanged, last=True),
    )
