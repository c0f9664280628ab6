"""The stack of the backup account: for each source a vault for each tier, and its archive; and the alarms."""

import pulumi

from components.backup_alarms import BackupAlarms
from components.central_vault import CentralVault, VaultLockArgs
from components.origins import OriginArgs
from components.replicated_export_bucket import BucketEnds, ReplicatedExportBucket
from stacks.adoption import Adoption
from stacks.opt_ins import opt_in
from stacks.providers import provider
from strongroom.config import freshness
from strongroom.config.archive import ManagedBy
from strongroom.config.lock import Lock
from strongroom.config.outputs import CentralOutputs
from strongroom.config.settings import CentralSettings, Source
from strongroom.config.tiers import Tier
from strongroom.facts import names


def build(settings: CentralSettings, adoption: Adoption) -> CentralOutputs[pulumi.Output[str]]:
    """Register everything of the backup account.

    Args:
        settings: what to make.
        adoption: what to take over instead of making it.
    """
    own = pulumi.ResourceOptions(
        provider=provider(names.profile(settings.environment), settings.accounts.own, settings),
        transformations=[adoption.take],
    )
    opt_in(settings, own)
    vaults = {
        source.environment: {tier.name: _vault(source, tier, settings, own) for tier in source.kept_in}
        for source in settings.sources
    }
    archives = {
        source.environment: _archive(source, settings, own)
        for source in settings.sources
        if source.archive.managed_by is ManagedBy.CENTRAL
    }
    alarms = _alarms(settings, own)
    return {
        "vault_arns": {
            environment: {tier: vault.vault_arn for tier, vault in tiers.items()}
            for environment, tiers in vaults.items()
        },
        "archive_buckets": {environment: made.archive_bucket for environment, made in archives.items()},
        "key_aliases": _key_aliases(settings),
        "alarm_topic_arn": alarms.topic_arn,
    }


def _vault(source: Source, tier: Tier, settings: CentralSettings, opts: pulumi.ResourceOptions) -> CentralVault:
    bounds = source.retention_days.lock(tier)
    return CentralVault(
        f"{source.environment}-{tier.name}",
        {
            "region": settings.region,
            "account_id": settings.accounts.own,
            "source": _origin(source, settings),
            "tier": tier.name,
            "lock_min_days": bounds.min_days,
            "lock_max_days": bounds.max_days,
            "lock": _lock(settings.lock),
            "disposable": settings.disposable,
        },
        opts,
    )


def _archive(source: Source, settings: CentralSettings, opts: pulumi.ResourceOptions) -> ReplicatedExportBucket:
    return ReplicatedExportBucket(
        source.environment,
        {
            "ends": BucketEnds.ARCHIVE,
            "region": settings.region,
            "source": _origin(source, settings),
            "archive_account_id": settings.accounts.own,
            "retention_days": source.archive.retention_days,
            "mode": source.archive.mode,
            "disposable": settings.disposable,
        },
        opts,
    )


def _alarms(settings: CentralSettings, opts: pulumi.ResourceOptions) -> BackupAlarms:
    copies = {
        f"{source.environment}-{tier.name}": source.retention_days.central_vault(source.environment, tier)
        for source in settings.sources
        for tier in source.kept_in
    }
    return BackupAlarms(
        "alarms",
        {
            "environment": settings.environment,
            "region": settings.region,
            "account_id": settings.accounts.own,
            "emails": settings.alarms.emails,
            "copy_vault_names": copies,
            "max_age_hours": freshness.hours(settings),
            "disposable": settings.disposable,
        },
        opts,
    )


def _origin(source: Source, settings: CentralSettings) -> OriginArgs:
    return {
        "environment": source.environment,
        "account_id": source.account,
        "sources_path": settings.organization.sources_path,
        "other_account_ids": [other.account for other in settings.sources if other.account != source.account],
    }


def _lock(lock: Lock) -> VaultLockArgs:
    args: VaultLockArgs = {"mode": lock.mode}
    if lock.grace_days is not None:
        args["grace_days"] = lock.grace_days
    if lock.acknowledge is not None:
        args["acknowledge"] = lock.acknowledge
    return args


def _key_aliases(settings: CentralSettings) -> dict[str, dict[str, str]]:
    found = {settings.environment: {"alarms": names.key_alias(settings.environment, "alarms")}}
    for source in settings.sources:
        purposes = [tier.name for tier in source.kept_in]
        if source.archive.managed_by is ManagedBy.CENTRAL:
            purposes.append("archive")
        found[source.environment] = {purpose: names.key_alias(source.environment, purpose) for purpose in purposes}
    return found
