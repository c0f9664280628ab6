from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import (
    HOUR,
    TABLE,
    TABLE_ARN,
    back_up,
    make_table,
    order,
    points,
)

pytestmark = pytest.mark.emulator

_ABSENT = f"arn:aws:backup:{REGION}:{PROD}:recovery-point:absent"


@pytest.fixture
def ready(emulator: Emulator, backup: Any) -> Any:
    """AWS Backup of prod with a vault, a table with a tag and the role of a job."""
    make_table(emulator, Tags=[{"Key": "team", "Value": "finance"}])
    make_role(emulator)
    return backup


def _described(backup: Any, arn: str, vault: str = VAULT) -> Any:
    return backup.describe_recovery_point(BackupVaultName=vault, RecoveryPointArn=arn)


def test_a_point_is_described(ready: Any) -> None:
    life = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    job = back_up(ready, Lifecycle=life)
    point = _described(ready, job["RecoveryPointArn"])
    shown = {name: point[name] for name in ("Status", "StorageClass", "ResourceArn", "ResourceName", "ResourceType")}
    assert shown == {
        "Status": "COMPLETED",
        "StorageClass": "WARM",
        "ResourceArn": TABLE_ARN,
        "ResourceName": TABLE,
        "ResourceType": "DynamoDB",
    }
    assert (point["BackupVaultName"], point["BackupVaultArn"]) == (VAULT, vault_arn())
    assert (point["IamRoleArn"], point["Lifecycle"], point["IsEncrypted"]) == (ROLE, life, True)
    assert point["CalculatedLifecycle"] == {
        "MoveToColdStorageAt": point["CreationDate"] + timedelta(days=8),
        "DeleteAt": point["CreationDate"] + timedelta(days=98),
    }
    assert point["InitiationDate"] == job["CreationDate"]
    assert point["VaultType"] == "BACKUP_VAULT"
    assert "CreatedBy" not in point


def test_a_point_without_end_has_no_dates(ready: Any) -> None:
    point = _described(ready, back_up(ready)["RecoveryPointArn"])
    assert "CalculatedLifecycle" not in point
    assert "Lifecycle" not in point


def test_a_point_of_the_tables_own_never_goes_cold(ready: Any) -> None:
    ready.update_region_settings(ResourceTypeManagementPreference={"DynamoDB": False})
    life = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    point = _described(ready, back_up(ready, Lifecycle=life)["RecoveryPointArn"])
    assert list(point["CalculatedLifecycle"]) == ["DeleteAt"]


def test_a_point_carries_the_tables_tags_and_the_jobs(ready: Any) -> None:
    arn = back_up(ready, RecoveryPointTags={"by": "hand"})["RecoveryPointArn"]
    assert ready.list_tags(ResourceArn=arn)["Tags"] == {"team": "finance", "by": "hand"}
    ready.tag_resource(ResourceArn=arn, Tags={"by": "us"})
    ready.untag_resource(ResourceArn=arn, TagKeyList=["team"])
    assert ready.list_tags(ResourceArn=arn)["Tags"] == {"by": "us"}


def test_fails_when_the_tags_of_an_absent_point_are_asked_for(ready: Any) -> None:
    assert refusal(ready.list_tags, ResourceArn=_ABSENT) == "ResourceNotFoundException"


def test_fails_when_the_vault_does_not_hold_the_point(ready: Any) -> None:
    ready.create_backup_vault(BackupVaultName="other")
    arn = back_up(ready)["RecoveryPointArn"]
    operations = (
        ready.describe_recovery_point,
        ready.get_recovery_point_restore_metadata,
        ready.update_recovery_point_lifecycle,
        ready.delete_recovery_point,
        ready.disassociate_recovery_point,
    )
    for operation in operations:
        for vault, point in (("other", arn), (VAULT, _ABSENT), ("absent", arn)):
            asked = {"BackupVaultName": vault, "RecoveryPointArn": point}
            assert refusal(operation, **asked) == "ResourceNotFoundException"


def test_a_vault_counts_its_points(ready: Any) -> None:
    back_up(ready)
    back_up(ready)
    assert ready.describe_backup_vault(BackupVaultName=VAULT)["NumberOfRecoveryPoints"] == 2
    assert refusal(ready.delete_backup_vault, BackupVaultName=VAULT) == "InvalidRequestException"


