"""Short forms for tests of shares: an air-gapped vault of the backup account, and RAM of three accounts."""

from typing import Any, Final

from tests.emulator_process import BACKUP, MANAGEMENT, REGION, Emulator

VAULT: Final = "gapped"
ARN: Final = f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:{VAULT}"
HOUR: Final = 3600


def ram_of(emulator: Emulator, account: str) -> Any:
    """Return RAM as an account's administrator calls it; each answer is held against botocore's model."""
    return emulator.client("ram", account=account)


def make_vault(emulator: Emulator, name: str = VAULT) -> Any:
    """Make an air-gapped vault in the backup account and return AWS Backup of that account."""
    backup = emulator.client("backup", account=BACKUP)
    backup.create_logically_air_gapped_backup_vault(BackupVaultName=name, MinRetentionDays=7, MaxRetentionDays=90)
    return backup


def share(ram: Any, *accounts: str, **changes: Any) -> str:
    """Share the vault with accounts and return the share's ARN."""
    asked = {"name": "points", "resourceArns": [ARN], "principals": list(accounts)} | changes
    return ram.create_resource_share(**asked)["resourceShare"]["resourceShareArn"]


def share_inside(emulator: Emulator) -> None:
    """Let the organization share without invitations."""
    ram_of(emulator, MANAGEMENT).enable_sharing_with_aws_organization()


def accept(ram: Any) -> None:
    """Accept the one invitation that waits."""
    [found] = [
        one for one in ram.get_resource_share_invitations()["resourceShareInvitations"] if one["status"] == "PENDING"
    ]
    ram.accept_resource_share_invitation(resourceShareInvitationArn=found["resourceShareInvitationArn"])


def sees(emulator: Emulator, account: str) -> bool:
    """Return whether an account lists the vault among those that are shared with it."""
    backup = emulator.client("backup", account=account)
    return [vault["BackupVaultArn"] for vault in backup.list_backup_vaults(ByShared=True)["BackupVaultList"]] == [ARN]
