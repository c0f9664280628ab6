import pytest

from tests.emulator_process import REGION, Emulator
from tests.rehearsal.provider.driver import CallFailedError, Driver
from tests.rehearsal.provider.journey import Journey

pytestmark = pytest.mark.emulator

BUCKET = "aws:s3/bucket:Bucket"


def test_a_bucket_lives(provider: Driver) -> None:
    Journey(
        BUCKET,
        {"bucket": "strongroom-prod-journey", "tags": {"owner": "platform", "table": "receipts"}},
        changes=(
            {"forceDestroy": True},
            {"tags": {"owner": "data", "class": "critical"}},
            {"tags": {}},
        ),
        unreadable=frozenset({"forceDestroy"}),
    ).travel(provider)


def test_a_bucket_with_a_lock_tells_it(provider: Driver) -> None:
    made = provider.create(BUCKET, "locked", {"bucket": "strongroom-prod-locked", "objectLockEnabled": True})
    assert made.state["objectLockConfiguration"] == {"objectLockEnabled": "Enabled"}
    assert made.state["versioning"] == {"enabled": True, "mfaDelete": False}
    assert made.state["bucketRegionalDomainName"] == f"strongroom-prod-locked.s3.{REGION}.amazonaws.com"
    provider.delete(made)


def test_fails_when_the_bucket_exists(provider: Driver) -> None:
    made = provider.create(BUCKET, "first", {"bucket": "strongroom-prod-taken"})
    with pytest.raises(CallFailedError, match=r"creating S3 Bucket \(strongroom-prod-taken\).*BucketAlreadyOwnedByYou"):
        provider.create(BUCKET, "second", {"bucket": "strongroom-prod-taken"})
    provider.delete(made)


def test_a_bucket_gone_behind_the_engine_is_gone(provider: Driver, emulator: Emulator) -> None:
    made = provider.create(BUCKET, "lost", {"bucket": "strongroom-prod-lost"})
    emulator.client("s3").delete_bucket(Bucket=made.id)
    assert provider.refresh(made) is None
    provider.delete(made)


def test_a_full_bucket_is_emptied_only_when_the_state_allows_it(provider: Driver, emulator: Emulator) -> None:
    given = {"bucket": "strongroom-prod-full", "objectLockEnabled": True}
    made = provider.create(BUCKET, "full", given)
    s3 = emulator.client("s3")
    s3.put_object(
        Bucket=made.id,
        Key="k",
        Body=b"1",
        ObjectLockMode="GOVERNANCE",
        ObjectLockRetainUntilDate="2099-01-01T00:00:00Z",
    )
    s3.delete_object(Bucket=made.id, Key="k")
    with pytest.raises(CallFailedError, match="BucketNotEmpty"):
        provider.delete(made)
    provider.delete(provider.update(made, {**given, "forceDestroy": True}))
    assert provider.refresh(made) is None


def test_a_governed_object_under_a_legal_hold_goes_at_the_second_try(provider: Driver, emulator: Emulator) -> None:
    made = provider.create(
        BUCKET, "held", {"bucket": "strongroom-prod-held", "objectLockEnabled": True, "forceDestroy": True}
    )
    emulator.client("s3").put_object(
        Bucket=made.id,
        Key="k",
        Body=b"1",
        ObjectLockMode="GOVERNANCE",
        ObjectLockRetainUntilDate="2099-01-01T00:00:00Z",
        ObjectLockLegalHoldStatus="ON",
    )
    with pytest.raises(CallFailedError, match=r"emptying S3 Bucket .*AccessDenied"):
        provider.delete(made)
    provider.delete(made)
    assert provider.refresh(made) is None


def test_fails_when_an_object_is_kept_in_compliance(provider: Driver, emulator: Emulator) -> None:
    made = provider.create(
        BUCKET, "kept", {"bucket": "strongroom-prod-kept", "objectLockEnabled": True, "forceDestroy": True}
    )
    emulator.client("s3").put_object(
        Bucket=made.id,
        Key="k",
        Body=b"1",
        ObjectLockMode="COMPLIANCE",
        ObjectLockRetainUntilDate="2099-01-01T00:00:00Z",
    )
    for _ in range(2):
        with pytest.raises(CallFailedError, match=r"emptying S3 Bucket .*AccessDenied"):
            provider.delete(made)
