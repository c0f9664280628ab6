"""Whether a list takes a table in is told by its values, by dependencies, by what lies between, and by components."""

from dataclasses import replace

import pulumi_aws as aws
import pytest
from strongroom_policies import selections
from strongroom_policies.rule import StackRule

from tests.policies.examples.stack_selections import SELECTION, TABLE, TEST
from tests.policies.judging import BOX, UNKNOWN, Made, judged_together, unchecked

INSIDE = replace(TABLE, parent="box")
LISTS = pytest.mark.parametrize(
    ("rule", "listing", "by"),
    [
        pytest.param(selections.TABLE_IN_A_PLAN, SELECTION, "resources", id="selection"),
        pytest.param(selections.RESTORE_TESTS, TEST, "protectedResourceArns", id="restore test"),
    ],
)


def waiting(listing: Made, by: str, source: str) -> Made:
    """A list that holds one unknown value, which comes from another resource of this name."""
    return replace(listing.but(by, [UNKNOWN]), waits_for={by: source})


@LISTS
def test_a_table_is_listed_by_a_dependency(rule: StackRule, listing: Made, by: str) -> None:
    assert judged_together(rule, [TABLE, waiting(listing, by, "table")]) == []


@LISTS
def test_a_table_is_listed_by_the_component_that_holds_it(rule: StackRule, listing: Made, by: str) -> None:
    assert judged_together(rule, [BOX, INSIDE, waiting(listing, by, "box")]) == []


@LISTS
def test_a_table_is_listed_by_way_of_what_took_its_name(rule: StackRule, listing: Made, by: str) -> None:
    replica = Made(aws.dynamodb.TableReplica, {}, "replica", waits_for={"tableName": "table"})
    assert judged_together(rule, [TABLE, replica, waiting(listing, by, "replica")]) == []


@LISTS
def test_fails_when_a_component_holds_two_tables(rule: StackRule, listing: Made, by: str) -> None:
    found = judged_together(rule, [BOX, INSIDE, replace(INSIDE, name="second"), waiting(listing, by, "box")])
    assert [about for about, _ in found] == ["table", "second"]
    assert all(f"could not be checked: {by}[0] is not known" in sentence for _, sentence in found)


@LISTS
def test_fails_when_what_lies_between_took_the_table_for_something_else(
    rule: StackRule, listing: Made, by: str
) -> None:
    bucket = Made(aws.s3.Bucket, {}, "bucket", waits_for={"tags": "table"})
    ((_, sentence),) = judged_together(rule, [TABLE, bucket, waiting(listing, by, "bucket")])
    assert f"could not be checked: {by}[0] is not known" in sentence


@LISTS
def test_fails_when_the_list_is_known_and_names_another(rule: StackRule, listing: Made, by: str) -> None:
    known = waiting(listing, by, "box").but(by, ["arn:aws:dynamodb:eu-west-2:111111111111:table/other"])
    ((about, sentence),) = judged_together(rule, [BOX, INSIDE, known])
    assert about == "table"
    assert sentence.startswith("dynamodb.Table 'table' is in no ")


def test_a_restore_test_that_is_unknown_hides_none_that_takes_the_table() -> None:
    unknown = replace(TEST.but("protectedResourceArns", UNKNOWN), name="unknown")
    assert judged_together(selections.RESTORE_TESTS, [unknown, TABLE, TEST]) == []
    assert judged_together(selections.RESTORE_TESTS, [unknown, TABLE]) == [
        (
            "table",
            unchecked(selections.RESTORE_TESTS, "backup.RestoreTestingSelection 'unknown'", "protectedResourceArns"),
        )
    ]
