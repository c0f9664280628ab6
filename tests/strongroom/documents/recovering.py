"""Accounts of a recovery in the local AWS, as bootstrap and the central stack make them, and who recovers there."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rehearsal.local.tokens import claims, unsigned
from strongroom.aws.cloudformation import CloudFormation, Waiting, apply
from strongroom.aws.copies import BackupCopies, Copy
from strongroom.aws.jobs import Job
from strongroom.aws.keys import KmsKeys
from strongroom.aws.landing import BackupLandingVaults
from strongroom.aws.points import BackupPoints, Point
from strongroom.aws.restores import BackupRestores, Restore
from strongroom.config import manifest
from strongroom.config.profiles import Mode
from strongroom.config.settings import Settings
from strongroom.documents import keys, vaults
from strongroom.documents.bootstrap import sizes, subjects
from strongroom.documents.bootstrap.account import Account
from strongroom.documents.bootstrap.template import template
from strongroom.documents.principals import Caretakers, Origin
from strongroom.facts import arns, names
from tests.emulator_process import BACKUP, CI, MANAGEMENT, PIPELINE, PROD, REGION, Emulator, Keys
from tests.rehearsal.emulator.services.asking import make_bucket
from tests.strongroom.documents.example import PATH, source

FRESH: Final = CI
"""Stands for the fresh account: it is in the sources' unit, and the central side does not know it."""
TABLE: Final = "prod-submit-receipts"
CENTRAL: Final = names.central_vault("prod", "daily", 35, 90)
LANDING: Final = names.landing_vault("prod", "abcd1234")
TAGS: Final = {names.TAG_RUN: "abcd1234", names.TAG_ENVIRONMENT: "prod"}
POINTER: Final = names.table_pointer("prod", TABLE)


def settings() -> Settings:
    """Settings of prod in the fresh account."""
    ids = {"own": FRESH, "backup": BACKUP, "pipeline": PIPELINE, "management": MANAGEMENT}
    return source("prod", accounts=ids)


def bootstrap(emulator: Emulator, account: Account) -> None:
    """Apply an account's template as its administrator."""
    door = CloudFormation(emulator.client("cloudformation", account=account.id))
    waiting = Waiting(time.monotonic, time.sleep, lambda _: None, seconds=30)
    apply(door, names.BOOTSTRAP_STACK, sizes.text(template(account)), waiting)
    emulator.client("iam", account=account.id).create_service_linked_role(AWSServiceName="backup.amazonaws.com")


def central_vault(emulator: Emulator, tier: str = "daily", bounds: tuple[int, int] = (35, 90)) -> None:
    """Make a central vault as the central stack does, for the account that was lost."""
    name = names.central_vault("prod", tier, *bounds)
    origin, caretakers = Origin("prod", PROD, PATH), Caretakers(BACKUP)
    policy = sizes.text(keys.central_vault(keys.Place(REGION, caretakers), origin))
    kms, backup = emulator.client("kms", account=BACKUP), emulator.client("backup", account=BACKUP)
    key = kms.create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName=names.key_alias("prod", tier), TargetKeyId=key)
    backup.create_backup_vault(BackupVaultName=name, EncryptionKeyArn=key)
    # First the lock: under the policy its guards are the caretakers' alone.
    low, high = bounds
    backup.put_backup_vault_lock_configuration(BackupVaultName=name, MinRetentionDays=low, MaxRetentionDays=high)
    access = sizes.text(vaults.central(origin, caretakers))
    backup.put_backup_vault_access_policy(BackupVaultName=name, Policy=access)


def archive(emulator: Emulator) -> None:
    """Make the archive with the manifest of the lost account in it."""
    s3 = emulator.client("s3", account=BACKUP)
    bucket = names.archive_bucket("prod", BACKUP, REGION)
    make_bucket(s3, bucket)
    tables = [{"name": TABLE, "dataClass": "standard", "hashKey": {"name": "id"}}]
    text = manifest.text(manifest.of(source("prod", tables=tables)))
    s3.put_object(Bucket=bucket, Key=names.manifest_key("prod"), Body=text.encode())


def config_file(operator: "Operator", folder: Path) -> Path:
    """Write the AWS config file of the operator."""
    lines = list[str]()
    for profile, who in (("strongroom-prod", operator.fresh), ("strongroom-backup", operator.backup)):
        lines += [
            f"[profile {profile}]",
            f"region = {REGION}",
            f"aws_access_key_id = {who.access_key_id}",
            f"aws_secret_access_key = {who.secret_access_key}",
            f"aws_session_token = {who.session_token}",
        ]
    file = folder / "config"
    file.write_text("\n".join(lines))
    return file


def recover_role(emulator: Emulator, account: str, of: Settings) -> Keys:
    """Take an account's recover role with the token of a stack's pipeline."""
    token = unsigned(claims(of.pipeline, subjects.of(of, Mode.RECOVER)[0], datetime.now(UTC)))
    made = emulator.client("sts", account=account).assume_role_with_web_identity(
        RoleArn=arns.role(account, names.ROLE_RECOVER), RoleSessionName="test", WebIdentityToken=token
    )["Credentials"]
    return Keys(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])


@dataclass
class Operator:
    """Who recovers: one role in each account."""

    emulator: Emulator
    fresh: Keys
    backup: Keys

    def client(self, service: str) -> Any:
        return self.emulator.client_with(self.fresh, service)

    def backup_client(self, service: str) -> Any:
        return self.emulator.client_with(self.backup, service)

    def land(self) -> str:
        """Make the landing vault with its key; return the key."""
        door = KmsKeys(self.client("kms"))
        policy = keys.landing(keys.Place(REGION, Caretakers(FRESH)), BACKUP)
        key = door.create(policy, "landing", TAGS)
        assert door.find(TAGS) == [key]
        vault = BackupLandingVaults(self.client("backup"))
        vault.create(LANDING, key, TAGS, "token")
        vault.put_policy(LANDING, vaults.landing(BACKUP))
        assert vault.tags(LANDING) == TAGS
        return key

    def copy(self) -> Job:
        """Copy the central point out into the landing vault."""
        (point,) = BackupPoints(self.backup_client("backup")).in_vault(CENTRAL)
        door = BackupCopies(self.backup_client("backup"))
        role = arns.role(BACKUP, names.ROLE_RECOVERY_SERVICE)
        to = arns.vault(REGION, FRESH, LANDING)
        return door.job(door.start(Copy(point.arn, CENTRAL, to, role, "copy-1", 30)))

    def landed(self) -> Point:
        (point,) = BackupPoints(self.client("backup")).in_vault(LANDING)
        return point

    def restore(self, table: str = TABLE) -> Job:
        door = BackupRestores(self.client("backup"))
        role = arns.role(FRESH, names.ROLE_RECOVERY_SERVICE)
        return door.job(door.start(Restore(self.landed().arn, table, role, "restore-1", None)))
