"""Copy jobs, as they are looked up and listed in the account of the source."""

from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator.services.backup.copies.copy_checks import place_of
from rehearsal.emulator.services.backup.job_records import CopyJob
from rehearsal.emulator.services.backup.jobs.jobs import (
    LISTED_SECONDS,
    Filter,
    after,
    any_or_equals,
    before,
    equals,
    meets,
    refuse_an_absent_job,
)
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.vaults.air_gapped import STANDARD
from rehearsal.emulator.services.backup.vaults.vaults import vault_in


class OfCopyJob(TypedDict):
    """Input of DescribeCopyJob."""

    CopyJobId: str


class ListCopies(Paged):
    """Input of ListCopyJobs."""

    ByResourceArn: NotRequired[str]
    ByState: NotRequired[str]
    ByCreatedBefore: NotRequired[float]
    ByCreatedAfter: NotRequired[float]
    ByResourceType: NotRequired[str]
    ByDestinationVaultArn: NotRequired[str]
    ByAccountId: NotRequired[str]
    ByCompleteBefore: NotRequired[float]
    ByCompleteAfter: NotRequired[float]
    ByParentJobId: NotRequired[str]
    ByMessageCategory: NotRequired[str]
    BySourceRecoveryPointArn: NotRequired[str]


@operation("DescribeCopyJob")
def describe_copy_job(call: Call, asked: OfCopyJob) -> Answer:
    """Show a copy job of the account that owns the source."""
    job = call.store.copy_jobs.get(call.place, asked["CopyJobId"])
    refuse_an_absent_job(asked["CopyJobId"], job is not None)
    return {"CopyJob": _shown(call, cast("CopyJob", job))}


@operation("ListCopyJobs")
def list_copy_jobs(call: Call, asked: ListCopies) -> Answer:
    """List the copy jobs of the last 30 days, the newest first."""
    oldest = call.timestamp - LISTED_SECONDS
    jobs = [job for job in call.store.copy_jobs.of(call.place) if job["CreationDate"] >= oldest]
    shown = [_shown(call, job) for job in reversed(jobs)]
    return paged("CopyJobs", [job for job in shown if meets(asked, job, _FILTERS)], asked)


_FILTERS: Final[dict[str, Filter]] = {
    "ByResourceArn": equals("ResourceArn"),
    "ByState": equals("State"),
    "ByCreatedBefore": before("CreationDate"),
    "ByCreatedAfter": after("CreationDate"),
    "ByResourceType": equals("ResourceType"),
    "ByDestinationVaultArn": equals("DestinationBackupVaultArn"),
    "ByAccountId": any_or_equals("AccountId"),
    "ByCompleteBefore": before("CompletionDate"),
    "ByCompleteAfter": after("CompletionDate"),
    "ByParentJobId": equals("ParentJobId"),
    "ByMessageCategory": any_or_equals("MessageCategory"),
    "BySourceRecoveryPointArn": equals("SourceRecoveryPointArn"),
}


def _shown(call: Call, job: CopyJob) -> dict[str, object]:
    same = ("CopyJobId", "SourceBackupVaultArn", "SourceRecoveryPointArn", "DestinationBackupVaultArn", "State")
    more = ("DestinationRecoveryPointArn", "ResourceArn", "ResourceName", "ResourceType", "IamRoleArn", "StatusMessage")
    rest = ("CreationDate", "CompletionDate", "BackupSizeInBytes", "CreatedBy", "CreatedByBackupJobId")
    vault = vault_in(call.store, place_of(job["DestinationBackupVaultArn"]), job["DestinationBackupVaultArn"])
    has_copy = vault is not None and job["DestinationRecoveryPointArn"] is not None
    return {
        **{member: job[member] for member in (*same, *more, *rest)},
        "AccountId": call.place.account,
        "DestinationVaultType": vault.get("VaultType", STANDARD) if vault else None,
        "DestinationVaultLockState": ("LOCKED" if "Lock" in vault else "UNLOCKED") if vault else None,
        "DestinationEncryptionKeyArn": (vault["EncryptionKeyArn"] or None) if vault and has_copy else None,
        "DestinationRecoveryPointLifecycle": job["Lifecycle"] or None,
        "IsParent": False,
        "MessageCategory": job["MessageCategory"] or None,
    }
