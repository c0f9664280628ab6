import json
import os
from pathlib import Path
from typing import Any

import pytest

from strongroom.cli.exits import Exit
from strongroom.cli.main import run
from strongroom.config import manifest
from strongroom.facts import names
from tests.emulator_people import allow, make_role, trust
from tests.emulator_process import BACKUP, CI, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, vault_arn
from tests.rehearsal.emulator.services.backup.copying import let_in, make_pair
from tests.strongroom.recovery.loss import settings

pytestmark = pytest.mark.emulator

FRESH = CI
"""The only other account of the example organization that no other part is played by."""
TABLE = {"name": "receipts", "dataClass": "short", "hashKey": {"name": "id"}, "ttlAttribute": "ttl"}
DECLARED = manifest.of(settings(tables=[TABLE]))
CENTRAL = DECLARED.vaults.central["daily"]


def profile(emulator: Emulator, name: str, account: str) -> str:
    """Sign in as the recover role, which alone the landing key lets in; what it may do is others' matter here."""
    keys = emulator.session(make_role(emulator, names.ROLE_RECOVER, allow("*"), account=account))
    return (
        f"[profile {name}]\nregion = {REGION}\naws_access_key_id = {keys.access_key_id}\n"
        f"aws_secret_access_key = {keys.secret_access_key}\naws_session_token = {keys.session_token}\n"
    )


def service_role(emulator: Emulator, account: str) -> None:
    """Make the role that bootstrap makes for disasters."""
    trusts = trust({"Service": "backup.amazonaws.com"})
    make_role(emulator, names.ROLE_RECOVERY_SERVICE, allow("*"), account=account, trusts=trusts)


def archive(emulator: Emulator) -> None:
    """Put prod's manifest where replication put it."""
    s3, bucket = emulator.client("s3", account=BACKUP), DECLARED.buckets.archive
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket=bucket, Key=names.manifest_key("prod"), Body=manifest.text(DECLARED).encode())


@pytest.fixture
def fresh(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """DynamoDB of a new account; a point of a lost table of three items lies in the backup account."""
    config = tmp_path / "config"
    for name, value in {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": emulator.endpoint,
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    config.write_text(profile(emulator, "strongroom-backup", BACKUP) + profile(emulator, "strongroom-prod", FRESH))
    source = emulator.root("backup")
    source.create_backup_vault(BackupVaultName=VAULT)
    pair = make_pair(emulator, source)
    pair.central.create_backup_vault(BackupVaultName=CENTRAL)
    let_in(pair.central, CENTRAL)
    pair.copy(DestinationBackupVaultArn=vault_arn(CENTRAL, BACKUP))
    archive(emulator)
    for account in (BACKUP, FRESH):
        service_role(emulator, account)
    emulator.client("iam", account=FRESH).create_service_linked_role(AWSServiceName="backup.amazonaws.com")
    return emulator.client("dynamodb", account=FRESH)


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[Exit, dict[str, Any]]:
    code = run(["dr", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_lost_table_comes_back_with_its_items_and_what_the_run_made_goes(
    fresh: Any, emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    code, outcome = ran(capsys, "run", "prod", "--yes", "--poll", "0.1")
    assert code is Exit.OK, outcome
    assert [(one["state"], one["items"]) for one in outcome["tables"]] == [("recovered", 3)]
    assert fresh.scan(TableName="receipts")["Count"] == len("abc")
    assert fresh.describe_time_to_live(TableName="receipts")["TimeToLiveDescription"]["AttributeName"] == "ttl"
    assert Path(outcome["stackFile"]).exists()

    again, same = ran(capsys, "run", "prod", "--resume", outcome["run"], "--yes", "--poll", "0.1")
    assert (again, same["tables"][0]["digest"]) == (Exit.OK, outcome["tables"][0]["digest"])
    assert ran(capsys, "status")[0] is Exit.OK

    cleaned, gone = ran(capsys, "clean", outcome["run"], "--yes")
    assert (cleaned, len(gone["deleted"])) == (Exit.OK, 3)
    vaults = emulator.client("backup", account=FRESH).list_backup_vaults()["BackupVaultList"]
    assert vaults == []
    assert fresh.list_tables()["TableNames"] == ["receipts"]
