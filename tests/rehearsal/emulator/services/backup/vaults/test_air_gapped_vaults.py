from typing import Any

import pytest

from tests.emulator_people import allow
from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR
from tests.rehearsal.emulator.services.backup.copying import Pair, let_in, make_key, make_pair

pytestmark = pytest.mark.emulator

_INVALID = "InvalidParameterValueException"
_GAPPED = "gapped"
_INTO = {"DestinationBackupVaultArn": vault_arn(_GAPPED, BACKUP)}


def _make(backup: Any, name: str = _GAPPED, **changes: Any) -> dict[str, Any]:
    asked = {"BackupVaultName": name, "MinRetentionDays": 7, "MaxRetentionDays": 90}
    return backup.create_logically_air_gapped_backup_vault(**(asked | changes))


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point that lives 35 days, and the backup account with an air-gapped vault."""
    made = make_pair(emulator, backup, Lifecycle={"DeleteAfterDays": 35})
    _make(made.central)
    let_in(made.central, _GAPPED)
    return made


def test_an_air_gapped_vault_is_locked_from_its_creation(backup: Any) -> None:
    assert _make(backup)["VaultState"] == "CREATING"
    shown = backup.describe_backup_vault(BackupVaultName=_GAPPED)
    assert (shown["VaultType"], shown["VaultState"]) == ("LOGICALLY_AIR_GAPPED_BACKUP_VAULT", "AVAILABLE")
    assert (shown["Locked"], shown["MinRetentionDays"], shown["MaxRetentionDays"]) == (True, 7, 90)
    assert shown["LockDate"] == shown["CreationDate"]
    assert (shown["EncryptionKeyType"], "EncryptionKeyArn" in shown) == ("AWS_OWNED_KMS_KEY", False)


def test_fails_when_the_lock_of_an_air_gapped_vault_is_changed(backup: Any) -> None:
    _make(backup)
    for call in (backup.put_backup_vault_lock_configuration, backup.delete_backup_vault_lock_configuration):
        assert refusal(call, BackupVaultName=_GAPPED) == "InvalidRequestException"


@pytest.mark.parametrize(
    "bounds",
    [
        {"MinRetentionDays": 6},
        {"MinRetentionDays": 8, "MaxRetentionDays": 7},
        {"MaxRetentionDays": 36501},
    ],
)
def test_fails_when_the_bounds_are_none_of_an_air_gapped_vault(backup: Any, bounds: dict[str, int]) -> None:
    asked = {"BackupVaultName": _GAPPED, "MinRetentionDays": 7, "MaxRetentionDays": 90} | bounds
    assert refusal(backup.create_logically_air_gapped_backup_vault, **asked) == _INVALID


@pytest.mark.parametrize("most", [7, 36500])
def test_an_air_gapped_vault_keeps_7_days_to_100_years(backup: Any, most: int) -> None:
    assert _make(backup, MaxRetentionDays=most)["BackupVaultArn"] == vault_arn(_GAPPED)


def test_fails_when_the_name_is_taken(backup: Any) -> None:
    first = _make(backup, CreatorRequestId="one")
    assert _make(backup, CreatorRequestId="one")["CreationDate"] == first["CreationDate"]
    asked = {"MinRetentionDays": 7, "MaxRetentionDays": 90}
    for name in (_GAPPED, VAULT):
        call = backup.create_logically_air_gapped_backup_vault
        assert refusal(call, BackupVaultName=name, **asked) == "AlreadyExistsException"


def test_an_air_gapped_vault_may_have_a_key_of_its_maker(emulator: Emulator, backup: Any) -> None:
    key = make_key(emulator, PROD)
    _make(backup, EncryptionKeyArn=key)
    shown = backup.describe_backup_vault(BackupVaultName=_GAPPED)
    assert (shown["EncryptionKeyType"], shown["EncryptionKeyArn"]) == ("CUSTOMER_MANAGED_KMS_KEY", key)


def test_fails_when_the_maker_may_not_let_backup_use_the_key(emulator: Emulator) -> None:
    foreign = make_key(emulator, BACKUP)
    backup = emulator.client("backup")
    asked = {"BackupVaultName": _GAPPED, "MinRetentionDays": 7, "MaxRetentionDays": 90}
    call = backup.create_logically_air_gapped_backup_vault
    assert refusal(call, **asked, EncryptionKeyArn=foreign) == "AccessDeniedException"
    shared = make_key(emulator, BACKUP, allow(["kms:DescribeKey", "kms:CreateGrant"], Principal={"AWS": PROD}))
    assert _make(backup, EncryptionKeyArn=shared)["VaultState"] == "CREATING"


def test_fails_when_the_key_does_not_exist(backup: Any) -> None:
    asked = {"BackupVaultName": _GAPPED, "MinRetentionDays": 7, "MaxRetentionDays": 90}
    absent = f"arn:aws:kms:eu-west-2:{PROD}:key/00000000-0000-0000-0000-000000000000"
    call = backup.create_logically_air_gapped_backup_vault
    assert refusal(call, **asked, EncryptionKeyArn=absent) == _INVALID


def test_vaults_are_listed_by_their_type(backup: Any) -> None:
    _make(backup)
    found = {
        kind: [vault["BackupVaultName"] for vault in backup.list_backup_vaults(**asked)["BackupVaultList"]]
        for kind, asked in {
            "all": {},
            "standard": {"ByVaultType": "BACKUP_VAULT"},
            "gapped": {"ByVaultType": "LOGICALLY_AIR_GAPPED_BACKUP_VAULT"},
        }.items()
    }
    assert found == {"all": [VAULT, _GAPPED], "standard": [VAULT], "gapped": [_GAPPED]}


def test_an_empty_air_gapped_vault_can_be_deleted(backup: Any) -> None:
    _make(backup)
    backup.delete_backup_vault(BackupVaultName=_GAPPED)
    assert refusal(backup.delete_backup_vault, BackupVaultName=_GAPPED) == "ResourceNotFoundException"


@pytest.mark.parametrize(
    ("days", "works"),
    [({"DeleteAfterDays": 6}, False), ({"DeleteAfterDays": 7}, True), ({"DeleteAfterDays": 91}, False)],
)
def test_a_copy_into_an_air_gapped_vault_keeps_its_bounds(pair: Pair, days: dict[str, int], works: bool) -> None:
    assert pair.copy(**_INTO, Lifecycle=days)["State"] == ("COMPLETED" if works else "FAILED")


def test_a_copy_into_an_air_gapped_vault_stays_until_its_end(pair: Pair) -> None:
    job = pair.copy(**_INTO)
    assert job["DestinationVaultType"] == "LOGICALLY_AIR_GAPPED_BACKUP_VAULT"
    assert (job["DestinationVaultLockState"], "DestinationEncryptionKeyArn" in job) == ("LOCKED", False)
    [point] = pair.copies(_GAPPED)
    asked = {"BackupVaultName": _GAPPED, "RecoveryPointArn": point["RecoveryPointArn"]}
    assert refusal(pair.central.delete_recovery_point, **asked) == "InvalidRequestException"
    assert refusal(pair.central.delete_backup_vault, BackupVaultName=_GAPPED) == "InvalidRequestException"
    assert pair.central.describe_backup_vault(BackupVaultName=_GAPPED)["NumberOfRecoveryPoints"] == 1
    pair.emulator.advance(35 * DAY + 8 * HOUR)
    assert pair.copies(_GAPPED) == []
    pair.central.delete_backup_vault(BackupVaultName=_GAPPED)


def _copy_out(pair: Pair, vault: str) -> dict[str, Any]:
    iam = pair.emulator.client("iam", account=BACKUP)
    trust = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", '
        '"Principal": {"Service": "backup.amazonaws.com"}}]}'
    )
    role = iam.create_role(RoleName=f"to-{vault}", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    policy = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
    iam.attach_role_policy(RoleName=f"to-{vault}", PolicyArn=policy)
    started = pair.central.start_copy_job(
        RecoveryPointArn=pair.copies(_GAPPED)[0]["RecoveryPointArn"],
        SourceBackupVaultName=_GAPPED,
        DestinationBackupVaultArn=vault_arn(vault, BACKUP),
        IamRoleArn=role,
    )
    return pair.central.describe_copy_job(CopyJobId=started["CopyJobId"])["CopyJob"]


def test_a_copy_out_of_an_air_gapped_vault_lands_under_a_customers_key(pair: Pair) -> None:
    pair.copy(**_INTO)
    pair.central.create_backup_vault(BackupVaultName="plain")
    job = _copy_out(pair, "plain")
    assert (job["State"], job["MessageCategory"]) == ("FAILED", "ACCESS_DENIED")
    pair.central.create_backup_vault(BackupVaultName="sealed", EncryptionKeyArn=make_key(pair.emulator, BACKUP))
    assert _copy_out(pair, "sealed")["State"] == "COMPLETED"
    _make(pair.central, "second")
    assert _copy_out(pair, "second")["State"] == "COMPLETED"


def test_a_copy_into_a_vault_under_its_own_key_needs_the_copy_role_on_that(pair: Pair) -> None:
    closed = make_key(pair.emulator, BACKUP)
    open_to_prod = make_key(
        pair.emulator, BACKUP, allow(["kms:DescribeKey", "kms:CreateGrant"], Principal={"AWS": PROD})
    )
    for name, key in (("closed", closed), ("opened", open_to_prod)):
        _make(pair.central, name, EncryptionKeyArn=key)
        let_in(pair.central, name)
    assert pair.failure(DestinationBackupVaultArn=vault_arn("closed", BACKUP)).startswith("KMS key is either disabled")
    assert pair.copy(DestinationBackupVaultArn=vault_arn("opened", BACKUP))["State"] == "COMPLETED"


@pytest.mark.parametrize(
    ("call", "asked"),
    [
        ("create_restore_access_backup_vault", {"SourceBackupVaultArn": vault_arn(_GAPPED)}),
        ("list_restore_access_backup_vaults", {"BackupVaultName": _GAPPED}),
        (
            "associate_backup_vault_mpa_approval_team",
            {"BackupVaultName": _GAPPED, "MpaApprovalTeamArn": "arn:a"},
        ),
        ("disassociate_backup_vault_mpa_approval_team", {"BackupVaultName": _GAPPED}),
    ],
)
def test_multi_party_approval_is_not_served(backup: Any, call: str, asked: dict[str, str]) -> None:
    assert refusal(getattr(backup, call), **asked) == "NotImplemented"
