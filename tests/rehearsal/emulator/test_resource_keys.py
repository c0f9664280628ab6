"""Condition keys that tell of the resource and of the time, in a resource's policy as in anyone's."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.emulator_people import allow, deny, document, make_role, refuses
from tests.emulator_process import BACKUP, PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

BUCKET = "strongroom-keys-of-resources"


def test_the_tags_of_a_key_are_known_to_its_policy(emulator: Emulator) -> None:
    role = make_role(emulator, "reader")
    production = {"StringEquals": {"aws:ResourceTag/stage": "prod"}}
    policy = document(
        allow("kms:*", Principal={"AWS": PROD}),
        allow("kms:DescribeKey", Principal={"AWS": role}, Condition=production),
    )
    kms, reader = emulator.client("kms"), emulator.client("kms", role_arn=role)
    key = kms.create_key(Policy=policy, Tags=[{"TagKey": "stage", "TagValue": "ci"}])["KeyMetadata"]["Arn"]
    with refuses("AccessDeniedException"):
        reader.describe_key(KeyId=key)
    kms.tag_resource(KeyId=key, Tags=[{"TagKey": "stage", "TagValue": "prod"}])
    assert reader.describe_key(KeyId=key)["KeyMetadata"]["Arn"] == key


def test_the_tags_of_a_foreign_key_are_known_to_the_callers_policy(emulator: Emulator) -> None:
    central = {"StringEquals": {"aws:ResourceTag/kind": "central"}}
    role = make_role(emulator, "reader", allow("kms:DescribeKey", Condition=central))
    policy = document(allow("kms:*", Principal={"AWS": BACKUP}), allow("kms:DescribeKey", Principal={"AWS": role}))
    kms = emulator.client("kms", account=BACKUP)
    key = kms.create_key(Policy=policy, Tags=[{"TagKey": "kind", "TagValue": "central"}])["KeyMetadata"]["Arn"]
    other = kms.create_key(Policy=policy)["KeyMetadata"]["Arn"]
    reader = emulator.client("kms", role_arn=role)
    assert reader.describe_key(KeyId=key)["KeyMetadata"]["Arn"] == key
    with refuses("AccessDeniedException"):
        reader.describe_key(KeyId=other)


def test_the_time_is_that_of_the_emulators_clock(emulator: Emulator) -> None:
    end = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    role = make_role(emulator, "guest", allow("sqs:*", Condition={"DateLessThan": {"aws:CurrentTime": end}}))
    guest = emulator.client("sqs", role_arn=role)
    guest.list_queues()
    emulator.advance(2 * 86_400)
    with refuses("AccessDenied"):
        guest.list_queues()


def test_the_root_of_a_buckets_owner_takes_back_a_policy_that_shuts_everyone_out(emulator: Emulator) -> None:
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    every = [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"]
    s3.put_bucket_policy(Bucket=BUCKET, Policy=document(deny("s3:*", every, Principal="*")))
    with refuses("AccessDenied"):
        s3.delete_bucket_policy(Bucket=BUCKET)
    with refuses("AccessDenied"):
        emulator.root("s3").list_objects_v2(Bucket=BUCKET)
    emulator.root("s3").delete_bucket_policy(Bucket=BUCKET)
    assert s3.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0
