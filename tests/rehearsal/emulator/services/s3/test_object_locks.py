from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_people import allow, deny, make_role, refuses
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_NAMED: dict[str, Any] = {"Bucket": BUCKET, "Key": "receipts"}
_DAY = 86400


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with a bucket with Object Lock."""
    client = emulator.client("s3")
    make_bucket(client, ObjectLockEnabledForBucket=True)
    return client


def _put(emulator: Emulator, s3: Any, mode: str, days: float) -> dict[str, Any]:
    until = emulator.now() + timedelta(days=days)
    asked = {"ObjectLockMode": mode, "ObjectLockRetainUntilDate": until}
    return {**_NAMED, "VersionId": s3.put_object(**_NAMED, Body=b"1", **asked)["VersionId"]}


def _retain(emulator: Emulator, mode: str, days: float) -> dict[str, Any]:
    return {"Mode": mode, "RetainUntilDate": emulator.now() + timedelta(days=days)}


def _default(**retention: object) -> dict[str, Any]:
    return {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}


def _wait(emulator: Emulator, days: float) -> None:
    emulator.advance(days * _DAY)


@pytest.mark.parametrize("who", ["administrator", "root"])
def test_fails_when_anybody_deletes_what_compliance_retains_before_its_date(
    emulator: Emulator, s3: Any, who: str
) -> None:
    version = _put(emulator, s3, "COMPLIANCE", 30)
    client = emulator.root("s3") if who == "root" else s3
    assert refusal(client.delete_object, **version) == "AccessDenied"
    assert refusal(client.delete_object, **version, BypassGovernanceRetention=True) == "AccessDenied"
    _wait(emulator, 29)
    assert refusal(client.delete_object, **version) == "AccessDenied"


def test_what_compliance_retained_is_deleted_after_its_date_on_the_emulators_clock(emulator: Emulator, s3: Any) -> None:
    version = _put(emulator, s3, "COMPLIANCE", 30)
    _wait(emulator, 30.01)
    s3.delete_object(**version)
    assert "Versions" not in s3.list_object_versions(Bucket=BUCKET)


def test_many_are_deleted_but_for_the_locked(emulator: Emulator, s3: Any) -> None:
    version = _put(emulator, s3, "COMPLIANCE", 30)
    other = s3.put_object(Bucket=BUCKET, Key="free", Body=b"1")["VersionId"]
    objects = [{"Key": "receipts", "VersionId": version["VersionId"]}, {"Key": "free", "VersionId": other}]
    answer = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": objects}, BypassGovernanceRetention=True)
    assert [error["Code"] for error in answer["Errors"]] == ["AccessDenied"]
    assert [deleted["Key"] for deleted in answer["Deleted"]] == ["free"]


def test_a_locked_object_can_be_hidden_and_read_beneath_its_delete_marker(emulator: Emulator, s3: Any) -> None:
    version = _put(emulator, s3, "COMPLIANCE", 30)
    s3.delete_object(**_NAMED)
    assert s3.get_object(**version)["Body"].read() == b"1"


def test_fails_when_a_bucket_with_locked_objects_is_deleted(emulator: Emulator, s3: Any) -> None:
    _put(emulator, s3, "COMPLIANCE", 30)
    assert refusal(s3.delete_bucket, Bucket=BUCKET) == "BucketNotEmpty"


@pytest.mark.parametrize(("mode", "days"), [("COMPLIANCE", 20), ("GOVERNANCE", 40)])
def test_fails_when_a_compliance_retention_gets_weaker(emulator: Emulator, s3: Any, mode: str, days: int) -> None:
    version = _put(emulator, s3, "COMPLIANCE", 30)
    weaker = {"Retention": _retain(emulator, mode, days), "BypassGovernanceRetention": True}
    assert refusal(emulator.root("s3").put_object_retention, **version, **weaker) == "AccessDenied"


def test_a_compliance_retention_gets_longer(emulator: Emulator, s3: Any) -> None:
    version = _put(emulator, s3, "COMPLIANCE", 30)
    s3.put_object_retention(**version, Retention=_retain(emulator, "COMPLIANCE", 40))
    _wait(emulator, 35)
    assert refusal(s3.delete_object, **version) == "AccessDenied"


def test_a_retention_that_is_over_is_replaced_by_any(emulator: Emulator, s3: Any) -> None:
    version = _put(emulator, s3, "COMPLIANCE", 30)
    _wait(emulator, 31)
    s3.put_object_retention(**version, Retention=_retain(emulator, "GOVERNANCE", 1))
    assert s3.get_object_retention(**version)["Retention"]["Mode"] == "GOVERNANCE"


def test_governance_is_bypassed_with_the_header_and_the_right(emulator: Emulator, s3: Any) -> None:
    version = _put(emulator, s3, "GOVERNANCE", 30)
    s3.put_object_retention(**version, Retention=_retain(emulator, "GOVERNANCE", 20), BypassGovernanceRetention=True)
    s3.delete_object(**version, BypassGovernanceRetention=True)
    assert "Versions" not in s3.list_object_versions(Bucket=BUCKET)


def test_fails_when_the_header_is_missing(emulator: Emulator, s3: Any) -> None:
    version = _put(emulator, s3, "GOVERNANCE", 30)
    assert refusal(s3.delete_object, **version) == "AccessDenied"
    shorter = _retain(emulator, "GOVERNANCE", 20)
    assert refusal(s3.put_object_retention, **version, Retention=shorter) == "AccessDenied"


def test_fails_when_the_right_to_bypass_is_missing(emulator: Emulator, s3: Any) -> None:
    version = _put(emulator, s3, "GOVERNANCE", 30)
    arn = make_role(emulator, "eraser", allow("s3:*"), deny("s3:BypassGovernanceRetention"))
    eraser = emulator.client("s3", role_arn=arn)
    asked = {**version, "BypassGovernanceRetention": True}
    assert refusal(eraser.delete_object, **asked) == "AccessDenied"
    shorter = _retain(emulator, "GOVERNANCE", 20)
    assert refusal(eraser.put_object_retention, **asked, Retention=shorter) == "AccessDenied"


def test_fails_when_a_version_under_legal_hold_is_deleted(s3: Any) -> None:
    version = {**_NAMED, "VersionId": s3.put_object(**_NAMED, Body=b"1", ObjectLockLegalHoldStatus="ON")["VersionId"]}
    assert refusal(s3.delete_object, **version, BypassGovernanceRetention=True) == "AccessDenied"
    s3.put_object_legal_hold(**version, LegalHold={"Status": "OFF"})
    s3.delete_object(**version)


@pytest.mark.parametrize(("length", "days"), [({"Days": 10}, 10), ({"Years": 2}, 730)])
def test_the_default_retention_counts_on_the_emulators_clock(
    emulator: Emulator, s3: Any, length: dict[str, int], days: int
) -> None:
    lock = _default(Mode="COMPLIANCE", **length)
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=lock)
    _wait(emulator, 400)
    s3.put_object(**_NAMED, Body=b"1")
    until = s3.get_object_retention(**_NAMED)["Retention"]["RetainUntilDate"]
    assert abs((until - emulator.now()).days - days) <= 1


@pytest.mark.parametrize("length", [{"Days": 0}, {"Days": 36501}, {"Years": 101}])
def test_fails_when_a_default_retention_is_out_of_bounds(s3: Any, length: dict[str, int]) -> None:
    lock = _default(Mode="GOVERNANCE", **length)
    code = refusal(s3.put_object_lock_configuration, Bucket=BUCKET, ObjectLockConfiguration=lock)
    assert code == "InvalidArgument"


@pytest.mark.parametrize("length", [{"Days": 1}, {"Days": 36500}, {"Years": 100}])
def test_a_default_retention_within_bounds_is_taken(s3: Any, length: dict[str, int]) -> None:
    lock = _default(Mode="GOVERNANCE", **length)
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=lock)
    assert s3.get_object_lock_configuration(Bucket=BUCKET)["ObjectLockConfiguration"] == lock


@pytest.mark.parametrize(
    "asked",
    [
        {"ObjectLockMode": "COMPLIANCE"},
        {"ObjectLockRetainUntilDate": "2099-01-01T00:00:00Z"},
        {"ObjectLockMode": "FOREVER", "ObjectLockRetainUntilDate": "2099-01-01T00:00:00Z"},
        {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": "2001-01-01T00:00:00Z"},
        {"ObjectLockLegalHoldStatus": "MAYBE"},
    ],
)
def test_fails_when_an_upload_asks_for_a_lock_that_is_none(s3: Any, asked: dict[str, str]) -> None:
    assert refusal(s3.put_object, **_NAMED, Body=b"1", **asked) == "InvalidArgument"


def test_fails_when_a_retention_is_already_over(emulator: Emulator, s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1")
    over = _retain(emulator, "COMPLIANCE", -1)
    assert refusal(s3.put_object_retention, **_NAMED, Retention=over) == "InvalidArgument"


def test_fails_when_a_bucket_without_object_lock_is_asked_for_one(emulator: Emulator) -> None:
    s3 = emulator.client("s3")
    make_bucket(s3)
    asked = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": "2099-01-01T00:00:00Z"}
    assert refusal(s3.put_object, **_NAMED, Body=b"1", **asked) == "InvalidRequest"
    s3.put_object(**_NAMED, Body=b"1")
    retention = _retain(emulator, "COMPLIANCE", 1)
    assert refusal(s3.put_object_retention, **_NAMED, Retention=retention) == "InvalidRequest"


def test_a_policy_bounds_the_days_of_a_retention(emulator: Emulator, s3: Any) -> None:
    condition = {"NumericGreaterThan": {"s3:object-lock-remaining-retention-days": "30"}}
    arn = make_role(emulator, "locker", allow("s3:*"), deny("s3:*", Condition=condition))
    locker = emulator.client("s3", role_arn=arn)
    version = _put(emulator, locker, "COMPLIANCE", 29)
    longer = _retain(emulator, "COMPLIANCE", 40)
    with refuses("AccessDenied"):
        locker.put_object_retention(**version, Retention=longer)
    with refuses("AccessDenied"):
        _put(emulator, locker, "COMPLIANCE", 40)
    s3.put_object_retention(**version, Retention=longer)


def test_locks_survive_a_crash(own_emulator: Emulator) -> None:
    s3 = own_emulator.client("s3")
    make_bucket(s3, ObjectLockEnabledForBucket=True)
    version = _put(own_emulator, s3, "COMPLIANCE", 30)
    s3.put_object_legal_hold(**version, LegalHold={"Status": "ON"})
    own_emulator.crash()
    s3 = own_emulator.client("s3")
    assert s3.get_object_legal_hold(**version)["LegalHold"]["Status"] == "ON"
    s3.put_object_legal_hold(**version, LegalHold={"Status": "OFF"})
    assert refusal(s3.delete_object, **version) == "AccessDenied"
    _wait(own_emulator, 31)
    s3.delete_object(**version)
