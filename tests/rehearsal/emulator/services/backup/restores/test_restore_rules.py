"""What AWS Backup refuses of restores, and the twin where that one thing is right."""

from typing import Any

import pytest

from tests.emulator_people import allow, deny, document, trust
from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, refusal
from tests.rehearsal.emulator.services.backup.backing_up import HOUR, TABLE, back_up
from tests.rehearsal.emulator.services.backup.copying import Pair, make_key, make_pair, restore, restore_role, takes

pytestmark = pytest.mark.emulator

_INVALID = "InvalidParameterValueException"
_ASKED = {"targetTableName": "again", "encryptionType": "Default"}
_NEW = f"arn:aws:dynamodb:{REGION}:{PROD}:table/again"
_RIGHTS = (
    "dynamodb:RestoreTableFromAwsBackup",
    "dynamodb:Scan",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
    "dynamodb:PutItem",
    "dynamodb:GetItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:DescribeTable",
)
_DISABLED = "does not exist, is not enabled or you do not have permissions to access it."


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point of its table, and a role that may restore it."""
    return make_pair(emulator, backup)


def _start(pair: Pair, **changes: Any) -> Any:
    asked = {"RecoveryPointArn": pair.point, "IamRoleArn": ROLE, "Metadata": _ASKED}
    return pair.source.start_restore_job(**(asked | changes))


def _failure(pair: Pair, point: str = "", role: str = ROLE, **metadata: str) -> str:
    job = restore(pair.source, point or pair.point, role, **metadata)
    assert job["Status"] == "FAILED", job
    return job["StatusMessage"]


def test_fails_when_the_point_does_not_exist(pair: Pair) -> None:
    absent = f"arn:aws:backup:{REGION}:{PROD}:recovery-point:A"
    assert refusal(_start, pair=pair, RecoveryPointArn=absent) == "ResourceNotFoundException"


def test_fails_when_the_point_is_still_made(pair: Pair) -> None:
    takes(pair.emulator, "backup", HOUR)
    point = back_up(pair.source)["RecoveryPointArn"]
    assert refusal(_start, pair=pair, RecoveryPointArn=point) == "InvalidRequestException"
    pair.emulator.advance(HOUR)
    assert restore(pair.source, point)["Status"] == "COMPLETED"


def test_fails_when_the_type_is_another_than_the_points(pair: Pair) -> None:
    assert refusal(_start, pair=pair, ResourceType="EBS") == _INVALID
    assert _start(pair, ResourceType="DynamoDB")["RestoreJobId"]


def test_fails_when_the_metadata_are_unknown(pair: Pair) -> None:
    assert refusal(_start, pair=pair, Metadata=_ASKED | {"billingMode": "PROVISIONED"}) == _INVALID
    assert refusal(_start, pair=pair, Metadata={}) == _INVALID


def test_fails_when_there_is_no_role(pair: Pair) -> None:
    asked = {"RecoveryPointArn": pair.point, "Metadata": _ASKED}
    assert refusal(pair.source.start_restore_job, **asked) == "MissingParameterValueException"


def test_fails_when_the_role_is_absent_or_trusts_somebody_else(pair: Pair) -> None:
    iam = pair.emulator.client("iam")
    absent = f"arn:aws:iam::{PROD}:role/absent"
    assert refusal(_start, pair=pair, IamRoleArn=absent) in {_INVALID, "AccessDeniedException"}
    iam.update_assume_role_policy(RoleName="backup", PolicyDocument=trust({"Service": "lambda.amazonaws.com"}))
    assert refusal(_start, pair=pair) == _INVALID
    iam.update_assume_role_policy(RoleName="backup", PolicyDocument=trust({"Service": "backup.amazonaws.com"}))
    assert restore(pair.source, pair.point)["Status"] == "COMPLETED"


def test_a_restore_into_a_table_that_exists_fails_and_leaves_it(pair: Pair) -> None:
    dynamodb = pair.emulator.client("dynamodb")
    dynamodb.put_item(TableName=TABLE, Item={"id": {"S": "later"}})
    assert _failure(pair, targetTableName=TABLE, encryptionType="Default") == f"Table already exists: {TABLE}"
    assert len(dynamodb.scan(TableName=TABLE)["Items"]) == 4
    assert dynamodb.describe_table(TableName=TABLE)["Table"]["TableStatus"] == "ACTIVE"


def _grant(pair: Pair, *statements: dict[str, Any]) -> None:
    iam = pair.emulator.client("iam")
    for policy in iam.list_attached_role_policies(RoleName="backup")["AttachedPolicies"]:
        iam.detach_role_policy(RoleName="backup", PolicyArn=policy["PolicyArn"])
    iam.put_role_policy(RoleName="backup", PolicyName="rights", PolicyDocument=document(*statements))


def test_nine_rights_on_the_new_table_are_enough(pair: Pair) -> None:
    _grant(pair, allow(list(_RIGHTS), _NEW))
    assert restore(pair.source, pair.point)["Status"] == "COMPLETED"


@pytest.mark.parametrize("missing", _RIGHTS)
def test_a_restore_fails_without_a_right_on_the_new_table(pair: Pair, missing: str) -> None:
    _grant(pair, allow([right for right in _RIGHTS if right != missing]))
    assert f"is not authorized to perform: {missing} on resource: {_NEW}" in _failure(pair)
    assert pair.emulator.client("dynamodb").list_tables()["TableNames"] == [TABLE]


def test_a_plain_backup_needs_the_right_of_dynamodb_on_it(pair: Pair) -> None:
    pair.source.update_region_settings(ResourceTypeManagementPreference={"DynamoDB": False})
    point = back_up(pair.source)["RecoveryPointArn"]
    on_table = [right for right in _RIGHTS if right != "dynamodb:RestoreTableFromAwsBackup"]
    _grant(pair, allow(on_table, _NEW))
    assert f"dynamodb:RestoreTableFromBackup on resource: {point}" in _failure(pair, point)
    _grant(pair, allow(on_table, _NEW), allow("dynamodb:RestoreTableFromBackup", point))
    assert restore(pair.source, point)["Status"] == "COMPLETED"


def _sealed(pair: Pair, account: str = PROD) -> tuple[str, str]:
    key = make_key(pair.emulator, account)
    pair.source.create_backup_vault(BackupVaultName="sealed", EncryptionKeyArn=key)
    return key, back_up(pair.source, BackupVaultName="sealed")["RecoveryPointArn"]


@pytest.mark.parametrize("denied", ["kms:DescribeKey", "kms:CreateGrant", "kms:Decrypt"])
def test_a_restore_fails_when_its_role_cannot_use_the_key_of_the_vault(pair: Pair, denied: str) -> None:
    key, point = _sealed(pair)
    kms = pair.emulator.client("kms")
    own = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{PROD}:root"})
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(own, deny(denied, Principal={"AWS": ROLE})))
    assert _failure(pair, point) == f"The specified AWS KMS key {key} {_DISABLED}"
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(own))
    assert restore(pair.source, point)["Status"] == "COMPLETED"


def test_a_restore_fails_while_the_key_of_the_vault_is_disabled(pair: Pair) -> None:
    key, point = _sealed(pair)
    kms = pair.emulator.client("kms")
    kms.disable_key(KeyId=key)
    assert _failure(pair, point).endswith(_DISABLED)
    kms.enable_key(KeyId=key)
    assert restore(pair.source, point)["Status"] == "COMPLETED"


def test_a_restore_fails_when_a_key_is_disabled_meanwhile(pair: Pair) -> None:
    key, point = _sealed(pair)
    takes(pair.emulator, "restore", HOUR)
    started = _start(pair, RecoveryPointArn=point)["RestoreJobId"]
    pair.emulator.client("kms").disable_key(KeyId=key)
    pair.emulator.advance(HOUR)
    assert pair.source.describe_restore_job(RestoreJobId=started)["Status"] == "FAILED"
    assert pair.emulator.client("dynamodb").list_tables()["TableNames"] == [TABLE]


def test_a_table_is_restored_under_the_key_that_is_asked_for(pair: Pair) -> None:
    key = make_key(pair.emulator, PROD)
    metadata = {"targetTableName": "again", "encryptionType": "KMS", "kmsMasterKeyArn": key}
    assert restore(pair.source, pair.point, **metadata)["Status"] == "COMPLETED"
    table = pair.emulator.client("dynamodb").describe_table(TableName="again")["Table"]
    assert table["SSEDescription"]["KMSMasterKeyArn"] == key


def test_a_restore_fails_when_its_role_cannot_use_the_key_of_the_new_table(pair: Pair) -> None:
    key = make_key(pair.emulator, PROD, deny("kms:GenerateDataKey", Principal={"AWS": ROLE}))
    metadata = {"targetTableName": "again", "encryptionType": "KMS", "kmsMasterKeyArn": key}
    assert _failure(pair, **metadata) == f"The specified AWS KMS key {key} {_DISABLED}"


def test_a_copy_without_a_word_on_encryption_needs_the_tables_own_key(emulator: Emulator, backup: Any) -> None:
    key = make_key(emulator, PROD)
    pair = make_pair(emulator, backup)
    dynamodb = emulator.client("dynamodb")
    dynamodb.update_table(TableName=TABLE, SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key})
    copied = pair.copy(RecoveryPointArn=back_up(backup)["RecoveryPointArn"])["DestinationRecoveryPointArn"]
    role = restore_role(emulator, BACKUP)
    job = restore(pair.central, copied, role, targetTableName="again")
    assert (job["Status"], job["StatusMessage"]) == ("FAILED", f"The specified AWS KMS key {key} {_DISABLED}")
    assert restore(pair.central, copied, role)["Status"] == "COMPLETED"
    shared = [allow("kms:*", Principal={"AWS": f"arn:aws:iam::{one}:root"}) for one in (PROD, BACKUP)]
    emulator.client("kms").put_key_policy(KeyId=key, PolicyName="default", Policy=document(*shared))
    assert restore(pair.central, copied, role, targetTableName="same-key")["Status"] == "COMPLETED"


def test_a_restore_in_another_region_says_how_it_encrypts(pair: Pair) -> None:
    there = pair.emulator.client("backup", account=PROD, region="eu-west-1")
    there.create_backup_vault(BackupVaultName="far")
    far = f"arn:aws:backup:eu-west-1:{PROD}:backup-vault:far"
    copied = pair.copy(DestinationBackupVaultArn=far)["DestinationRecoveryPointArn"]
    asked = {"RecoveryPointArn": copied, "IamRoleArn": ROLE, "Metadata": {"targetTableName": "again"}}
    assert refusal(there.start_restore_job, **asked) == _INVALID
    assert restore(there, copied)["Status"] == "COMPLETED"


@pytest.mark.parametrize("allowed", [False, True])
def test_the_vaults_policy_decides_who_restores_its_points(pair: Pair, allowed: bool) -> None:
    iam = pair.emulator.client("iam")
    iam.create_role(RoleName="caller", AssumeRolePolicyDocument=trust({"AWS": PROD}))
    iam.put_role_policy(RoleName="caller", PolicyName="rights", PolicyDocument=document(allow("*")))
    caller = f"arn:aws:iam::{PROD}:role/caller"
    denial = deny("backup:StartRestoreJob", Principal="*")
    denial["Condition"] = {"ArnNotLike": {"aws:PrincipalArn": [caller if allowed else ROLE]}}
    pair.source.put_backup_vault_access_policy(BackupVaultName=VAULT, Policy=document(denial))
    client = pair.emulator.client("backup", role_arn=caller)
    asked = {"RecoveryPointArn": pair.point, "IamRoleArn": ROLE, "Metadata": _ASKED}
    if allowed:
        assert client.start_restore_job(**asked)["RestoreJobId"]
    else:
        assert refusal(client.start_restore_job, **asked) == "AccessDeniedException"


def test_fails_when_a_verdict_is_put_on_a_restore_that_is_no_test(pair: Pair) -> None:
    job = _start(pair)["RestoreJobId"]
    call = pair.source.put_restore_validation_result
    assert refusal(call, RestoreJobId=job, ValidationStatus="SUCCESSFUL") == "InvalidRequestException"
