from strongroom.recovery.plans.plan import StepKind
from tests.strongroom.recovery.loss import BACKUP, FRESH, Loss


def test_steps_come_after_those_that_they_wait_for_and_have_tokens_that_aws_takes() -> None:
    plan = Loss().plan()
    seen = set[str]()
    for step in plan.steps:
        assert set(step.after) <= seen
        seen.add(step.id)
        assert step.token is None or (step.token.startswith(plan.run) and len(step.token) <= 50)
    assert len(seen) == len(plan.steps) == 3 + 4 * len(plan.chosen)
    tokens = [step.token for step in plan.steps if step.token]
    assert len(set(tokens)) == len(tokens)


def test_a_table_waits_for_no_other_table() -> None:
    plan = Loss().plan()
    table_of = {step.id: step.table for step in plan.steps}
    for step in plan.steps:
        if step.kind is not StepKind.IMPORT:
            assert {table_of[before] for before in step.after} <= {None, step.table}


def test_copies_are_started_in_the_backup_account_and_all_else_in_the_new_one() -> None:
    places = {(step.kind, step.account) for step in Loss().plan().steps}
    assert places == {(kind, BACKUP if kind is StepKind.COPY else FRESH) for kind in StepKind}


def test_each_step_of_a_table_waits_for_the_one_before() -> None:
    after = {step.id: step.after for step in Loss().plan().steps}
    assert (after["key"], after["vault"], after["copy-1"]) == ((), ("key",), ("vault",))
    assert (after["restore-1"], after["settings-1"]) == (("copy-1",), ("restore-1",))
    assert after["verify-1"] == ("settings-1",)
    assert after["import"] == tuple(f"verify-{number}" for number in range(1, 7))
