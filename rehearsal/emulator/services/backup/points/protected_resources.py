"""The resources that have recovery points."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.job_records import Point
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.points.point_lists import ListInVault, OfResource, points_in_vault

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_DescribeProtectedResource.html"
_MINUTE: Final = 60


@rule(_API, read="2026-11-22")
def refuse_a_resource_without_points(arn: str, exists: bool) -> None:
    """A resource of which the account and region hold no point is not found."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find protected resource {arn}.")


@operation("ListProtectedResources")
def list_protected_resources(call: Call, asked: Paged) -> Answer:
    """List the resources that have points, whatever their status."""
    return paged("Results", _protected(call.store.points.of(call.place)), asked)


@operation("ListProtectedResourcesByBackupVault")
def list_protected_resources_by_backup_vault(call: Call, asked: ListInVault) -> Answer:
    """List the resources that have points in a vault."""
    return paged("Results", _protected(points_in_vault(call, asked)), asked)


@operation("DescribeProtectedResource")
def describe_protected_resource(call: Call, asked: OfResource) -> Answer:
    """Show the last point and the last restore of a resource."""
    arn = asked["ResourceArn"]
    found = _protected([point for point in call.store.points.of(call.place) if point["ResourceArn"] == arn])
    refuse_a_resource_without_points(arn, bool(found))
    return {**found[0], **_last_restore(call, arn)}


def _protected(points: list[Point]) -> list[dict[str, object]]:
    """Newest points last, so that each resource keeps its newest."""
    newest = {point["ResourceArn"]: point for point in sorted(points, key=lambda point: point["CreationDate"])}
    return [
        {
            "ResourceArn": point["ResourceArn"],
            "ResourceType": point["ResourceType"],
            "LastBackupTime": point["CreationDate"],
            "ResourceName": point["ResourceName"],
            "LastBackupVaultArn": point["BackupVaultArn"],
            "LastRecoveryPointArn": point["RecoveryPointArn"],
        }
        for point in newest.values()
    ]


def _last_restore(call: Call, arn: str) -> dict[str, object]:
    jobs = [job for job in call.store.restore_jobs.of(call.place) if job["SourceResourceArn"] == arn]
    done = [(job, job["CompletionDate"]) for job in jobs if job["CompletionDate"] is not None]
    if not done:
        return {}
    job, completed = max(done, key=lambda one: one[0]["CreationDate"])
    return {
        "LatestRestoreExecutionTimeMinutes": int((completed - job["CreationDate"]) // _MINUTE),
        "LatestRestoreJobCreationDate": job["CreationDate"],
        "LatestRestoreRecoveryPointCreationDate": job["RecoveryPointCreationDate"],
    }
