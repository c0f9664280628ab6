"""The role that AWS Backup takes to bring data back, made on day one because a lost account's stack makes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from strongroom.config.settings import CentralSettings, Settings
from strongroom.documents.bootstrap.account import ServiceRole
from strongroom.documents.policy import Condition, Document, deny, document
from strongroom.documents.roles import trusted_by_backup
from strongroom.facts import names, services

_TARGETS: Final = f"{names.ROLE_RECOVERY_SERVICE}-targets"


@dataclass(frozen=True)
class RecoveryService:
    """The role, and the policies of the account's own that it brings along."""

    role: ServiceRole
    policies: Mapping[str, Document]
    """By name."""


def of(settings: Settings) -> RecoveryService:
    """The role of a stack's own account; in the backup account it copies into the sources' unit and nowhere else."""
    own = {_TARGETS: _into_the_unit(settings)} if isinstance(settings, CentralSettings) else {}
    trust = trusted_by_backup(settings.accounts.own)
    managed = (services.BACKUP_POLICY, services.RESTORE_POLICY)
    return RecoveryService(ServiceRole(names.ROLE_RECOVERY_SERVICE, trust, managed, tuple(own)), own)


def _into_the_unit(settings: CentralSettings) -> Document:
    """Refuse copies out of the unit, which AWS's policy allows.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html, read 2026-11-22.
    """
    outside: Condition = {
        "ForAnyValue:StringNotLike": {"backup:CopyTargetOrgPaths": [f"{settings.organization.sources_path}*"]},
    }
    return document(deny("CopyIntoTheUnitOfTheSourcesAlone", ["backup:CopyFromBackupVault"], "*", outside))
