"""Recovery points, as they are listed and looked up; what makes them is not there yet, so lists are empty."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.job_records import Point
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.vaults import points_in, vault_of

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_DescribeRecoveryPoint.html"


class ListInVault(Paged):
    """Input of the lists of a vault's contents."""

    BackupVaultName: str


class OfPoint(ListInVault):
    """Input of an operation on one recovery point."""

    RecoveryPointArn: str


@rule(_API, read="2026-11-22")
def refuse_an_absent_point(arn: str, exists: bool) -> None:
    """An operation on a recovery point that does not exist is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find recovery point {arn}.")


@operation("ListRecoveryPointsByBackupVault")
def list_recovery_points_by_backup_vault(call: Call, asked: ListInVault) -> Answer:
    """List a vault's points."""
    vault = vault_of(call, asked["BackupVaultName"])
    return paged("RecoveryPoints", [_shown(point) for point in points_in(call, vault["BackupVaultName"])], asked)


@operation("DescribeRecoveryPoint")
def describe_recovery_point(call: Call, asked: OfPoint) -> Answer:
    """Show a point."""
    arn = asked["RecoveryPointArn"]
    found = [point for point in points_in(call, asked["BackupVaultName"]) if point["RecoveryPointArn"] == arn]
    refuse_an_absent_point(arn, bool(found))
    return _shown(found[0])


@operation("ListProtectedResources")
def list_protected_resources(_call: Call, asked: Paged) -> Answer:
    """List the resources that have points."""
    return paged("Results", [], asked)


@operation("ListProtectedResourcesByBackupVault")
def list_protected_resources_by_backup_vault(call: Call, asked: ListInVault) -> Answer:
    """List the resources that have points in a vault."""
    vault_of(call, asked["BackupVaultName"])
    return paged("Results", [], asked)


@operation("ListRecoveryPointsByResource")
def list_recovery_points_by_resource(_call: Call, asked: Paged) -> Answer:
    """List the points of a resource."""
    return paged("RecoveryPoints", [], asked)


def _shown(point: Point) -> dict[str, object]:
    return {"RecoveryPointArn": point["RecoveryPointArn"], "BackupVaultName": point["BackupVaultName"]}
