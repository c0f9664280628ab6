"""What the administrator of the backup account tries against what is kept there."""

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

from rehearsal.local import break_glass
from rehearsal.local.local import Local
from rehearsal.local.world import central
from rehearsal.scenarios.attempts import BUCKET_POLICY, KEY_POLICY, VAULT_LOCK, VAULT_POLICY, Attack
from rehearsal.scenarios.prey import Prey
from strongroom.facts import arns

_WHO: Final = "administrator of backup"
_KEPT: Final = "KeepEveryPoint"
"""Statement of a vault's policy that lets nobody delete a point."""
_SOON: Final = 7
"""Days until a deleted key is gone: the fewest that KMS takes."""
_NOTHING: Final = json.dumps({"Version": "2012-10-17", "Statement": []})


def attacks(local: Local, known: Prey) -> Iterator[Attack]:
    """Yield all of them, each to be tried before the next."""
    yield from _on_the_vault(local, known)
    yield from _on_the_key(local, known)
    yield from _on_the_archive(local, known)


def _on_the_vault(local: Local, known: Prey) -> Iterator[Attack]:
    client, vault = local.administrators.backup(known.backup), known.vault
    point = {"BackupVaultName": vault, "RecoveryPointArn": known.point}
    yield Attack(
        _WHO, "backup:DeleteRecoveryPoint", known.point, VAULT_POLICY, partial(client.delete_recovery_point, **point)
    )
    yield Attack(
        _WHO,
        "backup:UpdateRecoveryPointLifecycle",
        known.point,
        VAULT_POLICY,
        partial(client.update_recovery_point_lifecycle, **point, Lifecycle={"DeleteAfterDays": 1}),
    )
    for action, do in (
        ("DeleteBackupVault", partial(client.delete_backup_vault, BackupVaultName=vault)),
        ("DeleteBackupVaultAccessPolicy", partial(client.delete_backup_vault_access_policy, BackupVaultName=vault)),
        (
            "PutBackupVaultAccessPolicy",
            partial(client.put_backup_vault_access_policy, BackupVaultName=vault, Policy=_NOTHING),
        ),
        (
            "DeleteBackupVaultLockConfiguration",
            partial(client.delete_backup_vault_lock_configuration, BackupVaultName=vault),
        ),
    ):
        yield Attack(_WHO, f"backup:{action}", known.vault_arn, VAULT_POLICY, do)


def _on_the_key(local: Local, known: Prey) -> Iterator[Attack]:
    client, key = local.administrators.kms(known.backup), known.key
    away = partial(client.schedule_key_deletion, KeyId=key, PendingWindowInDays=_SOON)
    yield Attack(_WHO, "kms:ScheduleKeyDeletion", key, KEY_POLICY, away)
    yield Attack(_WHO, "kms:DisableKey", key, KEY_POLICY, partial(client.disable_key, KeyId=key))
    emptied = partial(client.put_key_policy, KeyId=key, Policy=_NOTHING)
    yield Attack(_WHO, "kms:PutKeyPolicy", key, KEY_POLICY, emptied)


def _on_the_archive(local: Local, known: Prey) -> Iterator[Attack]:
    client, bucket = local.administrators.s3(known.backup), arns.bucket(known.bucket)
    version = {"Bucket": known.bucket, "Key": known.object_key, "VersionId": known.version}
    target = f"{bucket}/{known.object_key}?versionId={known.version}"
    yield Attack(_WHO, "s3:DeleteObjectVersion", target, BUCKET_POLICY, partial(client.delete_object, **version))
    yield Attack(
        _WHO,
        "s3:BypassGovernanceRetention",
        target,
        BUCKET_POLICY,
        partial(client.delete_object, **version, BypassGovernanceRetention=True),
    )
    emptied = partial(client.put_bucket_policy, Bucket=known.bucket, Policy=_NOTHING)
    yield Attack(_WHO, "s3:PutBucketPolicy", bucket, BUCKET_POLICY, emptied)


@contextmanager
def opened(local: Local, known: Prey) -> Generator[Attack, None, None]:
    """Open the vault's policy as the break-glass does, and shut it afterwards; only the lock is left then."""
    settings = next(one for one in local.world.stacks.values() if central(one))
    rescuer = break_glass.backup(settings, local.control.endpoint)
    document = json.loads(known.policy)
    statements = [one for one in document["Statement"] if one["Sid"] != _KEPT]
    less = json.dumps({**document, "Statement": statements})
    rescuer.put_backup_vault_access_policy(BackupVaultName=known.vault, Policy=less)
    try:
        client = local.administrators.backup(known.backup)
        delete = partial(client.delete_recovery_point, BackupVaultName=known.vault, RecoveryPointArn=known.point)
        yield Attack(f"{_WHO}, policy open", "backup:DeleteRecoveryPoint", known.point, VAULT_LOCK, delete)
    finally:
        rescuer.put_backup_vault_access_policy(BackupVaultName=known.vault, Policy=known.policy)
