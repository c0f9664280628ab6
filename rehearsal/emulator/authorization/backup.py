"""AWS Backup: vaults, plans and points are named by the path, rarely by the body."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html (read 2026-11-22)

from dataclasses import replace
from typing import Final

from rehearsal.emulator.authorization.request import Request

_COLLECTIONS: Final = {
    "backup-vaults": "backup-vault:{}",
    "logically-air-gapped-backup-vaults": "backup-vault:{}",
    "legal-holds": "legal-hold:{}",
    # The ARN ends in an identifier that the request does not name.
    "frameworks": "framework:{}-*",
    "report-plans": "report-plan:{}-*",
    "restore-testing": "restore-testing-plan:{}-*",
}
_CREATED: Final = {
    "CreateBackupPlan": "backup-plan:*",
    "CreateLegalHold": "legal-hold:*",
}
_NAMED_IN_BODY: Final = {
    "CreateFramework": ("FrameworkName", "framework:{}-*"),
    "CreateReportPlan": ("ReportPlanName", "report-plan:{}-*"),
    "StartBackupJob": ("BackupVaultName", "backup-vault:{}"),
}
_POINT_IN_BODY: Final = {"StartCopyJob", "StartRestoreJob"}
_WITHOUT_RESOURCE: Final = {"ListRecoveryPointsByResource", "ExportBackupPlanTemplate", "GetBackupPlanFromTemplate"}


def resources(request: Request) -> list[str]:
    """Return the ARNs that a Backup operation is about."""
    if request.operation in _WITHOUT_RESOURCE:
        return []
    if request.operation in _CREATED:
        return [request.arn("backup", _CREATED[request.operation])]
    if request.operation in _POINT_IN_BODY:
        return _known(request.text("RecoveryPointArn"))
    if request.operation in _NAMED_IN_BODY:
        parameter, form = _NAMED_IN_BODY[request.operation]
        return [request.arn("backup", form.format(request.text(parameter)))]
    return _by_path(request)


def _by_path(request: Request) -> list[str]:
    first, *rest = [*request.segments(), ""]
    if first in ("tags", "untag"):
        return _known("/".join(rest).rstrip("/"))
    if "recovery-points" in rest:
        point = rest[rest.index("recovery-points") + 1]
        if point:
            return [point]
    if first == "backup" and rest[0] == "plans" and len(rest) > 2:
        return [request.arn("backup", f"backup-plan:{rest[1]}")]
    if first == "restore-testing":
        rest = rest[1:]
        if not rest or not rest[0]:
            name = request.content.get("RestoreTestingPlan", {}).get("RestoreTestingPlanName", "")
            rest = [name]
    if first in _COLLECTIONS and rest and rest[0]:
        # A vault that another account shares is named with its owner.
        owner = request.text("backupVaultAccountId") or request.account
        return [replace(request, account=owner).arn("backup", _COLLECTIONS[first].format(rest[0]))]
    if first == "audit":
        return _audited(request, rest)
    return []


def _audited(request: Request, rest: list[str]) -> list[str]:
    collection, name = rest[0], rest[1] if len(rest) > 1 else ""
    return [request.arn("backup", _COLLECTIONS[collection].format(name))] if collection in _COLLECTIONS and name else []


def _known(arn: str) -> list[str]:
    return [arn] if arn.startswith("arn:") else []
