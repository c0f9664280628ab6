"""How callers change and end recovery points."""

from typing import Final, NotRequired, cast

from rehearsal.emulator.services.backup.happenings import notify
from rehearsal.emulator.services.backup.job_records import Point
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.points import lifecycles, point_rules
from rehearsal.emulator.services.backup.points.legal_holds import holds_on
from rehearsal.emulator.services.backup.points.point_ends import UNDELETED, role_is_there
from rehearsal.emulator.services.backup.points.point_lists import OfPoint
from rehearsal.emulator.services.backup.points.points import calculated_life, point_of, remove_point, replace_point
from rehearsal.emulator.services.backup.shapes import Lifecycle
from rehearsal.emulator.services.backup.vaults.vaults import vault_of

_ALWAYS: Final = -1
"""In the place of a number of days: what was there is taken away. API_Lifecycle.html, read 2026-11-22."""


class UpdateLife(OfPoint):
    """Input of UpdateRecoveryPointLifecycle."""

    Lifecycle: NotRequired[Lifecycle]


@operation("UpdateRecoveryPointLifecycle")
def update_recovery_point_lifecycle(call: Call, asked: UpdateLife) -> Answer:
    """Give a point another life, counted from its creation; what is left out is taken away."""
    vault = vault_of(call, asked["BackupVaultName"])
    point = point_of(call, vault["BackupVaultName"], asked["RecoveryPointArn"])
    arn, life = point["RecoveryPointArn"], _without_always(asked.get("Lifecycle", {}))
    lifecycles.check("", life)
    point_rules.refuse_a_point_that_is_not_there_yet(arn, point["Status"])
    point_rules.refuse_to_change_a_life_in_a_locked_vault(arn, vault["BackupVaultName"], "Lock" in vault)
    is_cold = point["StorageClass"] == "COLD"
    point_rules.refuse_to_change_the_move_of_a_cold_point(arn, point["Lifecycle"], life, is_cold)
    changed: Point = {**point, "Lifecycle": life}
    replace_point(call, changed)
    notify(
        call, vault, "RECOVERY_POINT_MODIFIED", changed["Status"], f"Recovery point {arn} was modified.", {"Id": arn}
    )
    return {
        "BackupVaultArn": vault["BackupVaultArn"],
        "RecoveryPointArn": arn,
        "Lifecycle": life or None,
        "CalculatedLifecycle": calculated_life(changed) or None,
    }


@operation("DeleteRecoveryPoint")
def delete_recovery_point(call: Call, asked: OfPoint) -> None:
    """Delete a point; where AWS Backup lacks the role for that, the answer is the same and the point is EXPIRED."""
    vault = vault_of(call, asked["BackupVaultName"])
    point = point_of(call, vault["BackupVaultName"], asked["RecoveryPointArn"])
    arn = point["RecoveryPointArn"]
    point_rules.refuse_a_point_that_is_not_there_yet(arn, point["Status"])
    point_rules.refuse_to_delete_from_a_locked_vault(arn, vault["BackupVaultName"], "Lock" in vault)
    point_rules.refuse_to_delete_what_a_legal_hold_holds(arn, holds_on(call, point))
    if role_is_there(call, point) or _may_make_the_role(call):
        remove_point(call, point)
    else:
        replace_point(call, {**point, "Status": "EXPIRED", "StatusMessage": UNDELETED})


@operation("DisassociateRecoveryPoint")
def disassociate_recovery_point(call: Call, asked: OfPoint) -> None:
    """Refuse, for every point of the local AWS Backup is a snapshot."""
    vault = vault_of(call, asked["BackupVaultName"])
    point = point_of(call, vault["BackupVaultName"], asked["RecoveryPointArn"])
    point_rules.refuse_to_disassociate_a_snapshot(point["RecoveryPointArn"])


@operation("DisassociateRecoveryPointFromParent")
def disassociate_recovery_point_from_parent(call: Call, asked: OfPoint) -> None:
    """Refuse, for no point of the local AWS Backup is nested in another."""
    vault = vault_of(call, asked["BackupVaultName"])
    point = point_of(call, vault["BackupVaultName"], asked["RecoveryPointArn"])
    point_rules.refuse_a_point_without_parent(point["RecoveryPointArn"])


def _without_always(life: Lifecycle) -> Lifecycle:
    return cast("Lifecycle", {name: days for name, days in life.items() if days != _ALWAYS})


def _may_make_the_role(call: Call) -> bool:
    """https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_DeleteRecoveryPoint.html (read 2026-11-22)."""
    service = "backup.amazonaws.com"
    role = f"arn:aws:iam::{call.place.account}:role/aws-service-role/{service}/AWSServiceRoleForBackup"
    return call.neighbours.may("iam:CreateServiceLinkedRole", role, {"iam:AWSServiceName": service})
