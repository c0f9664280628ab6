"""What is unknown hides nothing that is known: neither in one resource nor among many."""

from dataclasses import replace

from strongroom_policies import copies, plans, selections, tables

from tests.policies.examples.plans import PLAN
from tests.policies.examples.stack_selections import SELECTION, TABLE
from tests.policies.examples.tables import TABLE as REPLICATED
from tests.policies.judging import GONE, UNKNOWN, judged, judged_together, unchecked


def test_a_property_that_is_unknown_does_not_hide_one_that_is_wrong() -> None:
    table = REPLICATED.but("pointInTimeRecovery", UNKNOWN).but("replicas.0.pointInTimeRecovery", False)
    said = judged(tables.PITR, table)
    assert unchecked(tables.PITR, "dynamodb.Table 'it'", "pointInTimeRecovery") in said
    assert any(sentence.startswith("replica 1 of dynamodb.Table 'it' has no point-in-time") for sentence in said)


def test_a_rule_of_a_plan_that_is_unknown_does_not_hide_the_next() -> None:
    plan = PLAN.but("rules.0", UNKNOWN).but("rules.1.lifecycle.deleteAfter", 34)
    assert judged(plans.LIFECYCLE, plan) == [
        unchecked(plans.LIFECYCLE, "backup.Plan 'it'", "rules.0"),
        (
            "rule 'monthly' of backup.Plan 'it' keeps its points for 34 days; 35 to 36500 are required: change"
            " delete_after"
        ),
    ]


def test_a_copy_that_is_unknown_does_not_hide_the_next() -> None:
    plan = PLAN.but("rules.0.copyActions", UNKNOWN).but("rules.1.copyActions", GONE)
    assert judged(copies.COPIES_AWAY, plan) == [
        unchecked(copies.COPIES_AWAY, "backup.Plan 'it'", "rules.0.copyActions"),
        (
            "rule 'monthly' of backup.Plan 'it' copies nothing; a copy in another account is required: add copy_actions"
            " with a vault of the backup account"
        ),
    ]


def test_a_table_that_is_unknown_does_not_hide_the_next() -> None:
    bare = replace(TABLE.but("tags", GONE), name="bare")
    said = judged_together(selections.TABLE_IN_A_PLAN, [TABLE.but("tags", UNKNOWN), bare, SELECTION])
    assert [about for about, _ in said] == ["table", "bare"]
    assert said[0][1] == unchecked(selections.TABLE_IN_A_PLAN, "dynamodb.Table 'table'", "tags")
    assert said[1][1].startswith("dynamodb.Table 'bare' is in no backup selection;")


def test_a_selection_that_is_unknown_does_not_hide_one_that_takes_the_table() -> None:
    unknown = replace(SELECTION.but("resources", UNKNOWN), name="unknown")
    assert judged_together(selections.TABLE_IN_A_PLAN, [unknown, TABLE, SELECTION]) == []


def test_fails_when_only_an_unknown_selection_could_take_the_table() -> None:
    unknown = SELECTION.but("resources", UNKNOWN)
    assert judged_together(selections.TABLE_IN_A_PLAN, [unknown, TABLE]) == [
        ("table", unchecked(selections.TABLE_IN_A_PLAN, "backup.Selection 'selection'", "resources"))
    ]


def test_a_dependency_tells_that_a_selection_takes_a_table_whose_arn_is_unknown() -> None:
    by_dependency = replace(SELECTION.but("resources", ["arn:x"]), waits_for={"resources": TABLE.name})
    assert judged_together(selections.TABLE_IN_A_PLAN, [TABLE, by_dependency]) == []
