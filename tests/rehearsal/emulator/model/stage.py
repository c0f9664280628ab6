"""Two accounts between which backups are copied: a source with two tables, and a backup account with a locked vault."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from tests.emulator_people import document, make_role, trust
from tests.emulator_process import BACKUP, CALL_SECONDS, MANAGEMENT, PROD, REGION, Emulator

LOCAL, CENTRAL = "local", "central"
"""Names of the vaults, in the source's and in the backup account."""
LEAST_DAYS, MOST_DAYS = 7, 100
"""Bounds of the central vault's lock."""
TABLES: Final = ("receipts", "passes")
_POLICIES: Final = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor"
_USE: Final = [
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
]


@dataclass(frozen=True)
class Stage:
    """The accounts, ready to be backed up."""

    emulator: Emulator
    _clients: dict[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])

    @property
    def backup(self) -> Any:
        """AWS Backup of the source."""
        return self._client("backup", PROD)

    @property
    def central(self) -> Any:
        """AWS Backup of the backup account."""
        return self._client("backup", BACKUP)

    @property
    def dynamodb(self) -> Any:
        """DynamoDB of the source."""
        return self._client("dynamodb", PROD)

    @property
    def central_dynamodb(self) -> Any:
        """DynamoDB of the backup account."""
        return self._client("dynamodb", BACKUP)

    @property
    def central_arn(self) -> str:
        """ARN of the central vault."""
        return f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:{CENTRAL}"

    def role(self, account: str = PROD) -> str:
        """ARN of an account's role for backups, copies and restores."""
        return f"arn:aws:iam::{account}:role/backup"

    def advance(self, hours: float, patience: float = CALL_SECONDS) -> None:
        """Move the clock, which may take so many seconds; sessions opened before may have expired with it."""
        self.emulator.advance(hours * 3600, patience)
        self.emulator.forget_sessions()
        self._clients.clear()

    def reset(self) -> None:
        """Go back to the beginning."""
        self.emulator.reset()
        self._clients.clear()

    def _client(self, service: str, account: str) -> Any:
        if (service, account) not in self._clients:
            self._clients[service, account] = self.emulator.client(service, account=account)
        return self._clients[service, account]


def build(emulator: Emulator) -> Stage:
    """Make everything that copies between the accounts need."""
    emulator.client("backup", account=MANAGEMENT).update_global_settings(
        GlobalSettings={"isCrossAccountBackupEnabled": "true"}
    )
    for account in (PROD, BACKUP):
        emulator.client("iam", account=account).create_service_linked_role(AWSServiceName="backup.amazonaws.com")
        make_role(emulator, "backup", account=account, trusts=trust({"Service": "backup.amazonaws.com"}))
        for kind in ("Backup", "Restores"):
            emulator.client("iam", account=account).attach_role_policy(RoleName="backup", PolicyArn=_POLICIES + kind)
    key_of_prod, key_of_backup = (_key(emulator, account) for account in (PROD, BACKUP))
    emulator.client("backup").create_backup_vault(BackupVaultName=LOCAL, EncryptionKeyArn=key_of_prod)
    central = emulator.client("backup", account=BACKUP)
    central.create_backup_vault(BackupVaultName=CENTRAL, EncryptionKeyArn=key_of_backup)
    central.put_backup_vault_lock_configuration(
        BackupVaultName=CENTRAL, MinRetentionDays=LEAST_DAYS, MaxRetentionDays=MOST_DAYS, ChangeableForDays=3
    )
    entry = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{PROD}:root"},
        "Action": "backup:CopyIntoBackupVault",
        "Resource": "*",
    }
    central.put_backup_vault_access_policy(BackupVaultName=CENTRAL, Policy=document(entry))
    for table in TABLES:
        emulator.client("dynamodb").create_table(
            TableName=table,
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "N"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
    emulator.control("POST", "seal")
    return Stage(emulator)


def _key(emulator: Emulator, account: str) -> str:
    own = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "kms:*", "Resource": "*"}
    others = [f"arn:aws:iam::{other}:root" for other in (PROD, BACKUP) if other != account]
    shared = {"Effect": "Allow", "Principal": {"AWS": others}, "Action": _USE, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [own, shared]})
    return emulator.client("kms", account=account).create_key(Policy=policy)["KeyMetadata"]["Arn"]
