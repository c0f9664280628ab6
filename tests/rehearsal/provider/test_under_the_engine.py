"""The stand-in under the real engine: what a deployment of a few types must see."""

import json

import pytest

from tests.emulator_process import PROD, REGION
from tests.rehearsal.provider.engine import PROFILE, Project

pytestmark = [pytest.mark.engine, pytest.mark.emulator]

SECRET = "a-secret-of-the-program"

PROGRAM = f"""
import json
import pulumi
import pulumi_aws as aws

config = pulumi.Config()
prod = aws.Provider(
    "prod",
    profile="{PROFILE}",
    region="{REGION}",
    allowed_account_ids=[config.get("account") or "{PROD}"],
    default_tags={{"tags": {{"owner": "platform"}}}},
)
opts = pulumi.ResourceOptions(provider=prod)
key = aws.kms.Key("key", description=config.require_secret("token"), deletion_window_in_days=7, opts=opts)
alias = aws.kms.Alias("alias", name="alias/strongroom/engine", target_key_id=key.key_id, opts=opts)
vault = aws.backup.Vault("vault", name=config.get("vault") or "engine", kms_key_arn=key.arn, opts=opts)
policy = aws.backup.VaultPolicy(
    "policy",
    backup_vault_name=vault.name,
    policy=vault.arn.apply(
        lambda arn: json.dumps(
            {{
                "Version": "2012-10-17",
                "Statement": [
                    {{"Effect": "Deny", "Principal": "*", "Action": "backup:DeleteRecoveryPoint", "Resource": arn}}
                ],
            }}
        )
    ),
    opts=opts,
)
table = aws.dynamodb.Table(
    "table",
    billing_mode="PAY_PER_REQUEST",
    hash_key="pk",
    attributes=[{{"name": "pk", "type": "S"}}],
    server_side_encryption={{"enabled": True, "kms_key_arn": key.arn}},
    point_in_time_recovery={{"enabled": True, "recovery_period_in_days": 35}},
    tags={{"class": config.get("class") or "critical"}},
    opts=opts,
)
pulumi.export("table", table.name)
"""


@pytest.fixture
def stack(empty_stack: Project) -> Project:
    empty_stack.program(PROGRAM)
    empty_stack.ok("config", "set", "--secret", "token", SECRET)
    return empty_stack


def test_a_stack_lives(stack: Project) -> None:
    assert "+ 7 to create" in stack.ok("preview")
    stack.ok("up", "--yes", "--skip-preview")
    stack.ok("preview", "--expect-no-changes")
    stack.ok("refresh", "--preview-only", "--run-program", "--expect-no-changes")
    table = stack.ok("stack", "output", "table").strip()
    assert table.startswith("table-")

    stack.aws.client("dynamodb").update_continuous_backups(
        TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False}
    )
    drift = stack.pulumi("refresh", "--preview-only", "--run-program", "--expect-no-changes")
    assert drift.code != 0
    assert "pointInTimeRecovery" in drift.text
    stack.ok("up", "--yes", "--skip-preview", "--refresh", "--run-program")
    stack.ok("refresh", "--preview-only", "--run-program", "--expect-no-changes")

    stack.ok("config", "set", "class", "standard")
    stack.ok("up", "--yes", "--skip-preview")
    arn = f"arn:aws:dynamodb:{REGION}:{PROD}:table/{table}"
    tags = stack.aws.client("dynamodb").list_tags_of_resource(ResourceArn=arn)["Tags"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"owner": "platform", "class": "standard"}
    stack.ok("destroy", "--yes", "--skip-preview")
    assert stack.aws.client("dynamodb").list_tables()["TableNames"] == []


def test_a_secret_stays_one_in_the_state(stack: Project) -> None:
    stack.ok("up", "--yes", "--skip-preview")
    key = stack.resources()["key"]
    assert stack.aws.client("kms").describe_key(KeyId=key["id"])["KeyMetadata"]["Description"] == SECRET
    for values in (key["inputs"], key["outputs"]):
        assert "ciphertext" in values["description"]
    assert SECRET not in stack.state_text()
    stack.ok("refresh", "--yes", "--skip-preview")
    assert SECRET not in stack.state_text()


def test_a_renamed_vault_is_made_before_the_old_one_goes(stack: Project) -> None:
    stack.ok("up", "--yes", "--skip-preview")
    stack.ok("config", "set", "vault", "engine-second")
    shown = stack.ok("preview", "--diff")
    assert "(replace)" in shown
    stack.ok("up", "--yes", "--skip-preview")
    vaults = stack.aws.client("backup").list_backup_vaults()["BackupVaultList"]
    assert [vault["BackupVaultName"] for vault in vaults] == ["engine-second"]


def test_a_table_that_is_there_is_imported(stack: Project) -> None:
    stack.aws.client("dynamodb").create_table(
        TableName="adopted",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        Tags=[{"Key": "owner", "Value": "platform"}],
    )
    adopted = f"""
aws.dynamodb.Table(
    "adopted",
    name="adopted",
    billing_mode="PAY_PER_REQUEST",
    hash_key="pk",
    attributes=[{{"name": "pk", "type": "S"}}],
    opts=pulumi.ResourceOptions(provider=prod, import_="adopted@{REGION}"),
)
"""
    stack.program(PROGRAM + adopted)
    stack.ok("up", "--yes", "--skip-preview")
    assert stack.resources()["adopted"]["id"] == "adopted"
    stack.ok("preview", "--expect-no-changes")


def test_what_only_an_apply_can_tell_is_unknown_in_a_preview(stack: Project) -> None:
    steps = json.loads(stack.ok("preview", "--json"))["steps"]
    vault = next(step for step in steps if step["urn"].endswith("::vault"))["newState"]
    assert vault["inputs"]["kmsKeyArn"] == "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    policy = next(step for step in steps if step["urn"].endswith("::policy"))["newState"]
    assert policy["inputs"]["policy"] == "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def test_fails_when_the_account_is_another(stack: Project) -> None:
    stack.ok("config", "set", "account", "222222222222")
    run = stack.pulumi("preview")
    assert run.code != 0
    assert f"AWS account ID not allowed: {PROD}" in run.text
    assert stack.aws.client("backup").list_backup_vaults()["BackupVaultList"] == []


def test_fails_when_a_type_is_unknown_to_the_stand_in(stack: Project) -> None:
    stack.program(PROGRAM + 'aws.sqs.Queue("queue", opts=opts)\n')
    run = stack.pulumi("preview")
    assert run.code != 0
    assert "does not know the type aws:sqs/queue:Queue" in run.text


def test_an_error_of_aws_is_told_in_the_providers_frame(stack: Project) -> None:
    stack.aws.client("backup").create_backup_vault(BackupVaultName="engine")
    run = stack.pulumi("up", "--yes", "--skip-preview")
    assert run.code != 0
    assert "creating Backup Vault (engine): operation error Backup: CreateBackupVault" in run.text
    assert "AlreadyExistsException" in run.text
