import configparser
from pathlib import Path

import pytest

from strongroom.config.profiles import Mode, render, roles
from tests.strongroom.documents.example import central, source

TOKEN = Path("/run/token")
PROD, CI, BACKUP, PIPELINE = "111111111111", "222222222222", "333333333333", "444444444444"


def arn(account: str, role: str) -> str:
    return f"arn:aws:iam::{account}:role/{role}"


def test_a_source_s_deploy_pipeline_reads_the_backup_account() -> None:
    assert roles(source("prod"), Mode.DEPLOY) == {
        "strongroom-prod": arn(PROD, "strongroom-deploy"),
        "strongroom-backup": arn(BACKUP, "strongroom-reader-prod"),
        "strongroom-state": arn(PIPELINE, "strongroom-state-prod"),
    }


@pytest.mark.parametrize(
    ("mode", "role"),
    [
        (Mode.DEPLOY, "strongroom-provisioner-ci"),
        (Mode.PREVIEW, "strongroom-reader-ci"),
        (Mode.OPERATE, "strongroom-reader-ci"),
        (Mode.RECOVER, "strongroom-reader-ci"),
    ],
)
def test_only_deploy_of_a_single_pipeline_makes_anything_in_the_backup_account(mode: Mode, role: str) -> None:
    assert roles(source("ci"), mode)["strongroom-backup"] == arn(BACKUP, role)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_central_pipeline_has_its_own_account_and_its_state(mode: Mode) -> None:
    assert roles(central(), mode) == {
        "strongroom-backup": arn(BACKUP, f"strongroom-{mode.value}"),
        "strongroom-state": arn(PIPELINE, "strongroom-state-backup"),
    }


def test_the_file_is_what_aws_clients_read() -> None:
    config = configparser.ConfigParser()
    config.read_string(render(source("prod"), Mode.OPERATE, TOKEN))
    assert dict(config["profile strongroom-prod"]) == {
        "role_arn": arn(PROD, "strongroom-operate"),
        "web_identity_token_file": "/run/token",
        "role_session_name": "prod-operate",
        "region": "eu-west-2",
    }
    assert config.sections() == ["profile strongroom-prod", "profile strongroom-backup", "profile strongroom-state"]


def test_a_percent_sign_in_a_path_is_left_alone() -> None:
    assert "web_identity_token_file = /run/50%/token\n" in render(source("prod"), Mode.DEPLOY, Path("/run/50%/token"))
