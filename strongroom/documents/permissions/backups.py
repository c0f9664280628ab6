"""Permissions on vaults, plans and jobs of AWS Backup."""

from collections.abc import Sequence
from typing import Final

from strongroom.documents.permissions.scope import Scope
from strongroom.documents.policy import Condition, Statement, allow
from strongroom.facts import services

_READ_VAULT: Final = (
    "backup:DescribeBackupVault",
    "backup:GetBackupVaultAccessPolicy",
    "backup:GetBackupVaultNotifications",
    "backup:ListTags",
)
_WRITE_VAULT: Final = (
    "backup:CreateBackupVault",
    "backup:PutBackupVaultAccessPolicy",
    "backup:PutBackupVaultNotifications",
    "backup:TagResource",
    "backup:UntagResource",
)
_OPEN_VAULT: Final = (
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultAccessPolicy",
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteBackupVaultNotifications",
    "backup:ListRecoveryPointsByBackupVault",
)
_EMPTY_VAULT: Final = ("backup:DeleteRecoveryPoint", "backup:DescribeRecoveryPoint")
_READ_PLAN: Final = ("backup:GetBackupPlan", "backup:GetBackupSelection", "backup:ListTags")
_WRITE_PLAN: Final = (
    "backup:CreateBackupPlan",
    "backup:CreateBackupSelection",
    "backup:DeleteBackupPlan",
    "backup:DeleteBackupSelection",
    "backup:TagResource",
    "backup:UntagResource",
    "backup:UpdateBackupPlan",
)
_FOLLOW: Final = (
    "backup:DescribeBackupJob",
    "backup:DescribeCopyJob",
    "backup:DescribeGlobalSettings",
    "backup:DescribeProtectedResource",
    "backup:DescribeRegionSettings",
    "backup:DescribeRestoreJob",
    "backup:ListBackupJobs",
    "backup:ListBackupPlans",
    "backup:ListBackupVaults",
    "backup:ListCopyJobs",
    "backup:ListProtectedResources",
    "backup:ListRecoveryPointsByResource",
    "backup:ListRestoreJobs",
)
_LANDING_VAULT: Final = (
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultAccessPolicy",
    "backup:PutBackupVaultAccessPolicy",
)
_VAULT_KEY: Final = ("kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:RetireGrant")


def read_vaults(vaults: Sequence[str]) -> list[Statement]:
    """See vaults, their policies, locks and notifications."""
    return [allow("ReadVaults", _READ_VAULT, vaults)]


def write_vaults(scope: Scope, vaults: Sequence[str], *, compliance: bool) -> list[Statement]:
    """Make and guard vaults; take their guards away only where the stack is disposable.

    Args:
        scope: Where the vaults lie.
        vaults: ARNs or patterns.
        compliance: Whether a lock that nobody can lift may be put on. Only where the settings ask for one, so that a
            slip of the pipeline cannot arm it.
    """
    lifted: Condition | None = None if compliance else {"Null": {"backup:ChangeableForDays": "true"}}
    opened = [allow("OpenVaults", _OPEN_VAULT, vaults), allow("EmptyVaults", _EMPTY_VAULT, scope.points)]
    return [
        allow("WriteVaults", _WRITE_VAULT, vaults),
        allow("LockVaults", ["backup:PutBackupVaultLockConfiguration"], vaults, lifted),
        *(opened if scope.disposable else []),
        allow("StoreInVaults", ["backup-storage:MountCapsule"], "*"),
        allow("EncryptVaults", _VAULT_KEY, scope.keys, scope.via("backup")),
    ]


def read_plans(scope: Scope) -> list[Statement]:
    """See plans and the opt-ins of the region."""
    return [
        allow("ReadPlans", _READ_PLAN, scope.plans),
        allow("ReadSettings", ["backup:DescribeGlobalSettings", "backup:DescribeRegionSettings"], "*"),
    ]


def write_plans(scope: Scope) -> list[Statement]:
    """Make and change plans, and opt the region in."""
    service_linked: Condition = {"StringEquals": {"iam:AWSServiceName": services.BACKUP}}
    return [
        allow("WritePlans", _WRITE_PLAN, scope.plans),
        allow("WriteSettings", ["backup:UpdateRegionSettings"], "*"),
        allow(
            "LetBackupWork",
            ["iam:CreateServiceLinkedRole"],
            scope.role(services.BACKUP_SERVICE_LINKED_ROLE),
            service_linked,
        ),
    ]


def follow() -> list[Statement]:
    """See jobs and what is protected."""
    return [allow("FollowJobs", _FOLLOW, "*")]


def list_points(vaults: Sequence[str]) -> list[Statement]:
    """See vaults, and which points lie in them."""
    return [*read_vaults(vaults), allow("ListPoints", ["backup:ListRecoveryPointsByBackupVault"], vaults)]


def read_points(scope: Scope, vaults: Sequence[str]) -> list[Statement]:
    """See recovery points."""
    return [
        *list_points(vaults),
        allow(
            "ReadPoints",
            ["backup:DescribeRecoveryPoint", "backup:GetRecoveryPointRestoreMetadata", "backup:ListTags"],
            scope.points,
        ),
    ]


def back_up(scope: Scope, vaults: Sequence[str]) -> list[Statement]:
    """Start backups into vaults."""
    return [
        allow("BackUp", ["backup:StartBackupJob"], vaults),
        allow("TagPoints", ["backup:TagResource"], scope.points),
    ]


def copy(scope: Scope) -> list[Statement]:
    """Start copies of recovery points."""
    return [allow("CopyPoints", ["backup:StartCopyJob", "backup:CopyFromBackupVault"], scope.points)]


def land(scope: Scope) -> list[Statement]:
    """Make and take away the vaults that copies of a recovery land in.

    Points cannot be bound to a vault; those of the local vault are kept by its own policy.
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html, read 2026-11-22.
    """
    return [
        allow("MakeLandingVaults", ["backup:CreateBackupVault", "backup:TagResource"], scope.landing_vaults),
        allow("KeepLandingVaults", _LANDING_VAULT, scope.landing_vaults),
        allow("EmptyLandingVaults", ["backup:DeleteRecoveryPoint"], scope.points),
        allow("StoreInVaults", ["backup-storage:MountCapsule"], "*"),
        allow("EncryptVaults", _VAULT_KEY, scope.keys, scope.via("backup")),
    ]


def switch() -> list[Statement]:
    """Opt the region in."""
    return [allow("WriteSettings", ["backup:UpdateRegionSettings"], "*")]


def restore(scope: Scope) -> list[Statement]:
    """Start restores of recovery points."""
    return [allow("RestorePoints", ["backup:StartRestoreJob"], scope.points)]
