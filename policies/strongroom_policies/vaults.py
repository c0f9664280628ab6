"""Rules about backup vaults: their key, their lock, and who may do what with their recovery points."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Rule, Sentence, Severity, StackRule, about, apart, number, texts
from strongroom_policies.statements import Statement, statements
from strongroom_policies.strangers import ACCOUNTS, anybody, strangers
from strongroom_policies.tokens import TypeToken

_MOST_DAYS: Final = 36_500
# https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateLogicallyAirGappedBackupVault.html, read 2026-11-23.
_LEAST_DAYS: Final[Mapping[str, int]] = {TypeToken.BACKUP_LOGICALLY_AIR_GAPPED_VAULT: 7}
"""Shortest retention that a vault may be made to accept, where it is not one day."""
_PROTECTED: Final = ("backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle")


def _lies_under_a_customer_key(vault: Resource, _: Properties) -> Iterator[Sentence]:
    key = vault.properties.text("kmsKeyArn")
    if not key or "alias/aws/" in key:
        yield (
            f"{vault} lies under {key or 'the key aws/backup'}; a customer managed key is required, because copies to"
            " another account need one: set kms_key_arn"
        )


CUSTOMER_KEY: Final = Rule(
    name="backup-vault-customer-key",
    description="Checks that a vault is encrypted with a customer managed key.",
    why="Points under the key aws/backup cannot be shared with another account, so the way back from there is shut.",
    controls={
        "AWS Security Hub": ("Backup.1",),
        "Checkov": ("CKV_AWS_166",),
        "AWS Backup Audit Manager": ("BACKUP_RECOVERY_POINT_ENCRYPTED",),
    },
    severity=Severity.HIGH,
    on=(TypeToken.BACKUP_VAULT,),
    check=_lies_under_a_customer_key,
    keys=("kmsKeyArn",),
)


def _every_vault_is_locked(stack: Stack, wanted: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for vault in stack.of(TypeToken.BACKUP_VAULT):
        yield from about(vault, _locked(vault, stack, wanted))


def _locked(vault: Resource, stack: Stack, wanted: Properties) -> Iterator[Sentence]:
    name = vault.properties.text("name") or vault.name
    if any(fnmatchcase(name, pattern) for pattern in wanted.texts("unlockedVaults")):
        return
    if not stack.about(vault, TypeToken.BACKUP_VAULT_LOCK_CONFIGURATION, "backupVaultName", "name", "id"):
        yield (
            f"{vault} has no lock; one is required: add a backup.VaultLockConfiguration for it, or name {name!r} in"
            " unlockedVaults of backup-vault-locked"
        )


LOCKED: Final = StackRule(
    name="backup-vault-locked",
    description="Checks that every vault has a lock.",
    why="Without a lock whoever may administer the account can delete every copy in it.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK",),
        "AWS Security Hub": ("DynamoDB.4",),
        "NIST 800-53": ("CP-9(8)",),
    },
    severity=Severity.CRITICAL,
    check=_every_vault_is_locked,
    options={
        "unlockedVaults": texts((), "Patterns of the names of vaults that need no lock, such as those of a source.")
    },
)


def _lock_holds(lock: Resource, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(_bounds(lock), _mode(lock, wanted))


def _bounds(lock: Resource) -> Iterator[Sentence]:
    yield from apart(_lower(lock), _upper(lock))


def _lower(lock: Resource) -> Iterator[Sentence]:
    low, least = lock.properties.number("minRetentionDays"), _LEAST_DAYS.get(lock.type, 1)
    if not low:
        yield f"{lock} accepts points of any short life; a minimum is required: set min_retention_days"
    elif low < least:
        yield f"{lock} has min_retention_days {low}; AWS takes {least} or more: raise it"


def _upper(lock: Resource) -> Iterator[Sentence]:
    low, high = lock.properties.number("minRetentionDays"), lock.properties.number("maxRetentionDays")
    if not high:
        yield f"{lock} accepts points that are never deleted; a maximum is required: set max_retention_days"
    elif high < (low or 1) or high > _MOST_DAYS:
        yield f"{lock} has max_retention_days {high}; {low or 1} to {_MOST_DAYS} is required: raise or lower it"


def _mode(lock: Resource, wanted: Properties) -> Iterator[Sentence]:
    grace, least = lock.properties.number("changeableForDays"), wanted.number("minimumGraceDays") or 0
    if grace is None:
        return
    vault = lock.properties.text("backupVaultName") or lock.name
    if not any(fnmatchcase(vault, pattern) for pattern in wanted.texts("complianceVaults")):
        yield (
            f"{lock} arms itself {grace} days after `pulumi up`, and nobody can lift it then; that must be meant: leave"
            f" changeable_for_days out, or name {vault!r} in complianceVaults of backup-vault-lock"
        )
    if grace < least:
        yield (
            f"{lock} can be changed for {grace} days; {least} are required: set changeable_for_days to {least} or more"
        )


LOCK: Final = Rule(
    name="backup-vault-lock",
    description=(
        "Checks that a vault's lock, and a logically air-gapped vault, has both bounds, and that compliance mode is"
        " meant and can still be undone."
    ),
    why="A lock without bounds accepts a copy that lives one day; one in compliance mode by mistake stays for ever.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK",),
        "NIST 800-53": ("CP-9(8)",),
    },
    severity=Severity.CRITICAL,
    on=(TypeToken.BACKUP_VAULT_LOCK_CONFIGURATION, TypeToken.BACKUP_LOGICALLY_AIR_GAPPED_VAULT),
    check=_lock_holds,
    options={
        "minimumGraceDays": number(14, "Days for which a compliance lock must stay changeable; AWS asks for 3."),
        "complianceVaults": texts((), "Patterns of the names of vaults whose lock may be in compliance mode."),
    },
)


def _every_vault_has_a_policy(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for vault in stack.of(TypeToken.BACKUP_VAULT):
        yield from about(vault, _has_a_policy(vault, stack))


def _has_a_policy(vault: Resource, stack: Stack) -> Iterator[Sentence]:
    if not stack.about(vault, TypeToken.BACKUP_VAULT_POLICY, "backupVaultName", "name", "id"):
        yield (
            f"{vault} has no access policy; one that denies {' and '.join(_PROTECTED)} is required: add a"
            " backup.VaultPolicy"
        )


POLICY_PRESENT: Final = StackRule(
    name="backup-vault-policy-present",
    description="Checks that every vault has an access policy.",
    why="Without one every administrator of the account may delete its points, and no other account may copy in.",
    controls={"AWS Backup Audit Manager": ("BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED",)},
    severity=Severity.HIGH,
    check=_every_vault_has_a_policy,
)


def _policy_keeps_points(policy: Resource, wanted: Properties) -> Iterator[Sentence]:
    read = list(statements(policy.properties, "policy"))
    yield from apart(
        *(_denied(policy, read, action) for action in _PROTECTED),
        *(_lets_in(policy, statement) for statement in read),
        *(strangers(policy, statement, wanted, POLICY.name) for statement in read),
    )


def _denied(policy: Resource, read: list[Statement], action: str) -> Iterator[Sentence]:
    denials = [one for one in read if not one.allows and one.anybody and "*" in one.resources and not one.conditional]
    if not any(one.covers(action) for one in denials):
        yield (
            f"{policy} lets {action} pass; it must be denied to everybody: add a Deny for principal '*'"
            " without a condition"
        )


def _lets_in(policy: Resource, statement: Statement) -> Iterator[Sentence]:
    if wild := [action for action in statement.actions if "*" in action]:
        yield (
            f"{policy} has {wild[0]!r} in statement {statement.name}; AWS Backup takes no wildcard in an action:"
            " name each action"
        )
    yield from anybody(policy, statement)


POLICY: Final = Rule(
    name="backup-vault-policy",
    description="Checks that a vault's policy denies the deletion of points and lets no stranger in.",
    why="The policies that vaults are given by hand are too wide, or are written to a file and never applied.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED",),
        "NIST 800-53": ("CP-9", "AC-6"),
    },
    severity=Severity.CRITICAL,
    on=(TypeToken.BACKUP_VAULT_POLICY,),
    check=_policy_keeps_points,
    options=ACCOUNTS,
)
