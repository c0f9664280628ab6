"""`strongroom restore` against the local AWS: a row is lost, found, and brought back with nothing else."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from strongroom.cli.exits import Exit
from strongroom.cli.main import run
from strongroom.config import stackfile
from strongroom.documents.permissions import recover
from strongroom.facts import names
from strongroom.recovery.instants import exact
from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import make_role
from tests.rehearsal.emulator.services.backup.backing_up import back_up
from tests.rehearsal.emulator.services.backup.copying import RESTORES
from tests.rehearsal.emulator.services.dynamodb.holding import advance
from tests.strongroom.cli.test_dr_plan_local_aws import profile

pytestmark = pytest.mark.emulator

STACKFILE = Path(__file__).parents[3] / "Pulumi.prod.yaml"
TABLE = {
    "name": "receipts",
    "dataClass": "short",
    "hashKey": {"name": "id", "type": "B"},
    "ttlAttribute": "expires",
    "stream": "NEW_IMAGE",
}
MINUTES = timedelta(minutes=20)


def row(number: int, **more: Any) -> dict[str, Any]:
    return {"id": {"B": bytes([255, number])}, "blob": {"B": b"\x00\xfb"}, "amount": {"N": "12.5"}, **more}


def held(dynamodb: Any, table: str = "receipts") -> dict[bytes, Any]:
    return {one["id"]["B"]: one for one in dynamodb.scan(TableName=table, ConsistentRead=True)["Items"]}


def recover_role(emulator: Emulator) -> str:
    """Make the recover role with nothing but its own rights, and return its ARN."""
    settings = stackfile.read(Path.cwd() / STACKFILE.name)
    iam, trusted = emulator.client("iam"), {"AWS": f"arn:aws:iam::{PROD}:root"}
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole"}],
    }
    made = iam.create_role(RoleName=names.ROLE_RECOVER, AssumeRolePolicyDocument=json.dumps(trust))
    for name, rights in recover.policies(settings).items():
        policy = iam.create_policy(PolicyName=f"recover-{name}", PolicyDocument=json.dumps(rights))
        iam.attach_role_policy(RoleName=names.ROLE_RECOVER, PolicyArn=policy["Policy"]["Arn"])
    return made["Role"]["Arn"]


class Operator:
    """Prod with a table of three rows and its point-in-time recovery, and the command line of who works there."""

    def __init__(self, emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
        self.emulator, self._capsys = emulator, capsys
        self._recover = recover_role(emulator)
        self.sign_in()
        self.dynamodb.create_table(
            TableName="receipts",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "B"}],
            BillingMode="PAY_PER_REQUEST",
        )
        switched = {"PointInTimeRecoveryEnabled": True}
        self.dynamodb.update_continuous_backups(TableName="receipts", PointInTimeRecoverySpecification=switched)
        for number in range(3):
            self.dynamodb.put_item(TableName="receipts", Item=row(number))
        self.wait()

    @property
    def dynamodb(self) -> Any:
        return self.emulator.client("dynamodb")

    def wait(self) -> None:
        """Let twenty minutes pass."""
        advance(self.emulator, MINUTES)
        self.emulator.forget_sessions()
        self.sign_in()

    def sign_in(self) -> None:
        keys = self.emulator.session(self._recover)
        Path(os.environ["AWS_CONFIG_FILE"]).write_text(profile("strongroom-prod", keys))

    def restore(self, *arguments: str) -> tuple[Exit, Any]:
        """Run a command and return its exit code and its document."""
        code = run(["restore", *arguments, "--stack", "prod", "--json"])
        return code, json.loads(self._capsys.readouterr().out)


@pytest.fixture
def operator(
    emulator: Emulator, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Operator:
    """A folder with prod's stack file and an AWS config file."""
    for name, value in {
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": emulator.endpoint,
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    content = yaml.safe_load(STACKFILE.read_text())
    content["config"]["strongroom:tables"] = [TABLE]
    (tmp_path / STACKFILE.name).write_text(yaml.safe_dump(content))
    return Operator(emulator, capsys)


def test_a_deleted_row_is_found_and_brought_back_and_nothing_else(operator: Operator) -> None:
    before = exact(operator.emulator.now().replace(microsecond=0))
    operator.wait()
    operator.dynamodb.delete_item(TableName="receipts", Key={"id": row(1)["id"]})
    operator.dynamodb.put_item(TableName="receipts", Item=row(2, paid={"BOOL": True}))
    operator.dynamodb.put_item(TableName="receipts", Item=row(9))
    operator.wait()

    code, said = operator.restore(
        "pitr", "receipts", "--at", before, "--into", "receipts-then", "--yes", "--poll", "0.1"
    )
    assert (code, said["items"], said["left"]) == (Exit.OK, 3, [])

    code, said = operator.restore("diff", "receipts", "receipts-then")
    assert (code, said["counts"]) == (Exit.MISMATCH, {"missing": 1, "different": 1, "extra": 1})
    assert [json.loads(key) for key in said["keys"]["missing"]] == [{"id": {"B": "/wE="}}]

    code, said = operator.restore("copy-back", "receipts", "receipts-then", "--yes")
    assert (code, said["written"], said["left"]) == (Exit.OK, 1, {})
    expected = [row(0), row(1), row(2, paid={"BOOL": True}), row(9)]
    assert held(operator.dynamodb) == {one["id"]["B"]: one for one in expected}

    code, said = operator.restore("copy-back", "receipts", "receipts-then", "--all", "--delete-extra", "--yes")
    assert (code, said["written"], said["deleted"]) == (Exit.OK, 1, 1)
    assert held(operator.dynamodb) == held(operator.dynamodb, "receipts-then")

    code, said = operator.restore("point-to", "receipts", "receipts-then", "--yes")
    assert (code, said["old"], said["written"]) == (Exit.OK, None, True)
    name = names.table_pointer("prod", "receipts")
    assert operator.emulator.client("ssm").get_parameter(Name=name)["Parameter"]["Value"] == "receipts-then"


def test_a_table_comes_back_from_the_newest_point_of_the_local_vault(operator: Operator) -> None:
    emulator, vault = operator.emulator, names.local_vault("prod")
    make_role(emulator)
    make_role(emulator, names.ROLE_RECOVERY_SERVICE)
    emulator.client("iam").attach_role_policy(RoleName=names.ROLE_RECOVERY_SERVICE, PolicyArn=RESTORES)
    backup = emulator.root("backup")
    backup.create_backup_vault(BackupVaultName=vault)
    back_up(backup, BackupVaultName=vault)
    operator.wait()

    code, said = operator.restore("point", "receipts", "--newest", "--yes", "--poll", "0.1")
    assert (code, said["items"], said["left"]) == (Exit.OK, 3, []), said
    assert held(operator.dynamodb, said["target"]) == held(operator.dynamodb)
    code, said = operator.restore("diff", "receipts", said["target"])
    assert (code, said["counts"]) == (Exit.OK, {"missing": 0, "different": 0, "extra": 0})


def test_an_instant_four_minutes_ago_and_a_name_that_is_taken_are_refused(operator: Operator) -> None:
    recent = exact(operator.emulator.now().replace(microsecond=0) - timedelta(minutes=4))
    code, said = operator.restore("pitr", "receipts", "--at", recent, "--yes")
    assert (code, "at the latest" in said["errors"][0]) == (Exit.REFUSED, True)
    code, said = operator.restore("pitr", "receipts", "--latest", "--into", "receipts", "--yes")
    assert (code, "exists already" in said["errors"][0]) == (Exit.REFUSED, True)
