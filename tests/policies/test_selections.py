"""Who is taken in by a selection or a restore test, and with which role: whatever is said must hold."""

from dataclasses import replace
from typing import Any

import pulumi_aws as aws
import pytest
from strongroom_policies import buckets, selection_roles, selections

from tests.policies.examples.stack_buckets import BUCKET, OTHER_REPLICATION, REPLICATION
from tests.policies.examples.stack_selection_roles import ALL, ROLE, TOGETHER, has
from tests.policies.examples.stack_selections import CLASS, SELECTION, TABLE, TEST
from tests.policies.judging import GONE, UNKNOWN, judged_together, unchecked


def tag(value: str | None, key: str = CLASS) -> dict[str, str]:
    return {"key": key} if value is None else {"key": key, "value": value}


def taken(*tags: dict[str, str], value: str = "standard") -> bool:
    said = judged_together(
        selections.TABLE_IN_A_PLAN, [TABLE.but(f"tags.{CLASS}", value), SELECTION.but("selectionTags", list(tags))]
    )
    return not said


def test_a_tag_without_a_value_asks_for_an_empty_one() -> None:
    assert not taken(tag(None))
    untagged = judged_together(selections.TABLE_IN_A_PLAN, [TABLE.but("tags", {}), BY_TAG])
    assert [about for about, _ in untagged] == ["table"]
    assert judged_together(selections.TABLE_IN_A_PLAN, [TABLE.but(f"tags.{CLASS}", ""), BY_TAG]) == []


def test_one_of_the_tags_is_enough() -> None:
    assert taken(tag(None), tag("standard"))
    assert not taken(tag(None), tag("short"))


BY_TAG = SELECTION.but("selectionTags", [tag(None)]).but("conditions", GONE)


def conditions(**asked: list[dict[str, str]]) -> dict[str, Any]:
    return {
        operator: [{"key": f"aws:ResourceTag/{one['key']}", "value": one["value"]} for one in many]
        for operator, many in asked.items()
    }


@pytest.mark.parametrize(
    ("asked", "arns", "tried"),
    [
        (conditions(stringEquals=[tag("standard")]), None, True),
        (conditions(stringEquals=[tag("standard")]), ["*"], True),
        (conditions(stringEquals=[tag("short")]), None, False),
        (conditions(stringEquals=[tag("short")]), ["*"], False),
        (conditions(stringEquals=[tag("standard"), tag("a", "owner")]), None, False),
        (conditions(stringEquals=[tag("standard")], stringNotEquals=[tag("standard")]), None, False),
        (conditions(stringEquals=[tag("standard")], stringNotEquals=[tag("a", "owner")]), ["*"], True),
        ({}, None, False),
        ({}, ["*"], True),
        (None, None, False),
    ],
)
def test_a_restore_test_takes_in_what_meets_every_condition(asked: object, arns: object, tried: bool) -> None:
    test = TEST.but("protectedResourceArns", arns if arns else GONE)
    if asked is not None:
        test = test.but("protectedResourceConditions", asked)
    assert (judged_together(selections.RESTORE_TESTS, [TABLE, test]) == []) is tried


def test_fails_when_it_is_not_known_what_a_restore_test_is_of() -> None:
    said = judged_together(selections.RESTORE_TESTS, [TABLE, TEST.but("protectedResourceType", UNKNOWN)])
    name = "backup.RestoreTestingSelection 'test'"
    assert said == [("table", unchecked(selections.RESTORE_TESTS, name, "protectedResourceType"))]


@pytest.mark.parametrize(
    ("name", "value", "policy"),
    [
        ("managedPolicyArns", [ALL], ALL),
        ("inlinePolicies", [{"name": "all", "policy": "{}"}], "the inline policy all"),
        ("inlinePolicies", [{"policy": "{}"}], "the inline policy without a name"),
    ],
)
def test_a_role_has_what_it_says_itself(name: str, value: object, policy: str) -> None:
    assert judged_together(selection_roles.ROLE, [SELECTION, ROLE.but(name, value)]) == [("selection", has(policy))]
    named = {"allowedPolicies": [policy.rsplit("/", 1)[-1]]}
    assert judged_together(selection_roles.ROLE, [SELECTION, ROLE.but(name, value)], named) == []


@pytest.mark.parametrize("name", ["managedPolicyArns", "inlinePolicies"])
def test_what_a_role_leaves_to_aws_is_not_what_the_program_says(name: str) -> None:
    left = ROLE.but(name, UNKNOWN)
    assert judged_together(selection_roles.ROLE, [SELECTION, left]) == []
    said = replace(left, waits_for={name: TABLE.name})
    assert judged_together(selection_roles.ROLE, [SELECTION, said, TABLE]) == [
        ("selection", unchecked(selection_roles.ROLE, "iam.Role 'role'", name))
    ]


def test_an_attachment_that_is_unknown_does_not_hide_the_next() -> None:
    unknown = replace(TOGETHER.but("roles", UNKNOWN), name="unknown")
    wide = TOGETHER.but("policyArn", ALL)
    assert judged_together(selection_roles.ROLE, [SELECTION, ROLE, unknown, wide]) == [
        ("selection", unchecked(selection_roles.ROLE, "iam.PolicyAttachment 'unknown'", "roles")),
        ("selection", has(ALL)),
    ]


def test_a_policy_of_another_role_is_not_the_role_s() -> None:
    other = replace(ROLE.but("name", "other").but("arn", "arn:other").but("managedPolicyArns", [ALL]), name="other")
    inline = aws.iam.RolePolicy
    policy = replace(TOGETHER, kind=inline, properties={"role": "other", "name": "all"}, name="inline")
    assert judged_together(selection_roles.ROLE, [SELECTION, ROLE, other, policy]) == []


def test_a_writer_that_is_unknown_hides_no_two_that_are_known() -> None:
    second = OTHER_REPLICATION.but("bucket", BUCKET.properties["bucket"])
    unknown = replace(REPLICATION.but("bucket", UNKNOWN), name="unknown")
    said = judged_together(buckets.ONE_WRITER, [BUCKET, unknown, REPLICATION, second])
    assert [about for about, _ in said] == ["bucket"]
    assert "has 2 of s3.BucketReplicationConfig (replication, other-replication)" in said[0][1]


def test_fails_when_an_unknown_writer_may_be_the_second_one() -> None:
    unknown = replace(REPLICATION.but("bucket", UNKNOWN), name="unknown")
    assert judged_together(buckets.ONE_WRITER, [BUCKET, REPLICATION, unknown]) == [
        ("bucket", unchecked(buckets.ONE_WRITER, "s3.BucketReplicationConfig 'unknown'", "bucket"))
    ]
