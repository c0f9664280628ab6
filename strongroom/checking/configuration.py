"""The pack configuration that a stack's settings ask for: the pack knows nothing of them, and must say the same."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from strongroom.checking import types
from strongroom.checking.findings import Finding
from strongroom.config.archive import ManagedBy, RetentionMode
from strongroom.config.lock import LockMode
from strongroom.config.settings import CentralSettings, Settings, SourceSettings
from strongroom.config.tiers import TIERS
from strongroom.facts import arns, names

RULE: Final = "pack-configuration"
Configuration = dict[str, Any]

_NOT_USED: Final = ("dynamodb-table-customer-key", "dynamodb-table-restore-tested", "s3-archive-data-events")
"""Points lie under the vault's key; drills restore tables; trails belong to the organization."""
_LET_IN: Final = (
    "backup-vault-policy",
    "iam-role-trust",
    "kms-key-known-account",
    "kms-key-policy",
    "s3-bucket-policy",
    "secretsmanager-policy",
    "sns-topic-policy",
)
"""Rules about policies that may let other accounts in, and about whose keys are used."""
_UNTIL_ALL_THAT_THEY_NAME_IS_MADE: Final = {
    "iam-policy-narrow": ["policy"],
    "s3-bucket-policy": ["policy"],
    "s3-replication-role": ["policy"],
}
"""Documents with ARNs of what is made with them: one text, of which nobody knows a part until all is known."""
_UNTIL_AWS_HAS_CHOSEN: Final = {
    "dynamodb-table-in-a-plan": ["notResources"],
    "s3-archive-locked": ["objectLockEnabled"],
    "sns-topic-subscribed": ["policy"],
}
"""What the provider computes when the program leaves it out: unknown in the first preview, and judged by `up`."""

_OF_A_PROVIDER: Final = ("allowedAccountIds", "defaultTags", "profile", "region", "skipRegionValidation", "version")
"""What our providers are told; the last two Pulumi says itself."""

_OF_EVERYTHING: Final = ["owner", names.TAG_ENVIRONMENT]
_TAGS: Final = {
    "tables": [*_OF_EVERYTHING, names.TAG_DATA_CLASS],
    **dict.fromkeys(("vaults", "plans", "archives"), _OF_EVERYTHING),
}
"""A vault's name says its tier, the settings how old a point may be; how long a recovery takes, drills measure."""


def expected(settings: Settings) -> Configuration:
    """What the settings of a stack ask for."""
    said = _source(settings) if isinstance(settings, SourceSettings) else _central(settings)
    for rule, properties in {**_UNTIL_ALL_THAT_THEY_NAME_IS_MADE, **_UNTIL_AWS_HAS_CHOSEN}.items():
        said.setdefault(rule, {})["mayBeUnknown"] = list(properties)
    said |= {
        "aws-provider-properties": {"properties": list(_OF_A_PROVIDER)},
        "backup-tags": {"tags": _TAGS},
        "resource-types-known": {"types": types.of(settings)},
    }
    return {**dict.fromkeys(_NOT_USED, "disabled"), **said}


def read(file: Path, shown: str) -> Configuration | Finding:
    """What a configuration file says, or why it says nothing.

    Args:
        file: Where it lies.
        shown: What to call it.
    """
    try:
        said: object = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Finding(RULE, shown, f"{shown} is not there; every stack has one: add it")
    except UnicodeDecodeError:
        return Finding(RULE, shown, f"{shown} is no text in UTF-8; write it anew")
    except json.JSONDecodeError as broken:
        return Finding(RULE, shown, f"{shown} is cut short or is no JSON, at line {broken.lineno}; mend it")
    if not isinstance(said, dict):
        return Finding(RULE, shown, f"{shown} holds no object; a level or options for each rule is required")
    return cast("Configuration", said)


def differences(said: Mapping[str, Any], settings: Settings, shown: str) -> Iterator[Finding]:
    """A finding for each rule that a configuration treats otherwise than the settings ask for."""
    wanted = expected(settings)
    for rule in sorted({*said, *wanted}):
        if said.get(rule) != wanted.get(rule):
            yield Finding(RULE, shown, f"{shown}: {rule} {_difference(said.get(rule), wanted.get(rule))}")


def _difference(said: object, wanted: object) -> str:
    if wanted is None:
        return f"is {_short(said)}, and the settings ask for nothing there; take it out"
    if said is None:
        return f"is not there, and the settings ask for {_short(wanted)}; add it"
    return f"is {_short(said)}, and the settings ask for {_short(wanted)}; set it to that"


def _short(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _source(settings: SourceSettings) -> Configuration:
    region, backup, environment = settings.region, settings.accounts.backup, settings.environment
    own_archive = settings.archive.managed_by is ManagedBy.SOURCE
    locks: list[Configuration] = []
    for tier in TIERS.values():
        lock = settings.retention_days.lock(tier)
        vault = arns.vault(region, backup, settings.retention_days.central_vault(environment, tier))
        locks.append({"vault": vault, "minRetentionDays": lock.min_days, "maxRetentionDays": lock.max_days})
    said: Configuration = {
        **_places(settings, [settings.accounts.own, *([backup] if own_archive else [])], [backup]),
        "backup-plan-copies-away": {"allowedVaults": [lock["vault"] for lock in locks]},
        "backup-retention-within-locks": {"locks": locks},
        # Advice elsewhere; here whatever else the role had could keep it from its work, or let it do more.
        "backup-selection-role": "mandatory",
        "backup-vault-locked": {"unlockedVaults": [names.local_vault(environment)]},
        **_known_accounts([settings.accounts.own, backup]),
        "s3-replication-present": {
            "replicatedBuckets": [names.exports_bucket(environment, settings.accounts.own, region)]
        },
    }
    if own_archive:
        archive = names.archive_bucket(environment, backup, region)
        said |= _archives([archive], settings.archive.mode is RetentionMode.COMPLIANCE)
    return said


def _central(settings: CentralSettings) -> Configuration:
    own, made_here = settings.accounts.own, ManagedBy.CENTRAL
    kept = [source for source in settings.sources if source.archive.managed_by is made_here]
    archives = [names.archive_bucket(source.environment, own, settings.region) for source in kept]
    said: Configuration = {
        **_places(settings, [own], []),
        **_archives(archives, any(source.archive.mode is RetentionMode.COMPLIANCE for source in kept)),
        **_known_accounts([own, *(source.account for source in settings.sources)]),
    }
    if settings.lock.mode is LockMode.COMPLIANCE:
        said["backup-vault-lock"] = {"complianceVaults": ["strongroom-*"]}
    return said


def _places(settings: Settings, accounts: Sequence[str], copies: Sequence[str]) -> Configuration:
    said: Configuration = {"regions": [settings.region], "accounts": list(accounts)}
    return {"aws-allowed-places": {**said, **({"copyAccounts": list(copies)} if copies else {})}}


def _known_accounts(accounts: Sequence[str]) -> Configuration:
    return {rule: {"accounts": list(accounts)} for rule in _LET_IN}


def _archives(buckets: list[str], compliance: bool) -> Configuration:
    said: Configuration = {"s3-archive-locked": {"archives": buckets}}
    if compliance:
        said["s3-archive-retention"] = {"complianceBuckets": buckets}
    return said
