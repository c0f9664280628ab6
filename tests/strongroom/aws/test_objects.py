from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from strongroom.aws.errors import DeniedError, FailedError, NotThereError
from strongroom.aws.objects import S3Objects
from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.strongroom.aws.canned import Answer, Canned, always

BUCKET = "strongroom-prod-archive"
KEY = "manifest/prod/settings.json"
LATEST = b'<?xml version="1.0"?><ListVersionsResult><Name>b</Name>%s</ListVersionsResult>'


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of the backup account with a locked bucket, and two keys that begin alike."""
    client = emulator.client("s3", account=BACKUP)
    place = {"LocationConstraint": REGION}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place, ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 30}}
    lock = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    client.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=lock)
    client.put_object(Bucket=BUCKET, Key=f"{KEY}.other", Body=b"other")
    return client


@pytest.mark.emulator
def test_what_a_delete_marker_hides_is_still_read(s3: Any) -> None:
    ids = [s3.put_object(Bucket=BUCKET, Key=KEY, Body=body)["VersionId"] for body in (b"first", b"second")]
    marker = s3.delete_object(Bucket=BUCKET, Key=KEY)["VersionId"]
    door = S3Objects(s3)
    found = door.versions(BUCKET, KEY, BACKUP)
    assert [one.version_id for one in found] == [marker, *reversed(ids)]
    assert [(one.is_delete_marker, one.is_latest, one.size) for one in found] == [
        (True, True, 0),
        (False, False, 6),
        (False, False, 5),
    ]
    assert [door.read(BUCKET, KEY, id_, BACKUP) for id_ in ids] == [b"first", b"second"]


@pytest.mark.emulator
def test_a_version_tells_until_when_it_is_locked(s3: Any) -> None:
    made = s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"body")["VersionId"]
    found = S3Objects(s3).head(BUCKET, KEY, made, BACKUP)
    assert found.locked_until
    assert abs(found.locked_until - found.modified - timedelta(days=30)) < timedelta(seconds=1)
    assert (found.size, found.replication_status, found.is_delete_marker) == (4, None, False)


@pytest.mark.emulator
def test_an_object_that_never_was_has_no_versions(s3: Any) -> None:
    assert S3Objects(s3).versions(BUCKET, "manifest", BACKUP) == []


@pytest.mark.emulator
def test_fails_when_the_bucket_is_missing_or_of_another_owner(s3: Any) -> None:
    made = s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"body")["VersionId"]
    door = S3Objects(s3)
    with pytest.raises(NotThereError, match="NoSuchBucket"):
        door.versions("strongroom-prod-nowhere", KEY, BACKUP)
    with pytest.raises(DeniedError, match=r"listing the versions of .*: AccessDenied"):
        door.versions(BUCKET, KEY, PROD)
    with pytest.raises(DeniedError, match=r"reading version .*: AccessDenied"):
        door.read(BUCKET, KEY, made, PROD)
    with pytest.raises(DeniedError, match=r"looking at version .*: 403"):
        door.head(BUCKET, KEY, made, PROD)


@pytest.mark.emulator
def test_fails_when_a_version_is_not_there(s3: Any) -> None:
    made = s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"body")["VersionId"]
    with pytest.raises(NotThereError):
        S3Objects(s3).read(BUCKET, "other", made, BACKUP)


@pytest.mark.emulator
def test_fails_when_a_delete_marker_is_read(s3: Any) -> None:
    marker = s3.delete_object(Bucket=BUCKET, Key=KEY)["VersionId"]
    with pytest.raises(FailedError, match="MethodNotAllowed"):
        S3Objects(s3).read(BUCKET, KEY, marker, BACKUP)


def listed(kind: str, number: int, key: str = KEY, second: int | None = None) -> bytes:
    size = b"<Size>1</Size>" if kind == "Version" else b""
    return (
        (
            f"<{kind}><Key>{key}</Key><VersionId>v{number}</VersionId><IsLatest>{str(number == 6).lower()}</IsLatest>"
            f"<LastModified>2026-11-22T00:00:0{number if second is None else second}.000Z</LastModified>"
        ).encode()
        + size
        + f"</{kind}>".encode()
    )


def test_versions_of_one_a_page_in_any_order_come_the_newest_first() -> None:
    members = [listed("Version", 2), listed("DeleteMarker", 6), listed("Version", 5), listed("Version", 4, "other")]

    def page(_: str, asked: Any) -> Answer:
        number = int(asked.get("VersionIdMarker", "page0").removeprefix("page"))
        more = number + 1 < len(members)
        after = f"<NextKeyMarker>k</NextKeyMarker><NextVersionIdMarker>page{number + 1}</NextVersionIdMarker>"
        end = f"<IsTruncated>{str(more).lower()}</IsTruncated>{after if more else ''}"
        return Answer(LATEST % (members[number] + end.encode()))

    found = S3Objects(Canned("s3", page).client).versions("b", KEY, BACKUP)
    assert [(one.version_id, one.is_delete_marker) for one in found] == [("v6", True), ("v5", False), ("v2", False)]
    assert found[0].modified == datetime(2026, 11, 22, 0, 0, 6, tzinfo=UTC)


def test_of_one_second_s3s_own_word_says_which_is_the_latest() -> None:
    members = [listed("Version", 5), listed("DeleteMarker", 6, second=5)]
    body = LATEST % (b"".join(members) + b"<IsTruncated>false</IsTruncated>")
    found = S3Objects(Canned("s3", always(Answer(body))).client).versions("b", KEY, BACKUP)
    assert [one.version_id for one in found] == ["v6", "v5"]


@pytest.mark.parametrize("body", [b"", LATEST % listed("Version", 1), b"<html>"], ids=["no body", "cut", "no XML"])
def test_fails_when_a_listing_was_cut_off(body: bytes) -> None:
    with pytest.raises(FailedError, match=r"^listing the versions of manifest/prod/settings.json in bucket b: "):
        S3Objects(Canned("s3", always(Answer(body))).client).versions("b", KEY, BACKUP)


def test_fails_when_the_content_of_a_version_was_cut_off() -> None:
    cut = Answer(b"half of", headers={"content-length": "100"})
    with pytest.raises(FailedError, match=r"^reading version v of k in bucket b: "):
        S3Objects(Canned("s3", always(cut)).client).read("b", "k", "v", BACKUP)


def test_every_request_names_the_owner() -> None:
    canned = Canned("s3", always(Answer(LATEST % b"<IsTruncated>false</IsTruncated>")))
    assert S3Objects(canned.client).versions("b", KEY, BACKUP) == []
    assert {asked["ExpectedBucketOwner"] for _, asked in canned.asked} == {BACKUP}
