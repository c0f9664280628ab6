import json
from typing import Any

import pulumi_aws as aws
import pytest

from components.replicated_export_bucket import BucketEnds, ReplicatedExportBucket, ReplicatedExportBucketArgs
from strongroom.config.archive import RetentionMode
from tests.recorder import Recording, record, run

EXPORTS: ReplicatedExportBucketArgs = {
    "ends": BucketEnds.EXPORTS,
    "region": "eu-west-2",
    "source": {
        "environment": "prod",
        "account_id": "111111111111",
        "sources_path": "o-exampleorg1/r-exam/ou-exam-sources1/",
    },
    "archive_account_id": "333333333333",
}
ARCHIVE: ReplicatedExportBucketArgs = {**EXPORTS, "ends": BucketEnds.ARCHIVE}
EXPORTS_NAME = "strongroom-prod-exports-111111111111-eu-west-2"
ARCHIVE_NAME = "strongroom-prod-archive-333333333333-eu-west-2"
ENDS = pytest.mark.parametrize(
    ("args", "end"), [(EXPORTS, "prod-exports"), (ARCHIVE, "prod-archive")], ids=["exports", "archive"]
)


def bucket(args: ReplicatedExportBucketArgs) -> Recording:
    return run(lambda: ReplicatedExportBucket("prod", args))


def both() -> Recording:
    def program() -> None:
        other = aws.Provider("other", region="eu-west-2")
        ReplicatedExportBucket("prod", {**EXPORTS, "ends": BucketEnds.BOTH, "archive_provider": other})

    return run(program)


def rule(seen: Recording) -> dict[str, Any]:
    (only,) = seen["prod-exports-replication"].inputs["rules"]
    return only


def refused(args: ReplicatedExportBucketArgs, sentence: str) -> None:
    seen = Recording()
    with pytest.raises(ValueError, match=sentence):
        record(lambda: ReplicatedExportBucket("prod", args), seen)
    assert not seen.resources


def denied(seen: Recording, policy: str) -> dict[str, Any]:
    statements = json.loads(seen[policy].inputs["policy"])["Statement"]
    return {one["Sid"]: one for one in statements if one["Effect"] == "Deny"}


@ENDS
def test_an_end_makes_its_own_bucket_and_not_the_other(args: ReplicatedExportBucketArgs, end: str) -> None:
    seen = bucket(args)
    assert [one.name for one in seen.of("aws:s3/bucket:Bucket")] == [f"{end}-bucket"]
    assert all(one.name.startswith(end) for one in seen.in_aws)


@ENDS
def test_both_names_are_told_whoever_makes_the_buckets(args: ReplicatedExportBucketArgs, end: str) -> None:
    (told,) = [one for urn, one in bucket(args).outputs.items() if "ReplicatedExportBucket" in urn]
    assert end
    assert told == {"exports_bucket": EXPORTS_NAME, "archive_bucket": ARCHIVE_NAME}


@ENDS
def test_every_version_of_every_object_is_kept_encrypted(args: ReplicatedExportBucketArgs, end: str) -> None:
    seen = bucket(args)
    assert seen[f"{end}-versioning"].inputs["versioningConfiguration"] == {"status": "Enabled"}
    (encrypted,) = seen[f"{end}-encryption"].inputs["rules"]
    assert encrypted["bucketKeyEnabled"] is True
    assert encrypted["applyServerSideEncryptionByDefault"] == {
        "sseAlgorithm": "aws:kms",
        "kmsMasterKeyId": f"{end}-key-arn",
    }


@ENDS
def test_nothing_of_it_is_public_and_no_acl_counts(args: ReplicatedExportBucketArgs, end: str) -> None:
    seen = bucket(args)
    shut = seen[f"{end}-public-access"].inputs
    assert {key for key, value in shut.items() if value is True} == {
        "blockPublicAcls",
        "blockPublicPolicy",
        "ignorePublicAcls",
        "restrictPublicBuckets",
    }
    assert seen[f"{end}-ownership"].inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}


