"""The pack configuration that each stack's settings ask for; the files of the checkout must say the same."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from strongroom.config.archive import ManagedBy, RetentionMode
from strongroom.config.lock import LockMode
from strongroom.config.settings import CentralSettings, Settings, SourceSettings
from strongroom.config.tiers import TIERS
from strongroom.facts import arns, names
from tests.stacks import world

PACK: Final = world.CHECKOUT / "policies"
Configuration = dict[str, Any]

_NOT_USED: Final = ("dynamodb-table-customer-key", "dynamodb-table-restore-tested", "s3-archive-data-events")
"""Points lie under the vault's key; drills restore tables; trails belong to the organization."""
_UNTIL_THE_KEY_IS_MADE: Final = {
    "backup-vault-customer-key": ["kmsKeyArn"],
    "iam-policy-narrow": ["policy"],
    "s3-bucket-encryption": ["rules.applyServerSideEncryptionByDefault.kmsMasterKeyId"],
    "s3-bucket-policy": ["policy"],
    "sns-topic-customer-key": ["kmsMasterKeyId"],
}
_UNTIL_AWS_HAS_CHOSEN: Final = {
    "dynamodb-table-in-a-plan": ["notResources"],
    "s3-archive-locked": ["objectLockEnabled"],
    "sns-topic-subscribed": ["policy"],
}
"""What the provider computes when the program leaves it out: unknown in the first preview, and judged by `up`."""


def file(stack: str) -> Path:
    """The pack configuration of a stack."""
    return PACK / "configuration" / f"{stack}.json"


def read(stack: str) -> Configuration:
    """What the file says."""
    return json.loads(file(stack).read_text(encoding="utf-8"))


def expected(stack: str) -> Configuration:
    """What the settings ask for."""
    settings = world.settings(stack)
    said = _source(settings) if isinstance(settings, SourceSettings) else _central(settings)
    for rule, properties in {**_UNTIL_THE_KEY_IS_MADE, **_UNTIL_AWS_HAS_CHOSEN}.items():
        said.setdefault(rule, {})["mayBeUnknown"] = properties
    return {**dict.fromkeys(_NOT_USED, "disabled"), **said}


def _source(settings: SourceSettings) -> Configuration:
    region, backup, environment = settings.region, settings.accounts.backup, settings.environment
    own_archive = settings.archive.managed_by is ManagedBy.SOURCE
    locks: list[Configuration] = []
    for tier in TIERS.values():
        lock = settings.retention_days.lock(tier)
        vault = arns.vault(region, backup, settings.retention_days.central_vault(environment, tier))
        locks.append({"vault": vault, "minRetentionDays": lock.min_days, "maxRetentionDays": lock.max_days})
    said: Configuration = {
        **_places(settings, [settings.accounts.own, *([backup] if own_archive else [])]),
        "backup-plan-copies-away": {"allowedVaults": [lock["vault"] for lock in locks]},
        "backup-retention-within-locks": {"locks": locks},
        "backup-vault-locked": {"unlockedVaults": [names.local_vault(environment)]},
        "kms-key-policy": {"accounts": [settings.accounts.own, backup]},
        "s3-replication-present": {
            "replicatedBuckets": [names.exports_bucket(environment, settings.accounts.own, region)]
        },
    }
    if own_archive:
        archive = names.archive_bucket(environment, backup, region)
        said |= _archives([archive], settings.archive.mode is RetentionMode.COMPLIANCE)
        said["s3-replication"] = {"mayBeUnknown": ["rules.destination.encryptionConfiguration.replicaKmsKeyId"]}
    return said


def _central(settings: CentralSettings) -> Configuration:
    own, made_here = settings.accounts.own, ManagedBy.CENTRAL
    kept = [source for source in settings.sources if source.archive.managed_by is made_here]
    archives = [names.archive_bucket(source.environment, own, settings.region) for source in kept]
    said: Configuration = {
        **_places(settings, [own]),
        **_archives(archives, any(source.archive.mode is RetentionMode.COMPLIANCE for source in kept)),
        "kms-key-policy": {"accounts": [own, *(source.account for source in settings.sources)]},
    }
    if settings.lock.mode is LockMode.COMPLIANCE:
        said["backup-vault-lock"] = {"complianceVaults": ["strongroom-*"]}
    return said


def _places(settings: Settings, accounts: Sequence[str]) -> Configuration:
    return {"aws-allowed-places": {"regions": [settings.region], "accounts": list(accounts)}}


def _archives(buckets: list[str], compliance: bool) -> Configuration:
    said: Configuration = {"s3-archive-locked": {"archives": buckets}}
    if compliance:
        said["s3-archive-retention"] = {"complianceBuckets": buckets}
    return said
