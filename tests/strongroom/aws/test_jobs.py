"""Copies and restores: what is sent, and how every state of a job is read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from strongroom.aws.copies import BackupCopies, Copy
from strongroom.aws.errors import DeniedError, FailedError, NotThereError
from strongroom.aws.jobs import JobState
from strongroom.aws.restores import BackupRestores, Restore
from tests.strongroom.aws.canned import Canned, always, refused, said

POINT = "arn:aws:backup:eu-west-2:333333333333:recovery-point:1"
LANDING = "arn:aws:backup:eu-west-2:555555555555:backup-vault:landing"
COPY_ROLE = "arn:aws:iam::333333333333:role/strongroom-recovery-service"
RESTORE_ROLE = "arn:aws:iam::555555555555:role/strongroom-recovery-service"
KEY = "arn:aws:kms:eu-west-2:555555555555:key/1"
COPY = Copy(POINT, "central", LANDING, COPY_ROLE, "run-copy")
RESTORE = Restore(POINT, "receipts", RESTORE_ROLE, "run-restore")
ENDED = {JobState.COMPLETED, JobState.FAILED, JobState.PARTIAL, JobState.EXPIRED, JobState.ABORTED}


def test_a_copy_is_asked_for_with_its_role_and_its_token() -> None:
    canned = Canned("backup", always(said(CopyJobId="j", CreationDate=0)))
    assert BackupCopies(canned.client).start(COPY) == "j"
    assert canned.asked == [
        (
            "StartCopyJob",
            {
                "RecoveryPointArn": POINT,
                "SourceBackupVaultName": "central",
                "DestinationBackupVaultArn": LANDING,
                "IamRoleArn": COPY_ROLE,
                "IdempotencyToken": "run-copy",
            },
        )
    ]


def test_a_copy_with_a_life_of_its_own_says_so() -> None:
    canned = Canned("backup", always(said(CopyJobId="j")))
    BackupCopies(canned.client).start(Copy(POINT, "central", LANDING, COPY_ROLE, "t", days=7))
    assert canned.asked[0][1]["Lifecycle"] == {"DeleteAfterDays": 7}


@pytest.mark.parametrize(
    ("key", "told"),
    [(None, {"encryptionType": "Default"}), (KEY, {"encryptionType": "KMS", "kmsMasterKeyArn": KEY})],
    ids=["a key of AWS's own", "a key of the account"],
)
def test_a_restore_always_says_which_key_the_table_gets(key: str | None, told: dict[str, str]) -> None:
    canned = Canned("backup", always(said(RestoreJobId="j")))
    assert BackupRestores(canned.client).start(Restore(POINT, "receipts", RESTORE_ROLE, "t", key)) == "j"
    asked = canned.asked[0][1]
    assert asked["Metadata"] == {"targetTableName": "receipts", **told}
    assert (asked["IdempotencyToken"], asked["ResourceType"], asked["IamRoleArn"]) == ("t", "DynamoDB", RESTORE_ROLE)


def job(kind: str, **members: object) -> Any:
    if kind == "copy":
        canned = Canned("backup", always(said(CopyJob=members)))
        return BackupCopies(canned.client).job("j")
    return BackupRestores(Canned("backup", always(said(**members))).client).job("j")


STATE = {"copy": "State", "restore": "Status"}
MADE = {"copy": "DestinationRecoveryPointArn", "restore": "CreatedResourceArn"}


@pytest.mark.parametrize("state", list(JobState))
@pytest.mark.parametrize("kind", ["copy", "restore"])
def test_every_state_of_a_job_is_read(kind: str, state: JobState) -> None:
    members = {STATE[kind]: state.value, MADE[kind]: POINT, "CreationDate": 60, "CompletionDate": 120}
    found = job(kind, **members, StatusMessage="why")
    assert (found.id, found.state, found.message, found.made) == ("j", state, "why", POINT)
    assert (found.created, found.ended) == (
        datetime(1970, 1, 1, 0, 1, tzinfo=UTC),
        datetime(1970, 1, 1, 0, 2, tzinfo=UTC),
    )
    assert found.state.ended is (state in ENDED)


@pytest.mark.parametrize("kind", ["copy", "restore"])
def test_fails_when_a_job_is_in_a_state_that_is_not_known(kind: str) -> None:
    with pytest.raises(FailedError, match=f"reading {kind} job j: AWS tells of a state 'HAPPY'"):
        job(kind, **{STATE[kind]: "HAPPY"}, CreationDate=1)


@pytest.mark.parametrize("lacking", ["state", "CreationDate"])
@pytest.mark.parametrize("kind", ["copy", "restore"])
def test_fails_when_a_job_comes_without_what_every_job_has(kind: str, lacking: str) -> None:
    name = STATE[kind] if lacking == "state" else lacking
    members = {STATE[kind]: "RUNNING", "CreationDate": 1}
    del members[name]
    with pytest.raises(FailedError, match=f"reading {kind} job j: AWS gave an answer without {name};"):
        job(kind, **members)


def test_fails_when_an_answer_does_not_say_which_job_was_started() -> None:
    client = Canned("backup", always(said())).client
    with pytest.raises(FailedError, match=r"starting the copy of .* without CopyJobId; it may have been cut off"):
        BackupCopies(client).start(COPY)
    with pytest.raises(FailedError, match=r"starting the restore of .* without RestoreJobId; it may have been cut off"):
        BackupRestores(client).start(RESTORE)
    with pytest.raises(FailedError, match="without CopyJob;"):
        BackupCopies(client).job("j")


@pytest.mark.parametrize(
    ("code", "kind"),
    [("ResourceNotFoundException", NotThereError), ("AccessDeniedException", DeniedError), ("X", FailedError)],
)
def test_fails_in_our_own_words_when_aws_refuses(code: str, kind: type[Exception]) -> None:
    client = Canned("backup", always(refused(code))).client
    for call in (lambda: BackupCopies(client).start(COPY), lambda: BackupRestores(client).start(RESTORE)):
        with pytest.raises(kind, match=f"^starting the .*: {code}: no$"):
            call()
    for look in (BackupCopies(client).job, BackupRestores(client).job):
        with pytest.raises(kind, match=r"^reading .* job j: "):
            look("j")
