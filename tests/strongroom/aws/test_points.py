from datetime import UTC, datetime

import pytest

from strongroom.aws.errors import DeniedError, FailedError, NotThereError
from strongroom.aws.points import BackupPoints, Point
from tests.strongroom.aws.canned import Answer, Canned, always, refused, said

TABLE = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"
WHOLE = {
    "RecoveryPointArn": "p",
    "ResourceArn": TABLE,
    "Status": "COMPLETED",
    "CreationDate": 0,
    "BackupSizeInBytes": 5,
    "EncryptionKeyArn": "k",
    "Lifecycle": {"DeleteAfterDays": 35},
    "CalculatedLifecycle": {"DeleteAt": 60, "MoveToColdStorageAt": 30},
}
START = datetime(1970, 1, 1, tzinfo=UTC)
POINT = Point(
    arn="p",
    vault="v",
    resource_arn=TABLE,
    status="COMPLETED",
    created=START,
    deleted_at=START.replace(minute=1),
    size_bytes=5,
    key_arn="k",
    days=35,
    cold_at=START.replace(second=30),
)


def test_a_listed_point_is_read_without_its_storage_class() -> None:
    canned = Canned("backup", always(said(RecoveryPoints=[WHOLE])))
    (found,) = BackupPoints(canned.client).in_vault("v")
    assert found == POINT
    ends = (found.deleted_at, found.cold_at)
    assert [moment.tzinfo for moment in (found.created, *ends) if moment] == [UTC] * 3
    assert POINT.table == "receipts"


def test_one_point_is_read_with_its_storage_class() -> None:
    found = BackupPoints(Canned("backup", always(said(**WHOLE, StorageClass="COLD"))).client).point("v", "p")
    assert found
    assert (found.storage_class, found.days) == ("COLD", 35)


def test_a_point_that_is_kept_for_ever_has_no_end() -> None:
    bare = {name: WHOLE[name] for name in ("RecoveryPointArn", "ResourceArn", "Status", "CreationDate")}
    (found,) = BackupPoints(Canned("backup", always(said(RecoveryPoints=[bare]))).client).in_vault("v")
    assert (found.deleted_at, found.days, found.cold_at, found.size_bytes, found.key_arn) == (None,) * 5


def test_a_point_that_is_gone_is_none_and_may_be_deleted_again() -> None:
    door = BackupPoints(Canned("backup", always(refused("ResourceNotFoundException"))).client)
    assert door.point("v", "p") is None
    door.delete("v", "p")


@pytest.mark.parametrize("lacking", ["RecoveryPointArn", "ResourceArn", "Status", "CreationDate"])
def test_fails_when_a_point_comes_without_what_every_point_has(lacking: str) -> None:
    short = {name: value for name, value in WHOLE.items() if name != lacking}
    with pytest.raises(FailedError, match=f"without {lacking};"):
        BackupPoints(Canned("backup", always(said(RecoveryPoints=[short]))).client).in_vault("v")
    with pytest.raises(FailedError, match=f"without {lacking};"):
        BackupPoints(Canned("backup", always(said(**short))).client).point("v", "p")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refused("ResourceNotFoundException"), NotThereError),
        (refused("AccessDeniedException", status=403), DeniedError),
        (Answer(b"{", 200), FailedError),
        (Answer(b"", 500), FailedError),
    ],
    ids=["no such vault", "denied", "no JSON", "broken"],
)
def test_fails_when_a_vault_cannot_be_listed(answer: Answer, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"^listing the recovery points of vault v: "):
        BackupPoints(Canned("backup", always(answer)).client).in_vault("v")


def test_fails_when_a_point_may_not_be_deleted() -> None:
    with pytest.raises(FailedError, match="deleting recovery point p of vault v: InvalidRequestException: no"):
        BackupPoints(Canned("backup", always(refused("InvalidRequestException"))).client).delete("v", "p")
