"""The stack of a source: its tables, their backups, the exports bucket, the alarms and the settings manifest."""

from datetime import timedelta

import pulumi

from components.backup_alarms import BackupAlarms
from components.local_backup import LocalBackup
from components.protected_table import KeyAttributeArgs, ProtectedTable, ProtectedTableArgs
from components.replicated_export_bucket import BucketEnds, ReplicatedExportBucket, ReplicatedExportBucketArgs
from stacks.adoption import Adoption
from stacks.opt_ins import opt_in
from stacks.providers import provider
from strongroom.config import freshness, manifest
from strongroom.config.archive import ManagedBy
from strongroom.config.manifest import Manifest
from strongroom.config.outputs import SourceOutputs
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import KeyAttribute, TableSettings
from strongroom.facts import names


def build(settings: SourceSettings, adoption: Adoption) -> SourceOutputs[pulumi.Output[str]]:
    """Register everything of a source.

    Args:
        settings: what to make.
        adoption: what to take over instead of making it.
    """
    own = pulumi.ResourceOptions(
        provider=provider(names.profile(settings.environment), settings.accounts.own, settings),
        transformations=[adoption.take],
    )
    written = manifest.of(settings)
    opt_in(settings, own)
    alarms = _alarms(settings, written, own)
    backup = _backup(settings, alarms.topic_arn, own)
    tables = [ProtectedTable(table.name, _table(table, settings), own) for table in settings.tables]
    bucket = ReplicatedExportBucket(settings.environment, _bucket(settings, written), own)
    return {
        "table_arns": {table.name: made.table_arn for table, made in zip(settings.tables, tables, strict=True)},
        "vault_arn": backup.vault_arn,
        "exports_bucket": bucket.exports_bucket,
        "archive_bucket": bucket.archive_bucket,
        "key_aliases": {
            purpose: names.key_alias(settings.environment, purpose)
            for purpose in ("vault", "exports", "archive", "alarms")
        },
        "alarm_topic_arn": alarms.topic_arn,
    }


def _alarms(settings: SourceSettings, written: Manifest, opts: pulumi.ResourceOptions) -> BackupAlarms:
    return BackupAlarms(
        "alarms",
        {
            "environment": settings.environment,
            "region": settings.region,
            "account_id": settings.accounts.own,
            "emails": settings.alarms.emails,
            "vault_name": written.vaults.local,
            "copy_vault_names": written.vaults.central,
            "exports_bucket": names.exports_bucket(settings.environment, settings.accounts.own, settings.region),
            "archive_bucket": names.archive_bucket(settings.environment, settings.accounts.backup, settings.region),
            "max_age_hours": freshness.hours(settings),
            "max_pitr_lag_minutes": freshness.PITR / timedelta(minutes=1),
            "disposable": settings.disposable,
        },
        opts,
    )


def _backup(settings: SourceSettings, topic_arn: pulumi.Output[str], opts: pulumi.ResourceOptions) -> LocalBackup:
    days = settings.retention_days
    return LocalBackup(
        "backup",
        {
            "environment": settings.environment,
            "region": settings.region,
            "account_id": settings.accounts.own,
            "backup_account_id": settings.accounts.backup,
            "data_classes": [table.data_class for table in settings.tables],
            "retention_days": {"daily": days.daily, "weekly": days.weekly, "monthly": days.monthly},
            "time_zone": settings.schedule.time_zone,
            "topic_arn": topic_arn,
            "disposable": settings.disposable,
        },
        opts,
    )


def _table(table: TableSettings, settings: SourceSettings) -> ProtectedTableArgs:
    args: ProtectedTableArgs = {
        "environment": settings.environment,
        "region": settings.region,
        "table_name": table.name,
        "data_class": table.data_class,
        "hash_key": _key(table.hash_key),
        "pitr_days": table.pitr_days,
        "disposable": settings.disposable,
    }
    if table.range_key:
        args["range_key"] = _key(table.range_key)
    if table.ttl_attribute:
        args["ttl_attribute"] = table.ttl_attribute
    if table.stream:
        args["stream"] = table.stream
    if table.kms_key_arn:
        args["kms_key_arn"] = table.kms_key_arn
    return args


def _key(key: KeyAttribute) -> KeyAttributeArgs:
    return {"name": key.name, "type": key.type}


def _bucket(settings: SourceSettings, written: Manifest) -> ReplicatedExportBucketArgs:
    args: ReplicatedExportBucketArgs = {
        "ends": BucketEnds.EXPORTS,
        "region": settings.region,
        "source": {
            "environment": settings.environment,
            "account_id": settings.accounts.own,
            "sources_path": settings.organization.sources_path,
        },
        "archive_account_id": settings.accounts.backup,
        "retention_days": settings.archive.retention_days,
        "mode": settings.archive.mode,
        "documents": {names.manifest_key(settings.environment): manifest.text(written)},
        "disposable": settings.disposable,
    }
    if settings.archive.managed_by is ManagedBy.SOURCE:
        args["ends"] = BucketEnds.BOTH
        args["archive_provider"] = provider(BACKUP_PROFILE, settings.accounts.backup, settings)
    return args
