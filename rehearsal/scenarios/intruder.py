"""What the administrator of a source's account tries against the backup account, and against the source's own vault."""

import json
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from botocore.config import Config

from rehearsal.local import administrators
from rehearsal.local.local import Local
from rehearsal.scenarios.attempts import (
    BUCKET_POLICY,
    KEY_POLICY,
    LOCK_BOUNDS,
    OWN_ACCOUNT,
    TRUST,
    VAULT_POLICY,
    Attack,
    StoppedError,
)
from rehearsal.scenarios.prey import Prey
from strongroom.facts import arns, names

if TYPE_CHECKING:
    from mypy_boto3_sts import STSClient

_ROLES: Final = (names.ROLE_DEPLOY, names.ROLE_RECOVER, names.ROLE_OPERATE, administrators.ROLE)
_SHORT: Final = 1
"""Days of a life that is shorter than what the lock of any central vault takes."""
_COPY_SECONDS: Final = 3_600.0
"""Of the virtual clock, within which a copy job has ended."""
_SOON: Final = 7
"""Days until a deleted key is gone: the fewest that KMS takes."""


def attacks(local: Local, known: Prey) -> Iterator[Attack]:
    """Yield all of them, each to be tried before the next."""
    yield from _on_roles(local, known)
    yield from _on_the_vault(local, known)
    yield from _on_the_key(local, known)
    yield from _on_the_archive(local, known)
    yield _of_a_short_copy(local, known)


def _who(known: Prey) -> str:
    return f"administrator of {known.settings.environment}"


def _on_roles(local: Local, known: Prey) -> Iterator[Attack]:
    session = local.administrators.session(known.own)
    sts = cast("STSClient", session.client("sts", endpoint_url=local.control.endpoint, config=Config(proxies={})))
    for role in _ROLES:
        arn = arns.role(known.backup, role)
        take = partial(sts.assume_role, RoleArn=arn, RoleSessionName="attack")
        yield Attack(_who(known), "sts:AssumeRole", arn, TRUST, take)


def _on_the_vault(local: Local, known: Prey) -> Iterator[Attack]:
    client, who, vault = local.administrators.backup(known.own), _who(known), known.vault
    yield Attack(
        who,
        "backup:DeleteRecoveryPoint",
        known.point,
        VAULT_POLICY,
        partial(client.delete_recovery_point, BackupVaultName=vault, RecoveryPointArn=known.point),
    )
    yield Attack(
        who,
        "backup:DeleteBackupVault",
        known.vault_arn,
        OWN_ACCOUNT,
        partial(client.delete_backup_vault, BackupVaultName=vault),
    )
    yield Attack(
        who,
        "backup:PutBackupVaultAccessPolicy",
        known.vault_arn,
        OWN_ACCOUNT,
        partial(client.put_backup_vault_access_policy, BackupVaultName=vault, Policy=_open_to(known.own)),
    )
    yield Attack(
        who,
        "backup:DeleteBackupVaultLockConfiguration",
        known.vault_arn,
        OWN_ACCOUNT,
        partial(client.delete_backup_vault_lock_configuration, BackupVaultName=vault),
    )
    local_vault = names.local_vault(known.settings.environment)
    yield Attack(
        who,
        "backup:DeleteRecoveryPoint",
        known.local_point,
        VAULT_POLICY,
        partial(client.delete_recovery_point, BackupVaultName=local_vault, RecoveryPointArn=known.local_point),
    )


def _on_the_key(local: Local, known: Prey) -> Iterator[Attack]:
    client, who, key = local.administrators.kms(known.own), _who(known), known.key
    away = partial(client.schedule_key_deletion, KeyId=key, PendingWindowInDays=_SOON)
    yield Attack(who, "kms:ScheduleKeyDeletion", key, KEY_POLICY, away)
    yield Attack(who, "kms:DisableKey", key, KEY_POLICY, partial(client.disable_key, KeyId=key))
    opened = partial(client.put_key_policy, KeyId=key, Policy=_open_to(known.own))
    yield Attack(who, "kms:PutKeyPolicy", key, KEY_POLICY, opened)


def _on_the_archive(local: Local, known: Prey) -> Iterator[Attack]:
    client, who, bucket = local.administrators.s3(known.own), _who(known), arns.bucket(known.bucket)
    version = {"Bucket": known.bucket, "Key": known.object_key, "VersionId": known.version}
    target = f"{bucket}/{known.object_key}?versionId={known.version}"
    yield Attack(who, "s3:DeleteObjectVersion", target, BUCKET_POLICY, partial(client.delete_object, **version))
    opened = partial(client.put_bucket_policy, Bucket=known.bucket, Policy=_open_to(known.own))
    yield Attack(who, "s3:PutBucketPolicy", bucket, BUCKET_POLICY, opened)


def _of_a_short_copy(local: Local, known: Prey) -> Attack:
    client = local.administrators.backup(known.own)

    def copy() -> None:
        job = client.start_copy_job(
            RecoveryPointArn=known.local_point,
            SourceBackupVaultName=names.local_vault(known.settings.environment),
            DestinationBackupVaultArn=known.vault_arn,
            IamRoleArn=arns.role(known.own, names.backup_role(known.settings.environment)),
            Lifecycle={"DeleteAfterDays": _SHORT},
        )["CopyJobId"]
        local.control.advance(_COPY_SECONDS)
        ended = client.describe_copy_job(CopyJobId=job)["CopyJob"]
        if ended.get("State") != "COMPLETED":
            raise StoppedError(ended.get("State", ""), ended.get("StatusMessage", ""))

    return Attack(_who(known), f"backup:StartCopyJob for {_SHORT} day", known.vault_arn, LOCK_BOUNDS, copy)


def _open_to(account: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": arns.account_root(account)}, "Action": "*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
