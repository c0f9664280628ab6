"""What the recover roles of both accounts must be allowed, as actions on the things of one recovery."""

from dataclasses import dataclass
from typing import Final

from strongroom.facts import arns, names
from strongroom.recovery.checks.scene import Declared, Side

_ANY: Final = "*"
_SAMPLE_RUN: Final = "abcd1234"
"""Stands for the id of the run that is still to come."""


@dataclass(frozen=True)
class Right:
    """One action on one thing."""

    action: str
    resource: str


def needed(declared: Declared) -> tuple[list[Right], list[Right]]:
    """What the target's role and the backup account's role must be allowed."""
    scene = declared.scene
    return _in_target(declared, scene.fresh_side), _in_backup(declared, scene.backup_side)


def _in_target(declared: Declared, side: Side) -> list[Right]:
    vault = arns.vault(side.region, side.account, names.landing_vault(declared.scene.environment, _SAMPLE_RUN))
    role = arns.role(side.account, names.ROLE_RECOVERY_SERVICE)
    tables = [arns.table(side.region, side.account, name) for name in declared.tables]
    on_tables = ("DescribeTable", "UpdateTimeToLive", "UpdateContinuousBackups", "UpdateTable", "TagResource", "Scan")
    return [
        *(Right(f"backup:{action}", vault) for action in ("CreateBackupVault", "PutBackupVaultAccessPolicy")),
        Right("kms:CreateKey", _ANY),
        Right("backup:StartRestoreJob", _point(side)),
        Right("backup:DescribeRestoreJob", _ANY),
        Right("dynamodb:ListTables", _ANY),
        *(Right(f"dynamodb:{action}", table) for table in tables for action in on_tables),
        Right("iam:PassRole", role),
    ]


def _in_backup(declared: Declared, side: Side) -> list[Right]:
    manifest = declared.manifest
    vaults = [arns.vault(side.region, side.account, name) for name in manifest.vaults.central.values()]
    bucket = arns.bucket(manifest.buckets.archive)
    return [
        *(Right("backup:ListRecoveryPointsByBackupVault", vault) for vault in vaults),
        Right("backup:DescribeRecoveryPoint", _point(side)),
        Right("backup:StartCopyJob", _point(side)),
        Right("backup:DescribeCopyJob", _ANY),
        Right("s3:ListBucketVersions", bucket),
        Right("s3:GetObjectVersion", f"{bucket}/{names.manifest_key(declared.scene.environment)}"),
        Right("iam:PassRole", arns.role(side.account, names.ROLE_RECOVERY_SERVICE)),
    ]


def _point(side: Side) -> str:
    return f"arn:{arns.PARTITION}:backup:{side.region}:{side.account}:recovery-point:{_SAMPLE_RUN}"
