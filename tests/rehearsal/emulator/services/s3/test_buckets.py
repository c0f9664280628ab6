from typing import Any

import pytest

from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.asking import ABSENT_ROLE, BUCKET, make_bucket, policy, trust
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with one versioned bucket in it."""
    client = emulator.client("s3")
    make_bucket(client)
    return client


_SUSPENDED: dict[str, object] = {"Bucket": BUCKET, "VersioningConfiguration": {"Status": "Suspended"}}


def test_versioning_can_be_suspended(s3: Any) -> None:
    s3.put_bucket_versioning(**_SUSPENDED)
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Suspended"


def test_fails_when_versioning_of_a_locked_bucket_is_suspended(s3: Any) -> None:
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})
    assert refusal(s3.put_bucket_versioning, **_SUSPENDED) == "InvalidBucketState"
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"


def test_fails_when_versioning_of_a_replicated_bucket_is_suspended(emulator: Emulator, s3: Any) -> None:
    make_bucket(s3, "strongroom-test-archive")
    emulator.client("iam").create_role(RoleName="replication", AssumeRolePolicyDocument=trust("s3.amazonaws.com"))
    rule = {
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": "arn:aws:s3:::strongroom-test-archive"},
    }
    configuration = {"Role": f"arn:aws:iam::{PROD}:role/replication", "Rules": [rule]}
    s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=configuration)
    assert refusal(s3.put_bucket_versioning, **_SUSPENDED) == "InvalidBucketState"
    s3.delete_bucket_replication(Bucket=BUCKET)
    s3.put_bucket_versioning(**_SUSPENDED)


def _expiring(least_size: str) -> dict[str, object]:
    rules = [{"ID": "old", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 1}}]
    return {
        "Bucket": BUCKET,
        "LifecycleConfiguration": {"Rules": rules},
        "TransitionDefaultMinimumObjectSize": least_size,
    }


def test_the_least_size_is_kept_until_the_next_configuration(s3: Any) -> None:
    for size in ("varies_by_storage_class", "all_storage_classes_128K"):
        answer = s3.put_bucket_lifecycle_configuration(**_expiring(size))
        shown = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)
        assert answer["TransitionDefaultMinimumObjectSize"] == shown["TransitionDefaultMinimumObjectSize"] == size


def test_fails_when_the_least_size_is_unknown(s3: Any) -> None:
    assert refusal(s3.put_bucket_lifecycle_configuration, **_expiring("64K")) == "InvalidRequest"
    code = refusal(s3.get_bucket_lifecycle_configuration, Bucket=BUCKET)
    assert code == "NoSuchLifecycleConfiguration"


@pytest.mark.parametrize("document", ["no json", "{}", policy(Principal={"AWS": ABSENT_ROLE}, Action="s3:GetObject")])
def test_fails_when_a_bucket_policy_is_none_or_names_who_is_not_there(s3: Any, document: str) -> None:
    assert refusal(s3.put_bucket_policy, Bucket=BUCKET, Policy=document) == "MalformedPolicy"


def test_a_bucket_policy_may_name_accounts_and_roles_that_exist(emulator: Emulator, s3: Any) -> None:
    role = emulator.client("iam").create_role(RoleName="reader", AssumeRolePolicyDocument=trust("s3.amazonaws.com"))
    for principal in (PROD, role["Role"]["Arn"]):
        document = policy(Principal={"AWS": principal}, Action="s3:GetObject", Resource=f"arn:aws:s3:::{BUCKET}/*")
        s3.put_bucket_policy(Bucket=BUCKET, Policy=document)
