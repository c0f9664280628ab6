from typing import Any

import pytest

from tests.emulator_people import allow, deny, document, make_role, refuses
from tests.emulator_process import BACKUP, PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

ALL = ["arn:aws:s3:::shared", "arn:aws:s3:::shared/*"]


@pytest.fixture
def shared(emulator: Emulator) -> Any:
    """A bucket of the backup account, with an object in it."""
    s3 = emulator.client("s3", account=BACKUP)
    s3.create_bucket(Bucket="shared", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="shared", Key="k", Body=b"v")
    return s3


def let_in(s3: Any, *statements: dict[str, Any]) -> None:
    s3.put_bucket_policy(Bucket="shared", Policy=document(*statements))


def test_a_role_named_in_the_policy_of_another_accounts_bucket_gets_in(emulator: Emulator, shared: Any) -> None:
    role = make_role(emulator, "reader", allow("s3:*"))
    let_in(shared, allow("s3:GetObject", ALL, Principal={"AWS": role}))
    assert emulator.client("s3", role_arn=role).get_object(Bucket="shared", Key="k")["Body"].read() == b"v"


def test_fails_when_the_policy_names_another_role(emulator: Emulator, shared: Any) -> None:
    named, other = make_role(emulator, "named", allow("s3:*")), make_role(emulator, "other", allow("s3:*"))
    let_in(shared, allow("s3:GetObject", ALL, Principal={"AWS": named}))
    with refuses("AccessDenied"):
        emulator.client("s3", role_arn=other).get_object(Bucket="shared", Key="k")


def test_a_pattern_for_the_principal_arn_lets_its_roles_in(emulator: Emulator, shared: Any) -> None:
    role, other = make_role(emulator, "copy-1", allow("s3:*")), make_role(emulator, "other", allow("s3:*"))
    pattern = {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{PROD}:role/copy-*"}}
    let_in(shared, allow("s3:GetObject", ALL, Principal={"AWS": PROD}, Condition=pattern))
    assert emulator.client("s3", role_arn=role).get_object(Bucket="shared", Key="k")["ContentLength"] == 1
    with refuses("AccessDenied"):
        emulator.client("s3", role_arn=other).get_object(Bucket="shared", Key="k")


def test_fails_when_the_callers_own_policies_do_not_allow(emulator: Emulator, shared: Any) -> None:
    role = make_role(emulator, "powerless", allow("s3:ListBucket"))
    let_in(shared, allow("s3:GetObject", ALL, Principal={"AWS": role}))
    with refuses("AccessDenied"):
        emulator.client("s3", role_arn=role).get_object(Bucket="shared", Key="k")


def test_fails_when_the_bucket_policy_denies(emulator: Emulator, shared: Any) -> None:
    role = make_role(emulator, "reader", allow("s3:*"))
    let_in(shared, allow("s3:*", ALL, Principal={"AWS": PROD}), deny("s3:GetObject", ALL, Principal={"AWS": role}))
    s3 = emulator.client("s3", role_arn=role)
    assert s3.list_objects_v2(Bucket="shared")["KeyCount"] == 1
    with refuses("AccessDenied"):
        s3.get_object(Bucket="shared", Key="k")


def test_fails_when_a_copy_reads_what_its_caller_may_not(emulator: Emulator, shared: Any) -> None:
    own = emulator.client("s3")
    own.create_bucket(Bucket="own", CreateBucketConfiguration={"LocationConstraint": REGION})
    let_in(shared, allow("s3:GetObject", ALL, Principal={"AWS": make_role(emulator, "named", allow("s3:*"))}))
    with refuses("AccessDenied"):
        own.copy_object(Bucket="own", Key="stolen", CopySource={"Bucket": "shared", "Key": "k"})


def test_the_expected_owner_is_checked(shared: Any) -> None:
    assert shared.head_bucket(Bucket="shared", ExpectedBucketOwner=BACKUP)
    with refuses("403"):
        shared.head_bucket(Bucket="shared", ExpectedBucketOwner=PROD)
    with refuses("AccessDenied"):
        shared.get_object(Bucket="shared", Key="k", ExpectedBucketOwner=PROD)
