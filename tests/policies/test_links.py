"""To whom a resource belongs is told by values, by dependencies, by those of what lies between, and by components."""

from dataclasses import replace

import pulumi_aws as aws
from strongroom_policies import archives, buckets, selection_roles, topics

from tests.policies.examples.stack_buckets import BUCKET, GUARDS, LIFECYCLE, RETENTION
from tests.policies.examples.stack_selection_roles import ATTACHMENT, ROLE
from tests.policies.examples.stack_selections import SELECTION
from tests.policies.judging import BOX, UNKNOWN, Made, judged_together, unchecked

UNNAMED = BUCKET.but("id", UNKNOWN)
OTHER = replace(BUCKET.but("bucket", "other"), name="other")
POLICY = replace(RETENTION, kind=aws.s3.BucketPolicy, name="between").but("bucket", UNKNOWN)
MISSING = (
    "s3.Bucket 'bucket' locks no object by itself; a default retention is required: add an"
    " s3.BucketObjectLockConfiguration"
)


def said(*stack: Made) -> list[str]:
    found = judged_together(archives.LOCKED, stack, {"archives": ["archive"], "exempt": ["other"]})
    return [sentence for _, sentence in found]


def waiting(made: Made, **waits_for: str) -> Made:
    return replace(made, waits_for=waits_for)


def test_a_known_value_that_came_by_way_of_another_resource_is_compared() -> None:
    between = waiting(POLICY.but("bucket", "archive"), bucket="bucket")
    assert said(UNNAMED, between, waiting(RETENTION, bucket="between")) == []


def test_fails_when_a_known_name_is_anothers_although_it_was_computed_from_the_owner() -> None:
    assert said(UNNAMED, waiting(RETENTION.but("bucket", "another"), bucket="bucket")) == [MISSING]


def test_a_known_name_is_the_owners_by_dependency_where_the_owner_has_none_yet() -> None:
    guards = [waiting(one, bucket="bucket") for one in (*GUARDS, LIFECYCLE)]
    assert judged_together(buckets.GUARDS, [UNNAMED.but("bucket", UNKNOWN), *guards]) == []


def test_a_name_that_is_written_twice_needs_no_id() -> None:
    assert said(UNNAMED, RETENTION) == []
    assert judged_together(buckets.GUARDS, [UNNAMED, *GUARDS, LIFECYCLE]) == []


def test_another_name_hides_no_missing_guard_behind_an_unknown_id() -> None:
    assert said(UNNAMED, RETENTION.but("bucket", "another")) == [MISSING]


def test_fails_when_the_name_of_the_owner_is_unknown() -> None:
    unknown = unchecked(archives.LOCKED, "s3.Bucket 'bucket'", "bucket")
    assert said(BUCKET.but("bucket", UNKNOWN), RETENTION) == [unknown]


def test_an_unknown_value_is_followed_through_what_lies_between() -> None:
    first = waiting(POLICY, bucket="bucket")
    second = waiting(replace(POLICY, name="second"), bucket="between")
    retention = RETENTION.but("bucket", UNKNOWN)
    assert said(UNNAMED, first, waiting(retention, bucket="between")) == []
    assert said(UNNAMED, first, second, waiting(retention, bucket="second")) == []


def test_another_bucket_stands_for_itself_whatever_it_waits_for() -> None:
    other = waiting(OTHER.but("bucket", UNKNOWN), bucket="bucket")
    assert said(UNNAMED, other, waiting(RETENTION.but("bucket", UNKNOWN), bucket="other")) == [MISSING]


def test_fails_when_what_lies_between_waits_for_the_owner_for_something_else() -> None:
    between = waiting(POLICY, policy="bucket")
    retention = waiting(RETENTION.but("bucket", UNKNOWN), bucket="between")
    unknown = unchecked(archives.LOCKED, "s3.BucketObjectLockConfiguration 'retention'", "bucket")
    assert said(UNNAMED, between, retention) == [unknown]


