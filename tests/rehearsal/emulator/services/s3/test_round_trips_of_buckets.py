"""Every property of buckets and objects that a backup program sets comes back as it was set."""

from datetime import UTC, datetime

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import (
    BUCKET,
    TAGS,
    Trip,
    make_bucket,
    make_key,
    members,
    policy,
    trust,
    without,
)

pytestmark = pytest.mark.emulator


def bucket(emulator: Emulator) -> tuple[object, object]:
    s3 = emulator.client("s3")
    s3.create_bucket(
        Bucket=BUCKET,
        CreateBucketConfiguration={"LocationConstraint": REGION, "Tags": TAGS},
        ObjectLockEnabledForBucket=True,
    )
    got = (
        s3.get_bucket_tagging(Bucket=BUCKET)["TagSet"],
        s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"],
        s3.get_bucket_versioning(Bucket=BUCKET)["Status"],
        s3.get_object_lock_configuration(Bucket=BUCKET)["ObjectLockConfiguration"],
    )
    return (TAGS, REGION, "Enabled", {"ObjectLockEnabled": "Enabled"}), got


def bucket_encryption(emulator: Emulator) -> tuple[object, object]:
    s3 = emulator.client("s3")
    make_bucket(s3)
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": make_key(emulator)}
    asked = {"Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]}
    s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration=asked)
    return asked, s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]


def bucket_lock(emulator: Emulator) -> tuple[object, object]:
    s3 = emulator.client("s3")
    make_bucket(s3, ObjectLockEnabledForBucket=True)
    retention = {"Mode": "COMPLIANCE", "Days": 2557}
    asked = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=asked)
    return asked, s3.get_object_lock_configuration(Bucket=BUCKET)["ObjectLockConfiguration"]


def bucket_lifecycle(emulator: Emulator) -> tuple[object, object]:
    s3 = emulator.client("s3")
    make_bucket(s3)
    rules = [
        {
            "ID": "old",
            "Status": "Enabled",
            "Filter": {"And": {"Prefix": "x/", "Tags": TAGS, "ObjectSizeGreaterThan": 5, "ObjectSizeLessThan": 9}},
            "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 60, "StorageClass": "GLACIER"}],
            "Expiration": {"Days": 400},
            "NoncurrentVersionTransitions": [
                {"NoncurrentDays": 30, "StorageClass": "STANDARD_IA", "NewerNoncurrentVersions": 2}
            ],
            "NoncurrentVersionExpiration": {"NoncurrentDays": 90, "NewerNoncurrentVersions": 3},
        },
        {
            "ID": "uploads",
            "Status": "Disabled",
            "Filter": {},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
            "Expiration": {"ExpiredObjectDeleteMarker": True},
        },
        {"ID": "tagged", "Status": "Enabled", "Filter": {"Tag": TAGS[0]}, "Expiration": {"Days": 1}},
        {
            "ID": "once",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "Expiration": {"Date": datetime(2030, 1, 1, tzinfo=UTC)},
        },
    ]
    asked = {"Rules": rules, "TransitionDefaultMinimumObjectSize": "varies_by_storage_class"}
    s3.put_bucket_lifecycle_configuration(
        Bucket=BUCKET,
        LifecycleConfiguration={"Rules": rules},
        TransitionDefaultMinimumObjectSize="varies_by_storage_class",
    )
    return asked, without(s3.get_bucket_lifecycle_configuration(Bucket=BUCKET))


def bucket_replication(emulator: Emulator) -> tuple[object, object]:
    s3, key_arn = emulator.client("s3"), make_key(emulator)
    make_bucket(s3)
    make_bucket(s3, "strongroom-test-archive")
    emulator.client("iam").create_role(RoleName="replication", AssumeRolePolicyDocument=trust("s3.amazonaws.com"))
    rule = {
        "ID": "everything",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}},
        "Destination": {
            "Bucket": "arn:aws:s3:::strongroom-test-archive",
            "Account": PROD,
            "StorageClass": "STANDARD",
            "AccessControlTranslation": {"Owner": "Destination"},
            "EncryptionConfiguration": {"ReplicaKmsKeyID": key_arn},
            "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
            "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
        },
    }
    asked = {"Role": f"arn:aws:iam::{PROD}:role/replication", "Rules": [rule]}
    s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=asked)
    return asked, s3.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]


def bucket_guards(emulator: Emulator) -> tuple[object, object]:
    s3 = emulator.client("s3")
    make_bucket(s3)
    blocks = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": False,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
    controls = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    logging = {"LoggingEnabled": {"TargetBucket": BUCKET, "TargetPrefix": "log/"}}
    document = policy(Effect="Deny", Principal="*", Action="s3:DeleteBucket", Resource=f"arn:aws:s3:::{BUCKET}")
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=blocks)
    s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=controls)
    s3.put_bucket_logging(Bucket=BUCKET, BucketLoggingStatus=logging)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=document)
    s3.put_bucket_notification_configuration(Bucket=BUCKET, NotificationConfiguration={"EventBridgeConfiguration": {}})
    got = (
        s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"],
        s3.get_bucket_ownership_controls(Bucket=BUCKET)["OwnershipControls"],
        without(s3.get_bucket_logging(Bucket=BUCKET)),
        s3.get_bucket_policy(Bucket=BUCKET)["Policy"],
        without(s3.get_bucket_notification_configuration(Bucket=BUCKET)),
    )
    events: dict[str, dict[str, str]] = {"EventBridgeConfiguration": {}}
    return (blocks, controls, logging, document, events), got


def bucket_object(emulator: Emulator) -> tuple[object, object]:
    s3 = emulator.client("s3")
    make_bucket(s3, ObjectLockEnabledForBucket=True)
    asked = {
        "ContentType": "application/json",
        "Metadata": {"version": "1"},
        "ServerSideEncryption": "aws:kms",
        "SSEKMSKeyId": make_key(emulator),
        "ObjectLockMode": "GOVERNANCE",
        "ObjectLockRetainUntilDate": datetime(2030, 1, 1, tzinfo=UTC),
        "ObjectLockLegalHoldStatus": "ON",
        "StorageClass": "STANDARD_IA",
    }
    s3.put_object(Bucket=BUCKET, Key="settings.json", Body=b"{}", Tagging="owner=platform", **asked)
    shown = s3.head_object(Bucket=BUCKET, Key="settings.json")
    tags = s3.get_object_tagging(Bucket=BUCKET, Key="settings.json")["TagSet"]
    return asked | {"tags": TAGS}, members(shown, asked) | {"tags": tags}


@pytest.mark.parametrize(
    "trip", [bucket, bucket_encryption, bucket_lock, bucket_lifecycle, bucket_replication, bucket_guards, bucket_object]
)
def test_every_property_that_is_set_is_read_back(emulator: Emulator, trip: Trip) -> None:
    asked, got = trip(emulator)
    assert got == asked
