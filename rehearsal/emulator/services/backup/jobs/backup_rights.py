"""What keeps a backup job from running: asked at the instant at which it runs, so that it fails and is not refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rehearsal.emulator import judgement
from rehearsal.emulator.rules import Refused, differs
from rehearsal.emulator.services.backup.job_records import BackupJob
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.lives import fits_lock
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.tables import Table
from rehearsal.emulator.services.kms.using import use_key

_SERVICE: Final = "backup.amazonaws.com"
_ADVANCED: Final = ("dynamodb:StartAwsBackupJob", "dynamodb:ListTagsOfResource")
"""https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html (read 2026-11-22)."""
_PLAIN: Final = ("dynamodb:DescribeTable", "dynamodb:CreateBackup")
_KEY_SENTENCE: Final = "KMS key is either disabled or pending deletion or access to KMS key is denied"
"""https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-dashboards.html (read 2026-11-22)."""

differs(
    "AWS Backup",
    "On the key of a job's vault its role needs kms:DescribeKey and kms:CreateGrant, which AWS's own policy for "
    "backups allows; AWS does not list what it asks for.",
    "A job on a table that does not exist fails when it begins; whether AWS refuses to start it is not documented.",
)


@dataclass(frozen=True)
class Means:
    """What a job works with."""

    vault: Vault | None
    table: Table | None
    advanced: bool
    """Whether the point is one of AWS Backup's own, under the vault's key."""


def failure(work: Work, job: BackupJob, means: Means) -> str | None:
    """Return AWS's sentence when a job fails at once; None when nothing keeps it from running."""
    return next(_failures(work, job, means), None)


def _failures(work: Work, job: BackupJob, means: Means) -> Iterator[str]:
    vault, table = means.vault, means.table
    if vault is None:
        arn = work.arn("backup-vault", job["BackupVaultName"])
        yield f"Backup job failed because backup vault {arn} does not exist."
        return
    if not judgement.service_may_assume(job["IamRoleArn"], _SERVICE, work.place.account, _source(work, job)):
        yield f"IAM Role {job['IamRoleArn']} cannot be assumed by AWS Backup"
    if table is None:
        yield "Table not found."
        return
    outside = fits_lock(vault.get("Lock"), job["Lifecycle"])
    if outside:
        yield f"Backup job failed. {outside}"
    for action in _ADVANCED if means.advanced else _PLAIN:
        denied = judgement.refusal(job["IamRoleArn"], action, table.arn)
        if denied:
            yield denied
    if not _keys_usable(job, vault, means):
        yield _KEY_SENTENCE


def _keys_usable(job: BackupJob, vault: Vault, means: Means) -> bool:
    """A table's own key is read through DynamoDB; the vault's is used by AWS Backup on a grant that the role makes."""
    try:
        if means.table and means.table.key_arn:
            use_key(job["IamRoleArn"], means.table.key_arn, ["kms:Decrypt"], via="dynamodb")
        if means.advanced and vault["KeyIsCustomerManaged"]:
            use_key(job["IamRoleArn"], vault["EncryptionKeyArn"], ["kms:DescribeKey", "kms:CreateGrant"], via="backup")
    except Refused:
        return False
    return True


def _source(work: Work, job: BackupJob) -> str:
    created_by = job["CreatedBy"]
    return created_by["BackupPlanArn"] if created_by else work.arn("backup-vault", job["BackupVaultName"])