def test_fails_when_both_names_come_from_one_source() -> None:
    bucket = waiting(UNNAMED.but("bucket", UNKNOWN), bucket="pet")
    pet = replace(POLICY, name="pet")
    guards = [waiting(one.but("bucket", UNKNOWN), bucket="pet") for one in (*GUARDS, LIFECYCLE)]
    found = judged_together(buckets.GUARDS, [bucket, pet, *guards])
    assert len(found) == len(guards)
    assert all("could not be checked" in sentence for _, sentence in found)


def test_a_role_that_came_by_way_of_another_resource_is_looked_at() -> None:
    selection = waiting(SELECTION, iamRoleArn="attachment")
    wide = ATTACHMENT.but("policyArn", "arn:aws:iam::aws:policy/AdministratorAccess")
    ((about, sentence),) = judged_together(selection_roles.ROLE, [selection, ROLE, wide])
    assert about == "selection"
    assert "AdministratorAccess" in sentence


def test_a_subscription_may_take_its_topic_from_the_topics_policy() -> None:
    topic = Made(aws.sns.Topic, {"arn": UNKNOWN, "id": UNKNOWN}, "topic")
    policy = waiting(Made(aws.sns.TopicPolicy, {"arn": UNKNOWN}, "policy"), arn="topic")
    subscription = waiting(Made(aws.sns.TopicSubscription, {"topic": UNKNOWN}, "subscription"), topic="policy")
    assert judged_together(topics.LISTENED, [topic, policy, subscription]) == []


def inside(*made: Made) -> list[Made]:
    return [BOX, *(replace(one, parent="box") for one in made)]


BY_BOX = waiting(RETENTION.but("bucket", UNKNOWN), bucket="box")
UNTOLD = unchecked(archives.LOCKED, "s3.BucketObjectLockConfiguration 'retention'", "bucket")


def test_a_component_hands_on_the_bucket_that_it_holds() -> None:
    assert said(*inside(UNNAMED), BY_BOX) == []


def test_a_component_hands_on_the_bucket_of_a_component_in_it() -> None:
    inner = replace(BOX, name="inner", parent="box")
    assert said(BOX, inner, replace(UNNAMED, parent="inner"), BY_BOX) == []


def test_a_bucket_by_way_of_what_a_component_holds_is_told() -> None:
    assert said(UNNAMED, *inside(waiting(POLICY, bucket="bucket")), BY_BOX) == []


def test_fails_when_a_component_holds_two_buckets() -> None:
    assert said(*inside(UNNAMED, OTHER.but("bucket", UNKNOWN)), BY_BOX) == [UNTOLD]


def test_fails_when_a_component_holds_a_second_bucket_below_the_first() -> None:
    below = replace(OTHER.but("bucket", UNKNOWN), parent="bucket")
    assert said(*inside(UNNAMED), below, BY_BOX) == [UNTOLD]


def test_fails_when_a_component_holds_another_bucket() -> None:
    assert said(UNNAMED, *inside(OTHER.but("bucket", UNKNOWN)), BY_BOX) == [MISSING]


def test_fails_when_a_component_took_the_bucket_and_may_hand_it_on() -> None:
    assert said(UNNAMED, waiting(BOX, bucket="bucket"), BY_BOX) == [UNTOLD]


def test_fails_when_a_component_took_the_bucket_and_holds_another() -> None:
    box, other = inside(OTHER.but("bucket", UNKNOWN))
    assert said(UNNAMED, waiting(box, bucket="bucket"), other, BY_BOX) == [UNTOLD]


def test_what_is_only_a_child_of_a_resource_is_not_handed_on_by_it() -> None:
    pet = replace(POLICY, name="pet")
    assert said(pet, replace(UNNAMED, parent="pet"), waiting(RETENTION.but("bucket", UNKNOWN), bucket="pet")) == [
        MISSING
    ]


def test_a_known_name_is_compared_whatever_component_it_came_from() -> None:
    assert said(*inside(UNNAMED), BY_BOX.but("bucket", "another")) == [MISSING]
