"""`verify` under the operate and reader roles, against the local AWS."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from strongroom.aws.sessions import ProfileSessions
from strongroom.cli import verify_judge
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output
from strongroom.cli.verify_look import Doors, Form, Options
from strongroom.config import manifest
from strongroom.config.manifest import Manifest
from strongroom.config.profiles import Mode
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.evidence.places import tables
from strongroom.facts import names
from tests.emulator_process import BACKUP, PIPELINE, PROD, REGION, Emulator
from tests.stacks import world
from tests.strongroom.aws.surroundings import Run, administrator, pipeline
from tests.strongroom.aws.test_local_aws import applied

pytestmark = pytest.mark.emulator


def wanted() -> Manifest:
    settings = world.settings("prod")
    assert isinstance(settings, SourceSettings)
    return manifest.of(settings)


def make_table(dynamodb: Any, table: TableSettings, settings: SourceSettings) -> None:
    keys = [(table.hash_key, "HASH"), *([(table.range_key, "RANGE")] if table.range_key else [])]
    stream = {"StreamEnabled": True, "StreamViewType": table.stream.value} if table.stream else {"StreamEnabled": False}
    dynamodb.create_table(
        TableName=table.name,
        AttributeDefinitions=[{"AttributeName": key.name, "AttributeType": key.type.value} for key, _ in keys],
        KeySchema=[{"AttributeName": key.name, "KeyType": kind} for key, kind in keys],
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=True,
        StreamSpecification=stream,
        Tags=[{"Key": name, "Value": value} for name, value in tables.tags(table, settings).items()],
    )
    window = {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": table.pitr_days}
    dynamodb.update_continuous_backups(TableName=table.name, PointInTimeRecoverySpecification=window)
    if table.ttl_attribute:
        expiry = {"Enabled": True, "AttributeName": table.ttl_attribute}
        dynamodb.update_time_to_live(TableName=table.name, TimeToLiveSpecification=expiry)


def make_bucket(s3: Any, name: str, settings: SourceSettings, *, locked: bool) -> None:
    where = {"LocationConstraint": REGION}
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=where, ObjectLockEnabledForBucket=locked)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    if locked:
        kept = {"Mode": settings.archive.mode.value.upper(), "Days": settings.archive.retention_days}
        lock = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": kept}}
        s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=lock)
    body = manifest.text(wanted()).encode()
    s3.put_object(Bucket=name, Key=names.manifest_key("prod"), Body=body, ChecksumAlgorithm="SHA256")


def make(emulator: Emulator) -> None:
    """Make the things of prod as its stacks would, but no point, and no replication."""
    settings, said = wanted().settings, wanted()
    for table in settings.tables:
        make_table(emulator.client("dynamodb"), table, settings)
    emulator.client("backup").create_backup_vault(BackupVaultName=said.vaults.local)
    central = emulator.client("backup", account=BACKUP)
    for tier in manifest.tiers(settings):
        bounds, vault = settings.retention_days.lock(tier), said.vaults.central[tier.name]
        central.create_backup_vault(BackupVaultName=vault)
        central.put_backup_vault_lock_configuration(
            BackupVaultName=vault, MinRetentionDays=bounds.min_days, MaxRetentionDays=bounds.max_days
        )
    make_bucket(emulator.client("s3"), said.buckets.exports, settings, locked=False)
    make_bucket(emulator.client("s3", account=BACKUP), said.buckets.archive, settings, locked=True)


def verified(environment: str = "prod") -> tuple[Exit, dict[str, Any]]:
    out = io.StringIO()
    doors = Doors(world.CHECKOUT, ProfileSessions, lambda _: REGION, lambda: 0.0, Output(out, io.StringIO()))
    code = verify_judge.run(Options(environment, form=Form.JSON, publish=True), doors)
    return code, json.loads(out.getvalue())


@pytest.fixture
def prod(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Emulator:
    """The accounts with their roles, and the pipeline that verifies prod at hand."""
    for account in (PROD, BACKUP, PIPELINE):
        administrator(monkeypatch, emulator, account)
        applied(account)
    make(emulator)
    pipeline(monkeypatch, emulator, Run(world.settings("prod"), Mode.OPERATE), tmp_path)
    return emulator


def test_the_operate_and_reader_roles_may_look_at_all_that_verify_looks_at(prod: Emulator) -> None:
    code, said = verified()
    assert said["unseen"] == []
    # Nothing is replicated here, and nothing was backed up yet; all else is as declared.
    assert [(one["place"], one["sentence"].split(" (")[0]) for one in said["findings"]] == [
        ("archive", "does not send its settings manifest to the archive")
    ]
    assert code is Exit.MISMATCH
    assert {row["note"].split(",")[0] for row in said["rows"] if row["place"] == "monthly"} == {"none yet"}
    listed = prod.client("cloudwatch").list_metrics(Namespace="Strongroom")["Metrics"]
    assert {"VerifyFailures", "VerifyHeartbeat", "PitrLagMinutes"} == {one["MetricName"] for one in listed}


@pytest.mark.usefixtures("prod")
def test_what_was_changed_behind_the_stack_is_found(emulator: Emulator) -> None:
    table = wanted().settings.tables[0].name
    emulator.client("dynamodb").update_table(TableName=table, DeletionProtectionEnabled=False)
    vault = wanted().vaults.central["weekly"]
    emulator.client("backup", account=BACKUP).delete_backup_vault_lock_configuration(BackupVaultName=vault)
    code, said = verified()
    assert code is Exit.MISMATCH
    assert {(one["place"], one["subject"]) for one in said["findings"]} == {
        ("pitr", table),
        ("weekly", vault),
        ("archive", wanted().buckets.exports),
    }


@pytest.mark.usefixtures("prod")
def test_the_backup_account_looks_at_its_vaults_and_archives_by_its_own_operate_role(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pipeline(monkeypatch, emulator, Run(world.settings("backup"), Mode.OPERATE), tmp_path)
    _, said = verified("backup")
    prods = [one for one in said["findings"] if one["place"].startswith("prod")]
    # Nothing was made for ci here.
    unseen = [one for one in said["unseen"] if "ci" not in one["place"]]
    assert (prods, unseen) == ([], [])
    assert {row["place"] for row in said["rows"]} >= {"prod-daily", "prod-weekly", "prod-monthly", "prod-archive"}
