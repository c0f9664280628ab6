"""Recovery points, as they are kept: by ARN in the vault's account and region, each with the dues of its life."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, cast
from uuid import uuid4

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.happenings import announce, count, iso
from rehearsal.emulator.services.backup.job_records import CreatedBy, Point
from rehearsal.emulator.services.backup.operations import Call, Work
from rehearsal.emulator.services.backup.points.lives import DELETION_DELAY, CalculatedLifecycle, calculated

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_DescribeRecoveryPoint.html"
TO_COLD: Final = "point goes cold"
TO_END: Final = "point ends"


@rule(_API, read="2026-11-22")
def refuse_an_absent_point(arn: str, exists: bool) -> None:
    """An operation on a recovery point that the vault does not hold is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find recovery point {arn}.")


def point_arn(work: Work, resource_arn: str, advanced: bool) -> str:
    """Return the ARN of a new point: AWS Backup's own, or the table's where DynamoDB's advanced features are off."""
    if advanced:
        return work.arn("recovery-point", str(uuid4()).upper())
    return f"{resource_arn}/backup/{int(work.timestamp * 1000):014d}-{uuid4().hex[:8]}"


def point_in(work: Work, vault_name: str, arn: str) -> Point | None:
    """Return a point of a vault at the place; None when the vault does not hold it."""
    point = work.store.points.get(work.place, arn)
    return point if point and point["BackupVaultName"] == vault_name else None


def point_of(call: Call, vault_name: str, arn: str) -> Point:
    """Return a point of one of the caller's vaults.

    Raises:
        Refused: the vault does not hold it.
    """
    point = point_in(call, vault_name, arn)
    refuse_an_absent_point(arn, point is not None)
    return cast("Point", point)


def calculated_life(point: Point) -> CalculatedLifecycle:
    """Return when a point goes cold and when its life ends, counted from its creation."""
    return calculated(point["CreationDate"], point["Lifecycle"], can_go_cold=point["Advanced"])


def add_point(work: Work, point: Point) -> None:
    """Keep a new point at the place, and tell of it; one that is CREATING begins its life with `replace_point`."""
    work.store.points.put(work.place, point["RecoveryPointArn"], point)
    _set_dues(work, point)
    _tell(work, point, _METRICS.get(point["Status"]))


def replace_point(work: Work, point: Point) -> None:
    """Keep a point in the place of the one of the same ARN; a change of its status or storage class is told."""
    before = work.store.points.get(work.place, point["RecoveryPointArn"])
    if before is None:
        add_point(work, point)
        return
    work.store.points.put(work.place, point["RecoveryPointArn"], point)
    if before["Status"] != point["Status"]:
        _tell(work, point, _METRICS.get(point["Status"]))
    elif before["StorageClass"] != point["StorageClass"]:
        _tell(work, point, "NumberOfRecoveryPointsCold")
    if before["Status"] == "CREATING" or before["Lifecycle"] != point["Lifecycle"]:
        _set_dues(work, point)


def remove_point(work: Work, point: Point) -> None:
    """Let a point end: it is DELETING, then it is gone."""
    replace_point(work, {**point, "Status": "DELETING"})
    work.store.points.remove(work.place, point["RecoveryPointArn"])
    for kind in (TO_COLD, TO_END):
        work.store.dues.drop(work.place, kind, point["RecoveryPointArn"])


def _tell(work: Work, point: Point, metric: str | None) -> None:
    announce(work, "Recovery Point State Change", lambda: _detail(point), [point["RecoveryPointArn"]])
    if metric:
        count(work, metric, point["BackupVaultName"], point["ResourceType"])


def _detail(point: Point) -> dict[str, object]:
    return {
        "backupVaultName": point["BackupVaultName"],
        "backupVaultArn": point["BackupVaultArn"],
        "creationDate": iso(point["CreationDate"]),
        "iamRoleArn": point["IamRoleArn"],
        "resourceType": point["ResourceType"],
        "resourceArn": point["ResourceArn"],
        "status": point["Status"],
        "statusMessage": point["StatusMessage"],
        "isEncrypted": "true",
        "storageClass": point["StorageClass"],
        "completionDate": iso(point["CompletionDate"]),
        "createdBy": creator_detail(point["CreatedBy"]),
        "lifecycle": _lowered(point["Lifecycle"]),
        "calculatedLifeCycle": _lowered({name: iso(cast("float", at)) for name, at in calculated_life(point).items()}),
    }


def creator_detail(created_by: CreatedBy | None) -> dict[str, str] | None:
    """Return the rule that something was made for as events show it; None for None."""
    if created_by is None:
        return None
    return {
        "backupPlanId": created_by["BackupPlanId"],
        "backupPlanArn": created_by["BackupPlanArn"],
        "backupPlanVersion": created_by["BackupPlanVersion"],
        "backupPlanRuleId": created_by["BackupRuleId"],
    }


_METRICS: Final = {
    "COMPLETED": "NumberOfRecoveryPointsCompleted",
    "PARTIAL": "NumberOfRecoveryPointsPartial",
    "EXPIRED": "NumberOfRecoveryPointsExpired",
    "DELETING": "NumberOfRecoveryPointsDeleting",
}
"""https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html (read 2026-11-22)."""


def _lowered(members: Mapping[str, object]) -> dict[str, object] | None:
    return {name[0].lower() + name[1:]: value for name, value in members.items()} or None


def _set_dues(work: Work, point: Point) -> None:
    # The life of a point that is being made begins when it is there.
    dates: CalculatedLifecycle = calculated_life(point) if point["Status"] != "CREATING" else {}
    arn, dues = point["RecoveryPointArn"], work.store.dues
    cold = dates.get("MoveToColdStorageAt")
    if cold is not None and point["StorageClass"] == "WARM":
        dues.set(work.place, TO_COLD, arn, datetime.fromtimestamp(cold, UTC))
    else:
        dues.drop(work.place, TO_COLD, arn)
    if "DeleteAt" in dates:
        dues.set(work.place, TO_END, arn, datetime.fromtimestamp(dates["DeleteAt"], UTC) + DELETION_DELAY)
    else:
        dues.drop(work.place, TO_END, arn)
