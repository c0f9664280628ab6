import json
from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.provider.driver import CallFailedError, Driver
from tests.rehearsal.provider.journey import Journey
from tests.rehearsal.provider.types.s3_buckets import make_bucket

pytestmark = pytest.mark.emulator

ROLE = f"arn:aws:iam::{PROD}:role/strongroom-replication-prod"
KEY = f"arn:aws:kms:{REGION}:{PROD}:key/11111111-2222-3333-4444-555555555555"


def test_versioning_lives_and_is_suspended_at_its_end(provider: Driver, emulator: Emulator) -> None:
    name = make_bucket(emulator)
    Journey(
        "aws:s3/bucketVersioning:BucketVersioning",
        {"bucket": name, "versioningConfiguration": {"status": "Enabled"}},
        changes=(
            {"versioningConfiguration": {"status": "Suspended"}},
            {"versioningConfiguration": {"status": "Enabled"}},
        ),
        survives_delete=True,
    ).travel(provider)
    assert emulator.client("s3").get_bucket_versioning(Bucket=name)["Status"] == "Suspended"


def test_encryption_lives_and_falls_back_at_its_end(provider: Driver, emulator: Emulator) -> None:
    def rules(**more: Any) -> dict[str, Any]:
        default = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}
        return {"rules": [{"applyServerSideEncryptionByDefault": default, **more}]}

    Journey(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        {"bucket": make_bucket(emulator), **rules(bucketKeyEnabled=True)},
        changes=(
            rules(bucketKeyEnabled=False),
            rules(bucketKeyEnabled=True, blockedEncryptionTypes=["SSE-C"]),
            {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]},
        ),
        survives_delete=True,
    ).travel(provider)


def test_the_public_access_block_lives(provider: Driver, emulator: Emulator) -> None:
    Journey(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        {"bucket": make_bucket(emulator), "blockPublicAcls": True},
        changes=(
            {"blockPublicPolicy": True},
            {"ignorePublicAcls": True},
            {"restrictPublicBuckets": True},
            {"blockPublicAcls": False},
        ),
    ).travel(provider)


def test_ownership_controls_live(provider: Driver, emulator: Emulator) -> None:
    Journey(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        {"bucket": make_bucket(emulator), "rule": {"objectOwnership": "BucketOwnerEnforced"}},
        changes=({"rule": {"objectOwnership": "BucketOwnerPreferred"}},),
    ).travel(provider)


def test_a_policy_lives(provider: Driver, emulator: Emulator) -> None:
    name = make_bucket(emulator)

    def policy(action: str) -> dict[str, Any]:
        statement = {
            "Effect": "Allow",
            "Principal": {"AWS": PROD},
            "Action": [action],
            "Resource": f"arn:aws:s3:::{name}/*",
        }
        return {"Version": "2012-10-17", "Statement": [statement]}

    Journey(
        "aws:s3/bucketPolicy:BucketPolicy",
        {"bucket": name, "policy": json.dumps(policy("s3:GetObject"))},
        changes=({"policy": policy("s3:PutObject")},),
    ).travel(provider)


def test_the_default_retention_lives_and_the_lock_outlives_it(provider: Driver, emulator: Emulator) -> None:
    name = make_bucket(emulator, versioned=True)
    Journey(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        {"bucket": name, "rule": {"defaultRetention": {"mode": "GOVERNANCE", "days": 35}}},
        changes=(
            {"rule": {"defaultRetention": {"mode": "COMPLIANCE", "days": 35}}},
            {"rule": {"defaultRetention": {"mode": "COMPLIANCE", "years": 7}}},
            {"rule": None},
        ),
        survives_delete=True,
    ).travel(provider)
    left = emulator.client("s3").get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"]
    assert left == {"ObjectLockEnabled": "Enabled"}


def test_fails_when_a_lock_comes_before_versioning(provider: Driver, emulator: Emulator) -> None:
    with pytest.raises(
        CallFailedError, match=r"creating S3 Bucket \(.*\) Object Lock Configuration: .*InvalidBucketState"
    ):
        provider.create(
            "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
            "early",
            {"bucket": make_bucket(emulator)},
        )