@ENDS
def test_only_tls_and_only_its_key_are_let_in(args: ReplicatedExportBucketArgs, end: str) -> None:
    statements = denied(bucket(args), f"{end}-policy")
    assert statements["OnlyOverTls"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert f"{end}-key-arn" in json.dumps(statements["OnlyUnderThisKey"])


@ENDS
def test_access_is_changed_one_setting_after_the_other(args: ReplicatedExportBucketArgs, end: str) -> None:
    seen = bucket(args)
    assert seen[f"{end}-ownership"].urn in seen[f"{end}-public-access"].depends_on
    assert seen[f"{end}-public-access"].urn in seen[f"{end}-policy"].depends_on


@ENDS
def test_abandoned_uploads_go_after_a_week_and_small_objects_stay(args: ReplicatedExportBucketArgs, end: str) -> None:
    lifecycle = bucket(args)[f"{end}-lifecycle"].inputs
    uploads = next(one for one in lifecycle["rules"] if one["id"] == "abandoned-uploads")
    assert uploads["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}
    assert lifecycle["transitionDefaultMinimumObjectSize"] == "all_storage_classes_128K"


@ENDS
def test_destroying_the_stack_leaves_objects_key_and_what_guards_them(
    args: ReplicatedExportBucketArgs, end: str
) -> None:
    seen = bucket(args)
    assert seen[f"{end}-bucket"].protect
    assert all(one.protect and one.retain_on_delete for one in seen.in_aws)


@ENDS
def test_a_disposable_stack_takes_everything_with_it(args: ReplicatedExportBucketArgs, end: str) -> None:
    seen = bucket({**args, "disposable": True})
    assert not [one.name for one in seen.resources if one.protect or one.retain_on_delete]
    assert seen[f"{end}-bucket"].inputs["forceDestroy"] is (end == "prod-exports")


def test_the_archive_locks_every_object_for_its_time() -> None:
    seen = bucket({**ARCHIVE, "retention_days": 2192})
    assert seen["prod-archive-bucket"].inputs["objectLockEnabled"] is True
    assert seen["prod-archive-lock"].inputs["rule"] == {"defaultRetention": {"mode": "GOVERNANCE", "days": 2192}}


def test_the_archives_lock_can_be_one_that_nobody_lifts() -> None:
    seen = bucket({**ARCHIVE, "mode": RetentionMode.COMPLIANCE})
    assert seen["prod-archive-lock"].inputs["rule"] == {"defaultRetention": {"mode": "COMPLIANCE", "days": 2557}}


def test_nothing_of_the_archive_expires_before_its_lock() -> None:
    rules = bucket({**ARCHIVE, "retention_days": 3653})["prod-archive-lifecycle"].inputs["rules"]
    assert not [one for one in rules if "expiration" in one]
    assert [one["noncurrentVersionExpiration"] for one in rules if "noncurrentVersionExpiration" in one] == [
        {"noncurrentDays": 3653}
    ]


def test_only_the_sources_replication_role_writes_to_the_archive() -> None:
    statements = json.loads(bucket(ARCHIVE)["prod-archive-policy"].inputs["policy"])["Statement"]
    let_in = [one for one in statements if one["Effect"] == "Allow"]
    assert {pattern for one in let_in for pattern in one["Condition"]["ArnLike"]["aws:PrincipalArn"]} == {
        "arn:aws:iam::111111111111:role/strongroom-replication-prod",
        "arn:aws:iam::*:role/strongroom-replication-prod",
    }


def test_both_ends_lie_each_under_its_own_provider() -> None:
    seen = both()
    assert {one.name for one in seen.in_aws if one.provider == "other"} == {
        one.name for one in seen.in_aws if one.name.startswith("prod-archive-")
    }


def test_with_both_ends_here_replication_waits_for_the_archive_and_uses_its_key() -> None:
    seen = both()
    waited = seen["prod-exports-replication"].depends_on
    assert {seen["prod-archive-versioning"].urn, seen["prod-archive-lock"].urn} <= waited
    assert rule(seen)["destination"]["encryptionConfiguration"] == {"replicaKmsKeyId": "prod-archive-key-arn"}


def test_with_both_ends_here_the_provisioner_takes_care_of_the_archive() -> None:
    carers = denied(both(), "prod-archive-policy")["KeepTheGuards"]["Condition"]["ArnNotLike"]["aws:PrincipalArn"]
    assert "arn:aws:iam::333333333333:role/strongroom-provisioner-prod" in carers
    carers = denied(bucket(ARCHIVE), "prod-archive-policy")["KeepTheGuards"]["Condition"]["ArnNotLike"]
    assert "arn:aws:iam::333333333333:role/strongroom-provisioner-prod" not in carers["aws:PrincipalArn"]


def test_fails_when_both_ends_have_no_second_provider() -> None:
    refused({**EXPORTS, "ends": BucketEnds.BOTH}, "archive_provider is missing")


def test_fails_when_one_end_has_a_second_provider() -> None:
    seen = Recording()

    def program() -> None:
        other = aws.Provider("other", region="eu-west-2")
        ReplicatedExportBucket("prod", {**EXPORTS, "archive_provider": other})

    with pytest.raises(ValueError, match="archive_provider belongs to both ends, got ends 'exports'"):
        record(program, seen)
    assert not seen.in_aws


@pytest.mark.parametrize("days", [2191, 3654])
def test_fails_when_the_retention_is_outside_the_longest_tier(days: int) -> None:
    refused({**ARCHIVE, "retention_days": days}, f"retention_days must be 2192 to 3653 days, got {days}")


def test_fails_when_the_region_is_none() -> None:
    refused({**EXPORTS, "region": "london"}, "region must be a region such as eu-west-2")
