from rehearsal.local import world
from rehearsal.local.place import CHECKOUT
from rehearsal.local.progress import Silent
from rehearsal.scenarios import catalogue
from rehearsal.scenarios.step import Step

STEPS = {step.name: step for step in catalogue.steps(world.read(CHECKOUT), Silent())}


def before(step: Step) -> set[str]:
    """Everything that a step needs, and what that needs."""
    return {name for need in step.needs for name in (need, *before(STEPS[need]))}


def test_everything_begins_with_the_seed() -> None:
    assert {name for name, step in STEPS.items() if not step.last and "seed" not in before(step)} == {"seed"}


def test_sources_are_deployed_after_the_central_side() -> None:
    assert "up backup" in before(STEPS["up prod"])
    assert "up backup" in before(STEPS["up ci"])


def test_each_stack_is_deployed_twice_and_compared() -> None:
    for stack in ("backup", "prod", "ci"):
        assert {f"up {stack}", f"up {stack} again", f"refresh {stack}"} <= STEPS.keys()
        assert f"up {stack} again" in before(STEPS[f"refresh {stack}"])


def test_two_operations_on_one_stack_are_never_side_by_side() -> None:
    for stack in ("backup", "prod", "ci"):
        chain = [step for step in STEPS.values() if step.stack == stack]
        assert chain
        for one in chain:
            for other in chain:
                ordered = one.name in before(other) or other.name in before(one)
                assert one is other or ordered, f"{one.name} and {other.name}"


def test_the_whole_is_judged_last_by_recorder_and_checkout() -> None:
    assert [name for name, step in STEPS.items() if step.last] == [
        "no root key",
        "pipeline roles only",
        "checkout untouched",
    ]


def test_an_action_is_taken_away_before_anything_is_deployed() -> None:
    steps = {one.name: one for one in catalogue.steps(world.read(CHECKOUT), Silent(), "s3:CreateBucket")}
    assert steps["without s3:CreateBucket"].needs == ("seed",)
    assert steps["up backup"].needs == ("without s3:CreateBucket",)


def test_an_account_is_lost_after_its_last_points_and_the_attacks() -> None:
    assert {"last points of prod", "one row of ci", "attack from prod", "attack from inside"} <= before(
        STEPS["lose prod"]
    )
    assert "lose prod" in before(STEPS["backup without prod"]) & before(STEPS["ci without prod"])


def test_what_was_recovered_is_compared_before_anything_is_made_of_it() -> None:
    assert {"fresh account", "doctor", "plan", "recover prod"} <= before(STEPS["items are back"])
    assert "items are back" in before(STEPS["adopt the tables"])
    assert {"adopt again", "next night"} <= before(STEPS["clean up"])


def test_backups_are_verified_before_the_disaster() -> None:
    assert {"verify backup", "verify prod", "verify ci"} <= before(STEPS["last points of prod"])


def test_items_are_written_before_the_months_pass() -> None:
    assert {"items of prod", "items of ci"} <= before(STEPS["33 days"])