def test_the_points_of_a_vault_are_listed_by_every_filter(emulator: Emulator, ready: Any) -> None:
    other = make_table(emulator, "payments")
    first = back_up(ready)
    emulator.advance(HOUR)
    second = back_up(ready, ResourceArn=other)
    between = first["CreationDate"] + timedelta(minutes=30)
    for asked, found in (
        ({}, [second, first]),
        ({"ByResourceArn": other}, [second]),
        ({"ByResourceType": "DynamoDB"}, [second, first]),
        ({"ByResourceType": "EBS"}, []),
        ({"ByBackupPlanId": "none"}, []),
        ({"ByCreatedBefore": between}, [first]),
        ({"ByCreatedAfter": between}, [second]),
        ({"ByParentRecoveryPointArn": _ABSENT}, []),
    ):
        listed = ready.list_recovery_points_by_backup_vault(BackupVaultName=VAULT, **asked)["RecoveryPoints"]
        arns = [point["RecoveryPointArn"] for point in listed]
        assert arns == [job["RecoveryPointArn"] for job in found], asked


def test_the_points_of_a_vault_are_listed_in_pages(ready: Any) -> None:
    made = [back_up(ready)["RecoveryPointArn"] for _ in range(3)]
    paginator = ready.get_paginator("list_recovery_points_by_backup_vault")
    pages = paginator.paginate(BackupVaultName=VAULT, PaginationConfig={"PageSize": 2})
    assert [len(page["RecoveryPoints"]) for page in pages] == [2, 1]
    assert {point["RecoveryPointArn"] for point in points(ready)} == set(made)


def test_the_points_of_a_resource_are_listed_over_all_vaults(emulator: Emulator, ready: Any) -> None:
    ready.create_backup_vault(BackupVaultName="other")
    make_table(emulator, "payments")
    made = [back_up(ready, BackupVaultName=vault) for vault in (VAULT, "other")]
    back_up(ready, ResourceArn=TABLE_ARN.replace(TABLE, "payments"))
    found = ready.list_recovery_points_by_resource(ResourceArn=TABLE_ARN)["RecoveryPoints"]
    assert {(one["RecoveryPointArn"], one["BackupVaultName"]) for one in found} == {
        (job["RecoveryPointArn"], job["BackupVaultName"]) for job in made
    }
    assert found[0]["BackupSizeBytes"] == made[0]["BackupSizeInBytes"]


def test_protected_resources_show_their_last_point(emulator: Emulator, ready: Any) -> None:
    ready.create_backup_vault(BackupVaultName="other")
    back_up(ready)
    emulator.advance(HOUR)
    last_here = back_up(ready)
    emulator.advance(HOUR)
    last = back_up(ready, BackupVaultName="other")
    shown = {
        "ResourceArn": TABLE_ARN,
        "ResourceType": "DynamoDB",
        "ResourceName": TABLE,
        "LastBackupVaultArn": vault_arn("other"),
        "LastRecoveryPointArn": last["RecoveryPointArn"],
    }
    (found,) = ready.list_protected_resources()["Results"]
    assert {name: found[name] for name in shown} == shown
    described = ready.describe_protected_resource(ResourceArn=TABLE_ARN)
    assert {name: described[name] for name in shown} == shown
    (in_vault,) = ready.list_protected_resources_by_backup_vault(BackupVaultName=VAULT)["Results"]
    assert in_vault["LastBackupVaultArn"] == vault_arn()
    assert in_vault["LastRecoveryPointArn"] == last_here["RecoveryPointArn"]
    assert found["LastBackupTime"] > in_vault["LastBackupTime"]


def test_a_resource_is_protected_whatever_the_status_of_its_point(emulator: Emulator, ready: Any) -> None:
    order(emulator, "PARTIAL")
    back_up(ready)
    assert len(ready.list_protected_resources()["Results"]) == 1


def test_fails_when_a_resource_without_points_is_described(ready: Any) -> None:
    assert refusal(ready.describe_protected_resource, ResourceArn=TABLE_ARN) == "ResourceNotFoundException"
    back_up(ready)
    assert ready.describe_protected_resource(ResourceArn=TABLE_ARN)["ResourceName"] == TABLE


def test_restore_metadata_are_those_of_the_table(emulator: Emulator, ready: Any) -> None:
    arn = back_up(ready)["RecoveryPointArn"]
    asked = {"BackupVaultName": VAULT, "RecoveryPointArn": arn}
    found = ready.get_recovery_point_restore_metadata(**asked)
    assert (found["RecoveryPointArn"], found["BackupVaultArn"], found["ResourceType"]) == (arn, vault_arn(), "DynamoDB")
    assert found["RestoreMetadata"] == {"targetTableName": TABLE, "encryptionType": "Default"}
    make_table(emulator, "keyed", SSESpecification={"Enabled": True, "SSEType": "KMS"})
    keyed = back_up(ready, ResourceArn=TABLE_ARN.replace(TABLE, "keyed"))["RecoveryPointArn"]
    metadata = ready.get_recovery_point_restore_metadata(BackupVaultName=VAULT, RecoveryPointArn=keyed)
    assert metadata["RestoreMetadata"]["encryptionType"] == "KMS"
