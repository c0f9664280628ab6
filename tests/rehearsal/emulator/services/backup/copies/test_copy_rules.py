"""What AWS Backup refuses of copies, and the twin where that one thing is right."""

from typing import Any

import pytest

from tests.emulator_people import trust
from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, back_up
from tests.rehearsal.emulator.services.backup.copying import CENTRAL, Pair, make_pair, takes

pytestmark = pytest.mark.emulator

_INVALID = "InvalidParameterValueException"


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point that goes cold after 8 days, and the backup account: all that a copy needs."""
    life = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    return make_pair(emulator, backup, Lifecycle=life)


@pytest.mark.parametrize(
    "arn", ["central", f"arn:aws:s3:::{CENTRAL}", f"arn:aws:backup:{REGION}:1:backup-vault:central"]
)
def test_fails_when_the_destination_is_no_vault(pair: Pair, arn: str) -> None:
    assert refusal(pair.start_copy, DestinationBackupVaultArn=arn) == _INVALID


def test_fails_when_a_destination_of_the_own_account_does_not_exist(pair: Pair) -> None:
    target = {"DestinationBackupVaultArn": vault_arn("second")}
    assert refusal(pair.start_copy, **target) == "ResourceNotFoundException"
    pair.source.create_backup_vault(BackupVaultName="second")
    assert pair.copy(**target)["State"] == "COMPLETED"


@pytest.mark.parametrize(
    "changes",
    [{"SourceBackupVaultName": "absent"}, {"RecoveryPointArn": f"arn:aws:backup:{REGION}:{PROD}:recovery-point:A"}],
)
def test_fails_when_the_source_does_not_exist(pair: Pair, changes: dict[str, str]) -> None:
    assert refusal(pair.start_copy, **changes) == "ResourceNotFoundException"


def test_fails_when_the_caller_does_not_own_the_point(pair: Pair) -> None:
    asked = {
        "RecoveryPointArn": pair.point,
        "SourceBackupVaultName": CENTRAL,
        "DestinationBackupVaultArn": vault_arn(CENTRAL, BACKUP),
        "IamRoleArn": f"arn:aws:iam::{BACKUP}:role/OrganizationAccountAccessRole",
    }
    assert refusal(pair.central.start_copy_job, **asked) == "AccessDeniedException"


def test_fails_when_the_point_is_cold(pair: Pair) -> None:
    pair.emulator.advance(8 * DAY - HOUR)
    assert pair.copy()["State"] == "COMPLETED"
    pair.emulator.advance(HOUR)
    assert refusal(pair.start_copy) == "InvalidRequestException"


def test_fails_when_the_point_is_still_made(pair: Pair) -> None:
    takes(pair.emulator, "backup", HOUR)
    started = back_up(pair.source)
    assert refusal(pair.start_copy, RecoveryPointArn=started["RecoveryPointArn"]) == "InvalidRequestException"
    pair.emulator.advance(HOUR)
    assert pair.copy(RecoveryPointArn=started["RecoveryPointArn"])["State"] == "COMPLETED"


@pytest.mark.parametrize(
    "life",
    [
        {"DeleteAfterDays": 0},
        {"DeleteAfterDays": -2},
        {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 97},
    ],
)
def test_fails_when_no_point_can_have_the_copys_life(pair: Pair, life: dict[str, int]) -> None:
    assert refusal(pair.start_copy, Lifecycle=life) == _INVALID


@pytest.mark.parametrize(
    "life",
    [
        {"DeleteAfterDays": 1},
        {"DeleteAfterDays": -1},
        {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98},
    ],
)
def test_a_copy_may_have_any_life_that_a_point_can_have(pair: Pair, life: dict[str, int]) -> None:
    assert pair.copy(Lifecycle=life)["State"] == "COMPLETED"


def test_fails_when_the_copy_role_is_absent_foreign_or_trusts_somebody_else(pair: Pair) -> None:
    iam = pair.emulator.client("iam")
    absent, foreign = f"arn:aws:iam::{PROD}:role/absent", f"arn:aws:iam::{BACKUP}:role/OrganizationAccountAccessRole"
    for role in (absent, foreign):
        assert refusal(pair.start_copy, IamRoleArn=role) in {_INVALID, "AccessDeniedException"}
    iam.update_assume_role_policy(RoleName="backup", PolicyDocument=trust({"Service": "lambda.amazonaws.com"}))
    assert refusal(pair.start_copy) == _INVALID
    iam.update_assume_role_policy(RoleName="backup", PolicyDocument=trust({"Service": "backup.amazonaws.com"}))
    assert pair.copy()["State"] == "COMPLETED"