def test_the_lifecycle_lives(provider: Driver, emulator: Emulator) -> None:
    multipart = {"id": "multipart", "status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}
    old = {
        "id": "old",
        "status": "Enabled",
        "filter": {"prefix": "exports/"},
        "expiration": {"days": 400},
        "noncurrentVersionExpiration": {"noncurrentDays": 60, "newerNoncurrentVersions": 2},
        "transitions": [{"days": 30, "storageClass": "STANDARD_IA"}, {"days": 90, "storageClass": "GLACIER"}],
        "noncurrentVersionTransitions": [{"noncurrentDays": 30, "storageClass": "GLACIER_IR"}],
    }
    both = {"prefix": "a/", "tags": {"class": "short"}, "objectSizeGreaterThan": 1, "objectSizeLessThan": 9}
    dated = {"filter": {"and": both}, "expiration": {"date": "2030-01-01T00:00:00Z"}, "status": "Disabled"}
    tagged = {**old, "id": "tagged", "filter": {"tag": {"key": "class", "value": "short"}}}
    Journey(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        {"bucket": make_bucket(emulator), "rules": [multipart]},
        changes=(
            {"rules": [{**multipart, "filter": {"prefix": "a/"}}, old, tagged]},
            {"rules": [{**old, **dated}], "transitionDefaultMinimumObjectSize": "varies_by_storage_class"},
        ),
    ).travel(provider)


def test_replication_lives(provider: Driver, emulator: Emulator) -> None:
    target = f"arn:aws:s3:::{make_bucket(emulator, versioned=True)}"
    rule: dict[str, Any] = {
        "id": "all",
        "status": "Enabled",
        "filter": {},
        "deleteMarkerReplication": {"status": "Enabled"},
        "destination": {"bucket": target},
    }
    # With tags in its filter a rule cannot replicate delete markers.
    tagged = {**rule, "deleteMarkerReplication": {"status": "Disabled"}}
    full = {
        "bucket": target,
        "account": PROD,
        "storageClass": "STANDARD_IA",
        "accessControlTranslation": {"owner": "Destination"},
        "encryptionConfiguration": {"replicaKmsKeyId": KEY},
        "metrics": {"status": "Enabled", "eventThreshold": {"minutes": 15}},
        "replicationTime": {"status": "Enabled", "time": {"minutes": 15}},
    }
    criteria = {"sseKmsEncryptedObjects": {"status": "Enabled"}, "replicaModifications": {"status": "Enabled"}}
    Journey(
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        {"bucket": make_bucket(emulator, versioned=True), "role": ROLE, "rules": [rule]},
        changes=(
            {"rules": [{**rule, "destination": full, "sourceSelectionCriteria": criteria}]},
            {"rules": [{**tagged, "priority": 3, "filter": {"and": {"prefix": "a/", "tags": {"class": "short"}}}}]},
            {"rules": [{**tagged, "filter": {"tag": {"key": "class", "value": "short"}}}]},
            {"rules": [{**rule, "status": "Disabled", "filter": {"prefix": "b/"}}]},
            {"role": f"{ROLE}-2"},
        ),
    ).travel(provider)


def test_notifications_live(provider: Driver, emulator: Emulator) -> None:
    topic = emulator.client("sns").create_topic(Name="strongroom-prod-notified")["TopicArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": topic,
    }
    emulator.client("sns").set_topic_attributes(
        TopicArn=topic,
        AttributeName="Policy",
        AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )
    told = {"events": ["s3:ObjectRemoved:*"], "topicArn": topic, "filterPrefix": "exports/", "filterSuffix": ".gz"}
    Journey(
        "aws:s3/bucketNotification:BucketNotification",
        {"bucket": make_bucket(emulator), "eventbridge": True},
        changes=({"topics": [told]}, {"eventbridge": False}),
        survives_delete=True,
    ).travel(provider)


def test_request_metrics_live(provider: Driver, emulator: Emulator) -> None:
    Journey(
        "aws:s3/bucketMetric:BucketMetric",
        {"bucket": make_bucket(emulator), "name": "exports", "filter": {"prefix": "exports/"}},
        changes=(
            {"filter": {"prefix": "exports/", "tags": {"class": "short"}}},
            {"filter": {"tags": {"class": "short"}}},
            {"filter": None},
        ),
    ).travel(provider)
