"""The process is killed at random moments of its work; whatever it had answered is there, and what it began ends."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from botocore.exceptions import BotoCoreError

from tests.emulator_process import Emulator, start
from tests.rehearsal.emulator.model.stage import LOCAL, TABLES, Stage, build

pytestmark = pytest.mark.emulator

_SEED = 20261122


@pytest.fixture
def restarting(tmp_path: Path) -> Iterator[Callable[[], Stage]]:
    """Starts an emulator on the same state; what ran before is killed first."""
    running: list[Emulator] = []

    def begun() -> Stage:
        if running:
            keys = running[-1].administrator
            running.append(start(tmp_path))
            running[-1].administrator = keys
            return Stage(running[-1])
        running.append(start(tmp_path))
        running[-1].organize()
        return build(running[-1])

    yield begun
    running[-1].stop()


def work(stage: Stage, answered: list[str]) -> None:
    """Back up, copy and restore until the process is gone, and keep what was answered."""
    count = len(answered)
    arns = [stage.dynamodb.describe_table(TableName=table)["Table"]["TableArn"] for table in TABLES]
    try:
        while True:
            count += 1
            stage.dynamodb.put_item(TableName=TABLES[0], Item={"id": {"N": str(count)}, "value": {"S": "kept"}})
            answered.append(f"item {count}")
            started = stage.backup.start_backup_job(
                BackupVaultName=LOCAL, ResourceArn=arns[count % 2], IamRoleArn=stage.role()
            )
            answered.append(f"backup {started['BackupJobId']}")
            point = stage.backup.describe_backup_job(BackupJobId=started["BackupJobId"])["RecoveryPointArn"]
            answered.append(f"point {point}")
            copied = stage.backup.start_copy_job(
                RecoveryPointArn=point,
                SourceBackupVaultName=LOCAL,
                DestinationBackupVaultArn=stage.central_arn,
                IamRoleArn=stage.role(),
                Lifecycle={"DeleteAfterDays": 35},
            )
            answered.append(f"copy {copied['CopyJobId']}")
    except BotoCoreError:
        return


def test_what_was_answered_is_there_after_a_kill_and_every_job_ends(restarting: Callable[[], Stage]) -> None:
    moments = random.Random(_SEED)  # noqa: S311 - the same moments on every run
    answered: list[str] = []
    stage = restarting()
    for _ in range(4):
        with ThreadPoolExecutor(1) as pool:
            worker = pool.submit(work, stage, answered)
            while not any(line.startswith("copy") for line in answered) and not worker.done():
                time.sleep(0.05)
            time.sleep(moments.uniform(0.3, 1.2))
            stage.emulator.kill()
            worker.result(timeout=30)
        stage = restarting()
    kinds = {line.split()[0] for line in answered}
    assert kinds == {"item", "backup", "point", "copy"}
    for line in answered:
        kind, _, name = line.partition(" ")
        assert _is_there(stage, kind, name), line


def _is_there(stage: Stage, kind: str, name: str) -> bool:
    if kind == "item":
        return "Item" in stage.dynamodb.get_item(TableName=TABLES[0], Key={"id": {"N": name}})
    if kind == "backup":
        return stage.backup.describe_backup_job(BackupJobId=name)["State"] == "COMPLETED"
    if kind == "copy":
        return stage.backup.describe_copy_job(CopyJobId=name)["CopyJob"]["State"] == "COMPLETED"
    shown = stage.backup.describe_recovery_point(BackupVaultName=LOCAL, RecoveryPointArn=name)
    return shown["Status"] in {"COMPLETED", "AVAILABLE"}
