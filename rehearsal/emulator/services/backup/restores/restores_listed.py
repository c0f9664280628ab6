"""Restore jobs, as they are looked up and listed."""

from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator.services.backup.job_records import RestoreJob
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


class OfRestoreJob(TypedDict):
    """Input of an operation on one restore job."""

    RestoreJobId: str


class ListRestores(Paged):
    """Input of ListRestoreJobs."""

    ByAccountId: NotRequired[str]
    ByResourceType: NotRequired[str]
    ByCreatedBefore: NotRequired[float]
    ByCreatedAfter: NotRequired[float]
    ByStatus: NotRequired[str]
    ByCompleteBefore: NotRequired[float]
    ByCompleteAfter: NotRequired[float]
    ByRestoreTestingPlanArn: NotRequired[str]
    ByParentJobId: NotRequired[str]


class ListOfResource(Paged):
    """Input of ListRestoreJobsByProtectedResource."""

    ResourceArn: str
    ByStatus: NotRequired[str]
    ByRecoveryPointCreationDateAfter: NotRequired[float]
    ByRecoveryPointCreationDateBefore: NotRequired[float]


@operation("DescribeRestoreJob")
def describe_restore_job(call: Call, asked: OfRestoreJob) -> Answer:
    """Show a restore job."""
    return _shown(call, restore_job_of(call, asked["RestoreJobId"]))


@operation("GetRestoreJobMetadata")
def get_restore_job_metadata(call: Call, asked: OfRestoreJob) -> Answer:
    """Return the metadata that a restore job was started with."""
    job = restore_job_of(call, asked["RestoreJobId"])
    return {"RestoreJobId": job["RestoreJobId"], "Metadata": job["Metadata"]}


@operation("ListRestoreJobs")
def list_restore_jobs(call: Call, asked: ListRestores) -> Answer:
    """List the restore jobs of the last 30 days, the newest first."""
    return paged("RestoreJobs", [job for job in _listed(call) if meets(asked, job, _FILTERS)], asked)


@operation("ListRestoreJobsByProtectedResource")
def list_restore_jobs_by_protected_resource(call: Call, asked: ListOfResource) -> Answer:
    """List the restore jobs of the last 30 days of a resource's points, the newest first."""
    return paged("RestoreJobs", [job for job in _listed(call) if meets(asked, job, _OF_RESOURCE)], asked)


def restore_job_of(call: Call, job_id: str) -> RestoreJob:
    """Return a restore job of the caller's account and region.

    Raises:
        Refused: there is none with this id.
    """
    job = call.store.restore_jobs.get(call.place, job_id)
    refuse_an_absent_job(job_id, job is not None)
    return cast("RestoreJob", job)


_FILTERS: Final[dict[str, Filter]] = {
    "ByAccountId": any_or_equals("AccountId"),
    "ByResourceType": equals("ResourceType"),
    "ByCreatedBefore": before("CreationDate"),
    "ByCreatedAfter": after("CreationDate"),
    "ByStatus": equals("Status"),
    "ByCompleteBefore": before("CompletionDate"),
    "ByCompleteAfter": after("CompletionDate"),
    "ByRestoreTestingPlanArn": lambda shown, wanted: shown.get("CreatedBy") == {"RestoreTestingPlanArn": wanted},
    "ByParentJobId": equals("ParentJobId"),
}
_OF_RESOURCE: Final[dict[str, Filter]] = {
    "ResourceArn": equals("SourceResourceArn"),
    "ByStatus": equals("Status"),
    "ByRecoveryPointCreationDateAfter": after("RecoveryPointCreationDate"),
    "ByRecoveryPointCreationDateBefore": before("RecoveryPointCreationDate"),
}


def _listed(call: Call) -> list[dict[str, object]]:
    oldest = call.timestamp - LISTED_SECONDS
    jobs = [job for job in call.store.restore_jobs.of(call.place) if job["CreationDate"] >= oldest]
    return [_shown(call, job) for job in reversed(jobs)]


def _shown(call: Call, job: RestoreJob) -> dict[str, object]:
    same = ("RestoreJobId", "RecoveryPointArn", "SourceResourceArn", "BackupVaultArn", "CreationDate", "CompletionDate")
    more = ("Status", "StatusMessage", "BackupSizeInBytes", "IamRoleArn", "ResourceType", "RecoveryPointCreationDate")
    test = ("ValidationStatus", "ValidationStatusMessage", "DeletionStatus", "DeletionStatusMessage")
    plan = job["TestingPlanArn"]
    return {
        **{member: job[member] for member in (*same, *more, *test)},
        "AccountId": call.place.account,
        "CreatedResourceArn": job["CreatedResourceArn"],
        "PercentDone": "100.00%" if job["Status"] == "COMPLETED" else "0.00%",
        "CreatedBy": {"RestoreTestingPlanArn": plan} if plan else None,
        "IsParent": False,
    }
