"""Which role replicates a bucket, what it may do and whether a lock keeps the bucket is told by names and links."""

from dataclasses import replace

import pulumi_aws as aws
from strongroom_policies import replication_roles

from tests.policies.examples.replication_roles import LOCKS, POLICY, REPLICATION, ROLE, STACK, VERSIONS, policy
from tests.policies.examples.stack_buckets import BUCKET, OTHER_REPLICATION, RETENTION
from tests.policies.judging import UNKNOWN, Made, judged_together, unchecked

WEAK = POLICY.but("policy", policy(VERSIONS))
RULE = replication_roles.ROLE


def said(*stack: Made) -> list[str]:
    return [sentence for _, sentence in judged_together(RULE, stack)]


def lacks_locks(sentences: list[str]) -> bool:
    return [f"may not {', '.join(LOCKS)} on archive/*" in one for one in sentences] == [True]


def test_a_role_is_linked_by_dependency() -> None:
    linked = replace(REPLICATION.but("role", UNKNOWN), waits_for={"role": "role"})
    assert said(RETENTION, linked, ROLE, POLICY) == []
    assert lacks_locks(said(RETENTION, linked, ROLE, WEAK))


def test_fails_when_nothing_tells_which_role_replicates() -> None:
    assert said(RETENTION, REPLICATION.but("role", UNKNOWN), ROLE, POLICY) == [
        unchecked(RULE, "s3.BucketReplicationConfig 'replication'", "role")
    ]


def test_a_policy_of_its_own_is_attached_by_dependency() -> None:
    own = Made(aws.iam.Policy, {"policy": policy()}, "own")
    attachment = Made(
        aws.iam.RolePolicyAttachment,
        {"role": "replicates", "policyArn": UNKNOWN},
        "attachment",
        waits_for={"policyArn": "own"},
    )
    assert said(RETENTION, REPLICATION, ROLE, own, attachment) == []
    assert lacks_locks(said(RETENTION, REPLICATION, ROLE, own.but("policy", policy(VERSIONS)), attachment))


def test_inline_policies_of_the_role_count() -> None:
    inline = ROLE.but("inlinePolicies", [{"name": "replicates", "policy": policy()}])
    assert said(RETENTION, REPLICATION, inline) == []
    unknown = ROLE.but("inlinePolicies", [{"name": "replicates", "policy": UNKNOWN}])
    assert set(said(RETENTION, REPLICATION, unknown)) == {unchecked(RULE, "iam.Role 'role'", "inlinePolicies.0.policy")}


def test_a_policy_that_is_unknown_is_not_asked_where_the_others_allow_everything() -> None:
    unknown = replace(POLICY.but("policy", UNKNOWN), name="unknown")
    assert said(*STACK, unknown) == []


def test_a_lock_is_linked_by_the_bucket_of_both() -> None:
    locked = replace(RETENTION.but("bucket", UNKNOWN), waits_for={"bucket": "bucket"})
    assert lacks_locks(said(BUCKET, locked, REPLICATION, ROLE, WEAK))


def test_the_lock_of_another_bucket_asks_for_nothing() -> None:
    other = replace(BUCKET.but("bucket", "another"), name="other")
    locked = replace(RETENTION.but("bucket", UNKNOWN), waits_for={"bucket": "other"})
    assert said(BUCKET, other, locked, REPLICATION, ROLE, WEAK) == []


def test_fails_when_nothing_tells_whose_a_lock_is() -> None:
    found = said(RETENTION.but("bucket", UNKNOWN), REPLICATION, ROLE, WEAK)
    assert found == [unchecked(RULE, "s3.BucketObjectLockConfiguration 'retention'", "bucket")]


def test_a_replication_without_role_is_refused() -> None:
    (found,) = said(OTHER_REPLICATION, ROLE, POLICY)
    assert "works with a role that this stack does not make" in found
