import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from strongroom.cli.exits import Exit
from strongroom.cli.main import run
from strongroom.config import manifest
from strongroom.facts import names
from strongroom.recovery.instants import exact
from strongroom.recovery.plans import plan as plans
from tests.emulator_process import BACKUP, CI, REGION, Emulator, Keys
from tests.rehearsal.emulator.services.backup.asking import VAULT, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import DAY, back_up
from tests.rehearsal.emulator.services.backup.copying import let_in, make_pair
from tests.strongroom.recovery.loss import settings

pytestmark = pytest.mark.emulator

FRESH = CI
"""The only other account of the example organization that no other part is played by."""
TABLE = {"name": "receipts", "dataClass": "short", "hashKey": {"name": "id"}}
DECLARED = manifest.of(settings(tables=[TABLE]))
CENTRAL = DECLARED.vaults.central["daily"]


def profile(name: str, keys: Keys) -> str:
    lines = {
        "aws_access_key_id": keys.access_key_id,
        "aws_secret_access_key": keys.secret_access_key,
        "aws_session_token": keys.session_token,
        "region": REGION,
    }
    return f"[profile {name}]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())


def sign_in(emulator: Emulator) -> None:
    """Write the two profiles into the AWS config file, with sessions that have just begun."""
    backup, fresh = emulator.administrator_of(BACKUP), emulator.administrator_of(FRESH)
    text = profile("strongroom-backup", backup) + profile("strongroom-prod", fresh)
    Path(os.environ["AWS_CONFIG_FILE"]).write_text(text)


@pytest.fixture
def operator(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Emulator:
    """An AWS config file with the two profiles of a recovery, and nothing else."""
    config = tmp_path / "config"
    for name, value in {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": emulator.endpoint,
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    sign_in(emulator)
    return emulator


@pytest.fixture
def backup(operator: Emulator) -> Any:
    """AWS Backup of prod, with the vault of the tests."""
    made = operator.root("backup")
    made.create_backup_vault(BackupVaultName=VAULT)
    return made


@pytest.fixture
def archive(operator: Emulator) -> Any:
    """S3 of the backup account, with prod's archive and its manifest under a delete marker."""
    s3, bucket, key = operator.client("s3", account=BACKUP), DECLARED.buckets.archive, names.manifest_key("prod")
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket=bucket, Key=key, Body=manifest.text(DECLARED).encode())
    s3.delete_object(Bucket=bucket, Key=key)
    return s3


def planned(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[Exit, str]:
    code = run(["dr", "plan", "prod", *options])
    return code, capsys.readouterr().out


def copied(emulator: Emulator, source: Any, days: Sequence[int]) -> list[str]:
    """ARNs of copies in the central vault, one made after each of so many days."""
    pair = make_pair(emulator, source)
    pair.central.create_backup_vault(BackupVaultName=CENTRAL)
    let_in(pair.central, CENTRAL)
    found = list[str]()
    for number, day in enumerate(days):
        if number:
            emulator.advance(day * DAY)
            emulator.forget_sessions()
            pair = replace(pair, point=back_up(source)["RecoveryPointArn"])
        job = pair.copy(DestinationBackupVaultArn=vault_arn(CENTRAL, BACKUP))
        found.append(job["DestinationRecoveryPointArn"])
    return found


@pytest.mark.usefixtures("archive")
def test_a_lost_table_is_found_by_its_environments_name_alone(
    operator: Emulator, backup: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (arn,) = copied(operator, backup, [0])
    code, out = planned(capsys, "--json")
    assert code is Exit.OK, out
    plan = plans.read(out)
    assert [one.point_arn for one in plan.chosen] == [arn]
    assert (plan.target_account, plan.backup_account, plan.region) == (FRESH, BACKUP, REGION)
    assert 0 <= plan.chosen[0].rpo_seconds < 300
    assert [one for one in plan.warnings if one.startswith("the settings manifest was deleted")]
    assert min(plan.quotas.copies, plan.quotas.restores) >= 1


@pytest.mark.usefixtures("archive")
def test_ages_are_by_the_clock_of_aws_and_an_instant_chooses_the_point_before_it(
    operator: Emulator, backup: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = copied(operator, backup, [0, 1])
    operator.advance(DAY)
    operator.forget_sessions()
    sign_in(operator)
    (newest,) = plans.read(planned(capsys, "--json")[1]).chosen
    assert newest.point_arn == new
    assert DAY - 1 <= newest.rpo_seconds < DAY + 300
    assert newest.fallback
    assert newest.fallback.point_arn == old
    code, out = planned(capsys, "--json", "--at", exact(newest.fallback.created))
    assert code is Exit.OK
    assert [one.point_arn for one in plans.read(out).chosen] == [old]


@pytest.mark.usefixtures("archive")
def test_fails_when_no_vault_is_there(operator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = planned(capsys, "--json")
    assert code in {Exit.NOT_FOUND, Exit.DENIED}, out
    assert CENTRAL in json.loads(out)["errors"][0]
    assert operator.endpoint not in out


def test_fails_when_there_is_no_archive(operator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = planned(capsys, "--json")
    assert code is Exit.NOT_FOUND
    assert f"there is no archive bucket {DECLARED.buckets.archive}" in json.loads(out)["errors"][0]
    assert operator.endpoint not in out


def test_fails_when_a_stranger_holds_the_archives_name(operator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    stranger = operator.client("s3", account=FRESH)
    where = {"LocationConstraint": REGION}
    stranger.create_bucket(Bucket=DECLARED.buckets.archive, CreateBucketConfiguration=where)
    code, out = planned(capsys, "--json")
    assert code is Exit.DENIED
    assert f"is not account {BACKUP}'s" in json.loads(out)["errors"][0]
