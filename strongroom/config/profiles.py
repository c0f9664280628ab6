"""The AWS config file of one pipeline: which role each profile of a stack is, for whoever runs it.

A role in a provider's inputs would be stored in Pulumi's state, where preview and deploy would fight over it; the name
of a profile is the same for all of them, and this file says what it stands for.
"""

import configparser
import io
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from strongroom.config.archive import ManagedBy
from strongroom.config.settings import Settings, SourceSettings
from strongroom.facts import arns, names

BACKUP_PROFILE: Final = names.profile("backup")
"""AWS profile of the backup account in a source's pipeline."""


class Mode(StrEnum):
    """What a pipeline is there for; each has a role of its own in every account of a stack."""

    PREVIEW = "preview"
    DEPLOY = "deploy"
    OPERATE = "operate"
    RECOVER = "recover"

    @property
    def role(self) -> str:
        """Name of the mode's role in a stack's own account."""
        return _ROLES[self]


_ROLES = {
    Mode.PREVIEW: names.ROLE_PREVIEW,
    Mode.DEPLOY: names.ROLE_DEPLOY,
    Mode.OPERATE: names.ROLE_OPERATE,
    Mode.RECOVER: names.ROLE_RECOVER,
}


def roles(settings: Settings, mode: Mode) -> dict[str, str]:
    """ARN of the role that each profile of a stack stands for.

    Args:
        settings: The stack's.
        mode: The pipeline's.
    """
    accounts, environment = settings.accounts, settings.environment
    found = {names.profile(environment): arns.role(accounts.own, mode.role)}
    if isinstance(settings, SourceSettings):
        found[BACKUP_PROFILE] = arns.role(accounts.backup, _in_backup_account(settings, mode))
    found[names.STATE_PROFILE] = arns.role(accounts.pipeline, names.state_role(environment))
    return found


def render(settings: Settings, mode: Mode, token_file: Path) -> str:
    """Text of the AWS config file.

    Args:
        settings: The stack's.
        mode: The pipeline's.
        token_file: File that holds the pipeline's identity token when the roles are taken.
    """
    config = configparser.ConfigParser(interpolation=None)
    for profile, role in roles(settings, mode).items():
        config[f"profile {profile}"] = dict(_profile(settings, mode, role, token_file))
    text = io.StringIO()
    config.write(text)
    return text.getvalue()


def _profile(settings: Settings, mode: Mode, role: str, token_file: Path) -> Iterator[tuple[str, str]]:
    yield "role_arn", role
    yield "web_identity_token_file", str(token_file)
    yield "role_session_name", f"{settings.environment}-{mode.value}"
    yield "region", settings.region


def _in_backup_account(settings: SourceSettings, mode: Mode) -> str:
    if mode is Mode.DEPLOY and settings.archive.managed_by is ManagedBy.SOURCE:
        return names.provisioner_role(settings.environment)
    return names.reader_role(settings.environment)
