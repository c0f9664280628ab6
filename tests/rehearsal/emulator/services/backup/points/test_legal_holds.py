from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, refusal
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, TABLE_ARN, back_up, points

pytestmark = pytest.mark.emulator

_NAMED = {"Title": "case 7", "Description": "kept for the court"}
_INVALID = "InvalidParameterValueException"


@pytest.fixture
def ready(ready: Any) -> Any:
    """AWS Backup of prod with a point that lives 7 days."""
    back_up(ready, Lifecycle={"DeleteAfterDays": 7})
    return ready


def _hold(backup: Any, **changes: Any) -> str:
    return backup.create_legal_hold(**(_NAMED | changes))["LegalHoldId"]


def _cancel(backup: Any, hold: str, **more: Any) -> None:
    backup.cancel_legal_hold(LegalHoldId=hold, CancelDescription="over", **more)


def test_a_hold_is_shown_as_it_was_made(ready: Any) -> None:
    selection = {"VaultNames": [VAULT]}
    made = ready.create_legal_hold(**_NAMED, RecoveryPointSelection=selection)
    shown = ready.get_legal_hold(LegalHoldId=made["LegalHoldId"])
    assert (shown["Title"], shown["Status"], shown["RecoveryPointSelection"]) == ("case 7", "ACTIVE", selection)
    assert shown["LegalHoldArn"].endswith(f":legal-hold:{made['LegalHoldId']}")
    assert [hold["LegalHoldId"] for hold in ready.list_legal_holds()["LegalHolds"]] == [made["LegalHoldId"]]


def test_the_points_under_a_hold_are_listed(ready: Any) -> None:
    hold = _hold(ready, RecoveryPointSelection={"ResourceIdentifiers": [TABLE_ARN]})
    [held] = ready.list_recovery_points_by_legal_hold(LegalHoldId=hold)["RecoveryPoints"]
    assert held == {
        "RecoveryPointArn": points(ready)[0]["RecoveryPointArn"],
        "ResourceArn": TABLE_ARN,
        "ResourceType": "DynamoDB",
        "BackupVaultName": VAULT,
    }
    back_up(ready)
    assert len(ready.list_recovery_points_by_legal_hold(LegalHoldId=hold)["RecoveryPoints"]) == 1


def test_fails_when_a_point_under_a_hold_is_deleted(ready: Any) -> None:
    asked = {"BackupVaultName": VAULT, "RecoveryPointArn": points(ready)[0]["RecoveryPointArn"]}
    first, second = _hold(ready), _hold(ready)
    assert refusal(ready.delete_recovery_point, **asked) == "InvalidRequestException"
    _cancel(ready, first)
    assert refusal(ready.delete_recovery_point, **asked) == "InvalidRequestException"
    _cancel(ready, second)
    ready.delete_recovery_point(**asked)
    assert points(ready) == []


def test_a_point_under_a_hold_does_not_expire_until_it_is_released(emulator: Emulator, ready: Any) -> None:
    hold = _hold(ready)
    emulator.advance(30 * DAY)
    assert len(points(ready)) == 1
    _cancel(ready, hold)
    emulator.advance(24 * HOUR)
    assert points(ready) == []


def test_a_hold_on_another_vault_does_not_keep_a_point(emulator: Emulator, ready: Any) -> None:
    ready.create_backup_vault(BackupVaultName="other")
    _hold(ready, RecoveryPointSelection={"VaultNames": ["other"]})
    emulator.advance(8 * DAY)
    assert points(ready) == []


def test_a_released_point_lives_to_its_own_end(emulator: Emulator, ready: Any) -> None:
    _cancel(ready, _hold(ready))
    emulator.advance(7 * DAY - HOUR)
    assert len(points(ready)) == 1
    emulator.advance(9 * HOUR)
    assert points(ready) == []


def test_a_cancelled_hold_is_remembered_for_180_days_or_as_asked(emulator: Emulator, ready: Any) -> None:
    usual, short = _hold(ready), _hold(ready)
    _cancel(ready, usual)
    _cancel(ready, short, RetainRecordInDays=1)
    shown = ready.get_legal_hold(LegalHoldId=usual)
    assert (shown["Status"], shown["CancelDescription"]) == ("CANCELED", "over")
    assert shown["RetainRecordUntil"] - shown["CancellationDate"] == timedelta(days=180)
    emulator.advance(DAY)
    assert refusal(ready.get_legal_hold, LegalHoldId=short) == "ResourceNotFoundException"
    emulator.advance(178 * DAY)
    assert ready.get_legal_hold(LegalHoldId=usual)["Status"] == "CANCELED"
    emulator.advance(DAY)
    assert refusal(ready.get_legal_hold, LegalHoldId=usual) == "ResourceNotFoundException"


def test_fails_when_a_hold_is_cancelled_twice(ready: Any) -> None:
    hold = _hold(ready)
    _cancel(ready, hold)
    code = refusal(ready.cancel_legal_hold, LegalHoldId=hold, CancelDescription="again")
    assert code == "InvalidResourceStateException"


def test_fails_when_the_hold_does_not_exist(ready: Any) -> None:
    for call in (ready.get_legal_hold, ready.list_recovery_points_by_legal_hold):
        assert refusal(call, LegalHoldId="absent") == "ResourceNotFoundException"
    assert refusal(ready.cancel_legal_hold, LegalHoldId="absent", CancelDescription="") == "ResourceNotFoundException"


def test_a_description_has_at_most_280_characters(ready: Any) -> None:
    hold = _hold(ready, Description="d" * 280)
    assert refusal(ready.create_legal_hold, **(_NAMED | {"Description": "d" * 281})) == _INVALID
    assert refusal(ready.cancel_legal_hold, LegalHoldId=hold, CancelDescription="d" * 281) == _INVALID


def test_the_dates_of_a_hold_are_past_and_in_order(ready: Any) -> None:
    now = datetime.now(UTC)
    good = {"FromDate": now - timedelta(days=2), "ToDate": now - timedelta(days=1)}
    _hold(ready, RecoveryPointSelection={"DateRange": good})
    for bad in (
        {"FromDate": good["ToDate"], "ToDate": good["FromDate"]},
        {"FromDate": now, "ToDate": now + timedelta(days=1)},
    ):
        asked = _NAMED | {"RecoveryPointSelection": {"DateRange": bad}}
        assert refusal(ready.create_legal_hold, **asked) == _INVALID


def test_an_account_has_at_most_50_active_holds(ready: Any) -> None:
    holds = [_hold(ready) for _ in range(50)]
    assert refusal(ready.create_legal_hold, **_NAMED) == "LimitExceededException"
    _cancel(ready, holds[0])
    _hold(ready)


def test_the_same_request_again_makes_no_second_hold(ready: Any) -> None:
    first = _hold(ready, IdempotencyToken="one")
    assert _hold(ready, IdempotencyToken="one") == first
    assert len(ready.list_legal_holds()["LegalHolds"]) == 1


def test_a_copy_does_not_carry_the_hold(ready: Any) -> None:
    _hold(ready)
    ready.create_backup_vault(BackupVaultName="second")
    [point] = points(ready)
    target = point["BackupVaultArn"].replace(VAULT, "second")
    ready.start_copy_job(
        RecoveryPointArn=point["RecoveryPointArn"],
        SourceBackupVaultName=VAULT,
        DestinationBackupVaultArn=target,
        IamRoleArn=point["IamRoleArn"],
    )
    [copy] = points(ready, "second")
    ready.delete_recovery_point(BackupVaultName="second", RecoveryPointArn=copy["RecoveryPointArn"])
    assert points(ready, "second") == []
