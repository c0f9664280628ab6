"""Keys and vaults that a run makes: answers that the local AWS does not give."""

from datetime import UTC, datetime

import pytest

from strongroom.aws.backups import BackupBackups
from strongroom.aws.errors import DeniedError, FailedError, NotThereError
from strongroom.aws.exports import DynamoExports
from strongroom.aws.jobs import JobState
from strongroom.aws.keys import KmsKeys
from strongroom.aws.landing import BackupLandingVaults
from tests.strongroom.aws.canned import Answer, Asked, Canned, always, refused, said

KEY = "arn:aws:kms:eu-west-2:111111111111:key/{}"
TABLE = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"
DUE = datetime(2026, 12, 22, tzinfo=UTC)


def kms(operation: str, asked: Asked) -> Answer:
    """Three keys: the run's own, one whose tags may not be read, and the run's own that is going."""
    which = str(asked.get("KeyId", "")).rsplit("/", 1)[-1]
    if operation == "ListKeys":
        return said(Keys=[{"KeyId": str(number), "KeyArn": KEY.format(number)} for number in range(3)])
    if operation == "ListResourceTags":
        return refused("AccessDeniedException") if which == "1" else said(Tags=[{"TagKey": "run", "TagValue": "a"}])
    going = which == "2"
    state = {"KeyState": "PendingDeletion", "DeletionDate": DUE.timestamp()} if going else {"KeyState": "Enabled"}
    return said(KeyMetadata={"KeyId": which, **state})


def test_a_key_that_hides_its_tags_and_one_that_is_going_are_not_the_runs() -> None:
    assert KmsKeys(Canned("kms", kms).client).find({"run": "a"}) == [KEY.format(0)]


def test_a_key_that_is_going_is_not_scheduled_again() -> None:
    canned = Canned("kms", kms)
    assert KmsKeys(canned.client).schedule_deletion(KEY.format(2), 7) == DUE
    assert canned.operations() == ["DescribeKey"]


def test_a_key_that_is_not_there_has_no_tags_and_no_end() -> None:
    door = KmsKeys(Canned("kms", always(refused("NotFoundException"))).client)
    assert door.tags("k") is None
    with pytest.raises(NotThereError):
        door.schedule_deletion("k", 7)


def taken(tags: dict[str, str] | None, listed: bool = True) -> BackupLandingVaults:
    """AWS Backup that has a vault v already."""

    def answer(operation: str, _: Asked) -> Answer:
        return {
            "CreateBackupVault": refused("AlreadyExistsException"),
            "ListBackupVaults": said(
                BackupVaultList=[{"BackupVaultName": "v", "BackupVaultArn": "arn:v"}] if listed else []
            ),
            "ListTags": said(Tags=tags),
        }[operation]

    return BackupLandingVaults(Canned("backup", answer).client)


def test_a_vault_with_the_runs_tags_is_the_runs() -> None:
    assert taken({"run": "a", "more": "b"}).create("v", "k", {"run": "a"}, "t") == "arn:v"


@pytest.mark.parametrize("tags", [{}, {"run": "b"}, {"other": "a"}])
def test_fails_when_a_vault_of_the_name_is_somebody_elses(tags: dict[str, str]) -> None:
    with pytest.raises(FailedError, match="creating vault v: a vault of this name exists and was not made by this run"):
        taken(tags).create("v", "k", {"run": "a"}, "t")


def test_fails_when_a_vault_exists_and_is_not_listed() -> None:
    with pytest.raises(FailedError, match="AWS says that it exists, and does not list it"):
        taken({}, listed=False).create("v", "k", {"run": "a"}, "t")


def deleted(vaults: list[object]) -> None:
    """Delete the vault v where AWS denies it, and lists these vaults."""
    listed = said(BackupVaultList=vaults)

    def answer(operation: str, _: Asked) -> Answer:
        return listed if operation == "ListBackupVaults" else refused("AccessDeniedException")

    BackupLandingVaults(Canned("backup", answer).client).delete("v")


def test_a_vault_that_is_gone_may_be_deleted_again_though_aws_denies_it() -> None:
    deleted([{"BackupVaultName": "other", "BackupVaultArn": "arn:other"}])


def test_fails_when_a_vault_may_not_be_deleted() -> None:
    with pytest.raises(DeniedError, match="deleting vault v: AccessDeniedException"):
        deleted([{"BackupVaultName": "v", "BackupVaultArn": "arn:v"}])


def test_a_vault_is_asked_for_with_its_key_its_tags_and_its_token() -> None:
    canned = Canned("backup", always(said(BackupVaultArn="arn:v")))
    assert BackupLandingVaults(canned.client).create("v", "k", {"run": "a"}, "t") == "arn:v"
    wanted = {
        "BackupVaultName": "v",
        "EncryptionKeyArn": "k",
        "BackupVaultTags": {"run": "a"},
        "CreatorRequestId": "t",
    }
    assert canned.asked == [("CreateBackupVault", wanted)]


def test_a_backup_job_is_read_with_its_table_and_its_vault() -> None:
    listed = {
        "BackupJobId": "j",
        "State": "EXPIRED",
        "StatusMessage": "window",
        "CreationDate": 0,
        "ResourceArn": TABLE,
        "BackupVaultName": "v",
    }
    canned = Canned("backup", always(said(BackupJobs=[listed])))
    (job,) = BackupBackups(canned.client).recent(DUE)
    assert (job.table, job.vault, job.state, job.message) == ("receipts", "v", JobState.EXPIRED, "window")
    assert canned.asked[0][1]["ByCreatedAfter"] == DUE


def dynamodb(operation: str, asked: Asked) -> Answer:
    """Exports of which only the first two count."""
    if operation == "DescribeExport":
        number = int(asked["ExportArn"].rsplit("/", 1)[-1])
        more = {"FilterSpecification": {"FilterExpression": "x"}} if number == 1 else {}
        return said(ExportDescription={"ExportTime": 100 - number, "S3Bucket": "b", "S3Prefix": "p", **more})
    kinds = [("COMPLETED", "FULL_EXPORT"), ("COMPLETED", "FULL_EXPORT"), ("FAILED", "FULL_EXPORT")]
    kinds += [("IN_PROGRESS", "FULL_EXPORT"), ("COMPLETED", "INCREMENTAL_EXPORT")]
    found = [
        {"ExportArn": f"{TABLE}/export/{number}", "ExportStatus": status, "ExportType": kind}
        for number, (status, kind) in enumerate(kinds)
    ]
    return said(ExportSummaries=found[::-1])


def test_the_newest_export_is_the_completed_full_one_of_the_latest_instant() -> None:
    canned = Canned("dynamodb", dynamodb)
    found = DynamoExports(canned.client).newest(TABLE)
    assert found
    assert (found.id, found.prefix, found.filtered) == ("0", "p", False)
    assert canned.operations() == ["ListExports", "DescribeExport", "DescribeExport"]


def test_an_export_that_leaves_items_out_says_so() -> None:
    def one(operation: str, asked: Asked) -> Answer:
        if operation == "DescribeExport":
            return dynamodb(operation, asked)
        return said(ExportSummaries=[{"ExportArn": f"{TABLE}/export/1", "ExportStatus": "COMPLETED"}])

    found = DynamoExports(Canned("dynamodb", one).client).newest(TABLE)
    assert found
    assert found.filtered
