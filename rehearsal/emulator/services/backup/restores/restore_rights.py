"""What keeps a restore from running: asked when the job begins, and again of the keys when it ends."""

from typing import Any, Final

from rehearsal.emulator import judgement, keys
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup.copies.copy_keys import lets, usable_by_role
from rehearsal.emulator.services.backup.job_records import Point, RestoreJob
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.restores import restore_rules
from rehearsal.emulator.services.backup.restores.restore_metadata import Target, key_of, parse
from rehearsal.emulator.services.kms.using import use_key

_SERVICE: Final = "backup.amazonaws.com"
_ON_TABLE: Final = (
    "dynamodb:Scan",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
    "dynamodb:PutItem",
    "dynamodb:GetItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:DescribeTable",
)
"""https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForRestores.html (read
2026-11-22)."""
_ON_KEY: Final = (
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:GenerateDataKey",
    "kms:DescribeKey",
    "kms:CreateGrant",
)
_AWS_ALIAS: Final = "alias/aws/"


def check_role(work: Work, role: str, vault_arn: str) -> None:
    """Refuse a role that AWS Backup cannot take for this account.

    Raises:
        Refused: It is one.
    """
    own = role.split(":")[4:5] == [work.place.account]
    trusts = own and judgement.service_may_assume(role, _SERVICE, work.place.account, vault_arn)
    restore_rules.refuse_a_restore_role_that_backup_cannot_assume(role, trusts)


def check(work: Work, job: RestoreJob, point: Point, vault: Vault) -> None:
    """Refuse a restore that cannot be made.

    Raises:
        Refused: It is one; the message is the failed job's.
    """
    check_role(work, job["IamRoleArn"], vault["BackupVaultArn"])
    target = target_of_job(work, job, point)
    table = f"arn:aws:dynamodb:{work.place.region}:{work.place.account}:table/{target.table}"
    advanced = point["Advanced"]
    makes = ("dynamodb:RestoreTableFromAwsBackup", table)
    if not advanced:
        makes = ("dynamodb:RestoreTableFromBackup", point["RecoveryPointArn"])
    for action, resource in (makes, *((action, table) for action in _ON_TABLE)):
        restore_rules.refuse_a_restore_role_without_the_rights(judgement.refusal(job["IamRoleArn"], action, resource))
    check_keys(work, job, point, vault)


def check_keys(work: Work, job: RestoreJob, point: Point, vault: Vault) -> None:
    """Refuse a restore whose role cannot use the key of the point or that of the new table.

    Raises:
        Refused: It is one.
    """
    role, source = job["IamRoleArn"], _key_of_source(point)
    if not point["Advanced"]:
        _check_through_dynamodb(work, role, source, ("kms:Decrypt",))
    elif vault["KeyIsCustomerManaged"]:
        key = vault["EncryptionKeyArn"]
        usable = usable_by_role(role, key) and lets(role, key, ("kms:Decrypt",))
        restore_rules.refuse_a_key_that_the_restore_cannot_use(key, usable)
    target = target_of_job(work, job, point)
    wanted = key_of(target, source, managed_by_dynamodb=not point["Advanced"])
    _check_through_dynamodb(work, role, wanted, _ON_KEY)


def target_of(work: Work, metadata: dict[str, str], point: Point) -> Target:
    """Return the table that a restore makes.

    Raises:
        Refused: The metadata ask for none.
    """
    same_region = point["ResourceArn"].split(":")[3] == work.place.region
    return parse(metadata, same_region=same_region)


def target_of_job(work: Work, job: RestoreJob, point: Point) -> Target:
    """Return the table that a job makes; a test's metadata also say what no request may.

    Raises:
        Refused: The metadata ask for none.
    """
    inferred = {"deletionProtection"} if job["TestingPlanArn"] else set[str]()
    asked = {name: value for name, value in job["Metadata"].items() if name not in inferred}
    return target_of(work, asked, point)


def _key_of_source(point: Point) -> str | None:
    frozen = point["Frozen"]
    held: dict[str, Any] = (frozen.definition.get("SSEDescription") or {}) if frozen else {}
    return held.get("KMSMasterKeyArn") if held.get("Status") == "ENABLED" else None


def _check_through_dynamodb(work: Work, role: str, key: str | None, actions: tuple[str, ...]) -> None:
    if key is None:
        return
    owner, region = key.split(":")[4], key.split(":")[3]
    if any(alias.startswith(_AWS_ALIAS) for alias in keys.aliases(key, owner, region)):
        # Everybody in an account may use its AWS managed keys through their service, and nobody else.
        usable = owner == work.place.account
    else:
        usable = _may_use(role, key, actions)
    restore_rules.refuse_a_key_that_the_restore_cannot_use(key, usable)


def _may_use(role: str, key: str, actions: tuple[str, ...]) -> bool:
    try:
        use_key(role, key, actions, via="dynamodb")
    except Refused:
        return False
    return True
