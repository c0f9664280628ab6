"""Jobs, as they are looked up and shown: what copy and restore jobs share with backup jobs, and the latter's lists."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NotRequired, TypedDict, cast

from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.backup.job_records import BackupJob
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.paging import Paged, paged

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_READ: Final = "2026-11-22"
LISTED_SECONDS: Final = 30 * 86_400
"""How long a job is listed: API_ListBackupJobs.html, read 2026-11-22."""
_WITH_POINT: Final = frozenset({"COMPLETED", "PARTIAL"})


differs(
    "AWS Backup",
    "ListBackupJobs lists the jobs of one account and region for the management account too; AWS lists those of the "
    "whole organization to it. Summaries of jobs are not served.",
)


class OfBackupJob(TypedDict):
    """Input of DescribeBackupJob."""

    BackupJobId: str


class ListJobs(Paged):
    """Input of ListBackupJobs."""

    ByResourceArn: NotRequired[str]
    ByState: NotRequired[str]
    ByBackupVaultName: NotRequired[str]
    ByCreatedBefore: NotRequired[float]
    ByCreatedAfter: NotRequired[float]
    ByResourceType: NotRequired[str]
    ByAccountId: NotRequired[str]
    ByCompleteAfter: NotRequired[float]
    ByCompleteBefore: NotRequired[float]
    ByParentJobId: NotRequired[str]
    ByMessageCategory: NotRequired[str]


@rule(f"{_API}/API_DescribeBackupJob.html", read=_READ)
def refuse_an_absent_job(job: str, exists: bool) -> None:
    """An operation on a job that does not exist is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find job with ID {job}.")


def job_of(call: Call, job_id: str) -> BackupJob:
    """Return a backup job of the caller's account and region.

    Raises:
        Refused: there is none with this id.
    """
    job = call.store.backup_jobs.get(call.place, job_id)
    refuse_an_absent_job(job_id, job is not None)
    return cast("BackupJob", job)


@operation("DescribeBackupJob")
def describe_backup_job(call: Call, asked: OfBackupJob) -> Answer:
    """Show a backup job."""
    return {**_shown(call, job_of(call, asked["BackupJobId"]))}


@operation("ListBackupJobs")
def list_backup_jobs(call: Call, asked: ListJobs) -> Answer:
    """List the backup jobs of the last 30 days, the newest first."""
    oldest = call.timestamp - LISTED_SECONDS
    jobs = [job for job in call.store.backup_jobs.of(call.place) if job["CreationDate"] >= oldest]
    shown = [_shown(call, job) for job in reversed(jobs)]
    return paged("BackupJobs", [job for job in shown if meets(asked, job, _FILTERS)], asked)


Filter = Callable[[Mapping[str, Any], Any], bool]


def equals(member: str) -> Filter:
    """Return a filter: the member is what was asked for."""
    return lambda shown, wanted: shown.get(member) == wanted


def after(member: str) -> Filter:
    """Return a filter: the member's time is later than what was asked for; without the member there is no match."""
    return lambda shown, wanted: (shown.get(member) or float("-inf")) > wanted


def before(member: str) -> Filter:
    """Return a filter: the member's time is earlier than what was asked for; without the member there is no match."""
    return lambda shown, wanted: (shown.get(member) or float("inf")) < wanted


def any_or_equals(member: str) -> Filter:
    """Return a filter that `*` turns off."""
    return lambda shown, wanted: wanted == "*" or shown.get(member) == wanted


def meets(asked: Mapping[str, Any], shown: Mapping[str, Any], filters: Mapping[str, Filter]) -> bool:
    """Return whether what is shown meets every filter that was asked for."""
    return all(accepts(shown, asked[name]) for name, accepts in filters.items() if name in asked)


_FILTERS: Final[dict[str, Filter]] = {
    "ByResourceArn": equals("ResourceArn"),
    "ByState": equals("State"),
    "ByBackupVaultName": equals("BackupVaultName"),
    "ByCreatedBefore": before("CreationDate"),
    "ByCreatedAfter": after("CreationDate"),
    "ByResourceType": equals("ResourceType"),
    "ByAccountId": any_or_equals("AccountId"),
    "ByCompleteAfter": after("CompletionDate"),
    "ByCompleteBefore": before("CompletionDate"),
    "ByParentJobId": equals("ParentJobId"),
    "ByMessageCategory": any_or_equals("MessageCategory"),
}


def _shown(call: Call, job: BackupJob) -> dict[str, object]:
    vault = call.store.vaults.get(call.place, job["BackupVaultName"])
    has_point = job["State"] in _WITH_POINT
    same = ("BackupJobId", "BackupVaultName", "RecoveryPointArn", "ResourceArn", "CreationDate", "CompletionDate")
    more = ("State", "StatusMessage", "BackupSizeInBytes", "IamRoleArn", "CreatedBy", "StartBy", "ResourceType")
    return {
        **{member: job[member] for member in (*same, *more)},
        "AccountId": call.place.account,
        "BackupVaultArn": call.arn("backup-vault", job["BackupVaultName"]),
        "RecoveryPointLifecycle": job["Lifecycle"] or None,
        "EncryptionKeyArn": vault["EncryptionKeyArn"] if vault else None,
        "IsEncrypted": True,
        "PercentDone": "100.0" if has_point else "0.0",
        "BytesTransferred": job["BackupSizeInBytes"] if has_point else 0,
        "IsParent": False,
        "ResourceName": job["ResourceName"],
        "InitiationDate": job["CreationDate"],
        "MessageCategory": job["MessageCategory"] or None,
    }
