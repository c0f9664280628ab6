"""The recover role of the backup account as the break-glass: the one that may open a vault's policy."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from rehearsal.local import tokens
from rehearsal.local.pipeline import Mode
from strongroom.config.settings import Settings
from strongroom.documents.bootstrap import subjects
from strongroom.facts import arns

if TYPE_CHECKING:
    from mypy_boto3_backup import BackupClient
    from mypy_boto3_sts import STSClient

_CALL_SECONDS: Final = 30
_SESSION: Final = "break-glass"


def backup(settings: Settings, endpoint: str) -> "BackupClient":
    """AWS Backup of a stack's own account, as its recover role calls it.

    Args:
        settings: the stack's.
        endpoint: of the local AWS.
    """
    subject = subjects.of(settings, Mode.RECOVER)[0]
    token = tokens.unsigned(tokens.claims(settings.pipeline, subject, datetime.now(UTC)))
    config = Config(proxies={}, read_timeout=_CALL_SECONDS)
    unsigned = config.merge(Config(signature_version=UNSIGNED))
    anyone = boto3.Session(region_name=settings.region)
    sts = cast("STSClient", anyone.client("sts", endpoint_url=endpoint, config=unsigned))
    given = sts.assume_role_with_web_identity(
        RoleArn=arns.role(settings.accounts.own, Mode.RECOVER.role), RoleSessionName=_SESSION, WebIdentityToken=token
    )["Credentials"]
    own = boto3.Session(
        given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], region_name=settings.region
    )
    return cast("BackupClient", own.client("backup", endpoint_url=endpoint, config=config))
