from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, TABLE_ARN, back_up, start

pytestmark = pytest.mark.emulator


def test_a_job_is_listed_for_30_days(emulator: Emulator, ready: Any) -> None:
    job = start(ready)
    emulator.advance(30 * DAY - 600)
    assert [one["BackupJobId"] for one in ready.list_backup_jobs()["BackupJobs"]] == [job]
    emulator.advance(601)
    assert ready.list_backup_jobs()["BackupJobs"] == []
    assert refusal(ready.describe_backup_job, BackupJobId=job) == "ResourceNotFoundException"


def test_jobs_are_listed_by_every_filter(emulator: Emulator, ready: Any) -> None:
    ready.create_backup_vault(BackupVaultName="other")
    first = back_up(ready)
    emulator.advance(HOUR)
    second = back_up(ready, BackupVaultName="other", ResourceArn=TABLE_ARN.replace("receipts", "absent"))
    between = first["CreationDate"] + timedelta(minutes=30)
    for asked, found in (
        ({}, [second, first]),
        ({"ByResourceArn": TABLE_ARN}, [first]),
        ({"ByState": "FAILED"}, [second]),
        ({"ByBackupVaultName": "other"}, [second]),
        ({"ByCreatedBefore": between}, [first]),
        ({"ByCreatedAfter": between}, [second]),
        ({"ByCompleteBefore": between}, [first]),
        ({"ByCompleteAfter": between}, [second]),
        ({"ByResourceType": "DynamoDB"}, [second, first]),
        ({"ByResourceType": "EBS"}, []),
        ({"ByAccountId": PROD}, [second, first]),
        ({"ByAccountId": BACKUP}, []),
        ({"ByMessageCategory": "SUCCESS"}, [first]),
        ({"ByMessageCategory": "*"}, [second, first]),
        ({"ByParentJobId": "none"}, []),
    ):
        listed = ready.list_backup_jobs(**asked)["BackupJobs"]
        assert [job["BackupJobId"] for job in listed] == [job["BackupJobId"] for job in found], asked


def test_jobs_are_listed_in_pages(ready: Any) -> None:
    made = [start(ready) for _ in range(3)]
    pages = ready.get_paginator("list_backup_jobs").paginate(PaginationConfig={"PageSize": 2})
    found = [[job["BackupJobId"] for job in page["BackupJobs"]] for page in pages]
    assert found == [[made[2], made[1]], [made[0]]]
