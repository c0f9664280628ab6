"""Short forms for tests of copies and restores: two accounts that are ready for both, and how a job ended."""

import json
from dataclasses import dataclass
from typing import Any, Final

from tests.emulator_people import allow, document
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import back_up, make_table

CENTRAL: Final = "central"
RESTORES: Final = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores"
LINKED_ROLE: Final = f"arn:aws:iam::{BACKUP}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"


@dataclass
class Pair:
    """Prod with a point of the table `receipts`, and the backup account with a vault that lets prod copy in."""

    emulator: Emulator
    source: Any
    """AWS Backup of prod."""
    central: Any
    """AWS Backup of the backup account."""
    point: str
    """ARN of the point."""

    def start_copy(self, **changes: Any) -> str:
        """Start a copy of the point into the vault `central` and return its id."""
        asked = {
            "RecoveryPointArn": self.point,
            "SourceBackupVaultName": VAULT,
            "DestinationBackupVaultArn": vault_arn(CENTRAL, BACKUP),
            "IamRoleArn": ROLE,
        }
        return self.source.start_copy_job(**(asked | changes))["CopyJobId"]

    def job(self, job_id: str) -> dict[str, Any]:
        """Return a copy job as it stands."""
        return self.source.describe_copy_job(CopyJobId=job_id)["CopyJob"]

    def copy(self, **changes: Any) -> dict[str, Any]:
        """Copy the point and return how that ended."""
        return self.job(self.start_copy(**changes))

    def failure(self, **changes: Any) -> str:
        """Copy the point, which must fail without leaving a copy, and return AWS's message."""
        job = self.copy(**changes)
        assert (job["State"], "DestinationRecoveryPointArn" in job) == ("FAILED", False), job
        return job["StatusMessage"]

    def copies(self, vault: str = CENTRAL) -> list[dict[str, Any]]:
        """Return the points of a vault of the backup account."""
        return self.central.list_recovery_points_by_backup_vault(BackupVaultName=vault)["RecoveryPoints"]

    def let_in(self, vault: str = CENTRAL, **changes: Any) -> None:
        """Give a vault of the backup account the policy that lets prod copy in, with changes."""
        let_in(self.central, vault, **changes)


def let_in(backup: Any, vault: str, **changes: Any) -> None:
    """Give a vault the policy that lets prod copy in, with changes."""
    statement = allow("backup:CopyIntoBackupVault", Principal={"AWS": PROD}) | changes
    backup.put_backup_vault_access_policy(BackupVaultName=vault, Policy=document(statement))


def make_pair(emulator: Emulator, source: Any, **job: Any) -> Pair:
    """Prepare both accounts.

    Args:
        emulator: The local AWS.
        source: AWS Backup of prod, which has the vault of the tests.
        job: Changes of the backup job that makes the point.
    """
    make_table(emulator)
    make_role(emulator)
    emulator.client("iam").attach_role_policy(RoleName="backup", PolicyArn=RESTORES)
    point = back_up(source, **job)["RecoveryPointArn"]
    central = emulator.client("backup", account=BACKUP)
    central.create_backup_vault(BackupVaultName=CENTRAL)
    let_in(central, CENTRAL)
    emulator.client("iam", account=BACKUP).create_service_linked_role(AWSServiceName="backup.amazonaws.com")
    switch(emulator, "true")
    return Pair(emulator, source, central, point)


def switch(emulator: Emulator, value: str) -> None:
    """Turn copies across accounts on or off."""
    management = emulator.client("backup", account=MANAGEMENT)
    management.update_global_settings(GlobalSettings={"isCrossAccountBackupEnabled": value})


def takes(emulator: Emulator, kind: str, seconds: float) -> None:
    """Let copies or restores take a time."""
    emulator.control("PUT", "durations", {kind: {"seconds": seconds}})


def order(emulator: Emulator, kind: str, ends: str, **more: object) -> None:
    """Let the next copy or restore of the table end like this."""
    emulator.control("POST", "orders", {"job": kind, "resource": "*receipts", "ends": ends, **more})


def make_key(emulator: Emulator, account: str, *statements: dict[str, Any]) -> str:
    """Make a key whose policy lets its own account's IAM decide, with more statements; return its ARN."""
    own = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{account}:root"})
    policy = json.dumps({"Version": "2012-10-17", "Statement": [own, *statements]})
    return emulator.client("kms", account=account).create_key(Policy=policy)["KeyMetadata"]["Arn"]


def restore_role(emulator: Emulator, account: str) -> str:
    """Make a role in another account than prod that AWS Backup may take for restores, and return its ARN."""
    iam = emulator.client("iam", account=account)
    statement = {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    arn = iam.create_role(RoleName="restore", AssumeRolePolicyDocument=policy)["Role"]["Arn"]
    iam.attach_role_policy(RoleName="restore", PolicyArn=RESTORES)
    return arn


def restore(backup: Any, point: str, role: str = ROLE, **metadata: str) -> dict[str, Any]:
    """Restore a point and return how that ended; without metadata into the table `again` under a key of AWS's."""
    asked = metadata or {"targetTableName": "again", "encryptionType": "Default"}
    made = backup.start_restore_job(RecoveryPointArn=point, IamRoleArn=role, Metadata=asked)
    return backup.describe_restore_job(RestoreJobId=made["RestoreJobId"])
