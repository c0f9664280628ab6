"""Short forms for tests that ask AWS Backup something and read its answer or refusal."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError

from tests.emulator_process import PROD, REGION, Emulator

_POLICIES: Final = "arn:aws:iam::aws:policy/service-role"
VAULT: Final = "strongroom-test"
ROLE: Final = f"arn:aws:iam::{PROD}:role/backup"


def refusal(call: Callable[..., object], **asked: object) -> str:
    """Return the error code of a call that must be refused."""
    with pytest.raises(ClientError) as refused:
        call(**asked)
    return refused.value.response["Error"]["Code"]  # pyright: ignore[reportTypedDictNotRequiredAccess] - AWS always sends it


def vault_arn(name: str = VAULT, account: str = PROD) -> str:
    """ARN of a vault in the example region."""
    return f"arn:aws:backup:{REGION}:{account}:backup-vault:{name}"


def rule(**changes: object) -> dict[str, object]:
    """Return a rule of a plan that AWS Backup accepts, with changes."""
    return {"RuleName": "daily", "TargetBackupVaultName": VAULT, "Lifecycle": {"DeleteAfterDays": 35}} | changes


def plan(*rules: dict[str, object], **changes: object) -> dict[str, object]:
    """Return a plan's document with these rules, or with the one of `rule()`."""
    return {"BackupPlanName": "tables", "Rules": list(rules) or [rule()]} | changes


def make_role(emulator: Emulator, name: str = "backup", service: str = "backup.amazonaws.com") -> str:
    """Make a role that a service may assume and that may take backups, and return its ARN."""
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    iam: Any = emulator.client("iam")
    made = iam.create_role(
        RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    )
    iam.attach_role_policy(RoleName=name, PolicyArn=f"{_POLICIES}/AWSBackupServiceRolePolicyForBackup")
    return made["Role"]["Arn"]
