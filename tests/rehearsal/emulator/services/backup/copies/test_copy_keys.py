"""The keys of copies: which rights on them a copy needs, and the twin that has them."""

from typing import Any

import pytest

from tests.emulator_people import allow, deny, document
from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import HOUR, back_up
from tests.rehearsal.emulator.services.backup.copying import LINKED_ROLE, Pair, let_in, make_key, make_pair, takes

pytestmark = pytest.mark.emulator

_SENTENCE = "KMS key is either disabled or pending deletion or access to KMS key is denied"
_READERS = allow(["kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant"], Principal={"AWS": [LINKED_ROLE]})


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod and the backup account, with vaults under keys of AWS's."""
    return make_pair(emulator, backup)


def _sealed(pair: Pair, *statements: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Make a point under a customer's key in prod; return the key and what a copy of it is asked."""
    key = make_key(pair.emulator, PROD, *statements)
    pair.source.create_backup_vault(BackupVaultName="sealed", EncryptionKeyArn=key)
    point = back_up(pair.source, BackupVaultName="sealed")["RecoveryPointArn"]
    return key, {"SourceBackupVaultName": "sealed", "RecoveryPointArn": point}


def _strong(pair: Pair, *statements: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Make a vault under a customer's key in the backup account; return the key and what a copy into it is asked."""
    key = make_key(pair.emulator, BACKUP, *statements)
    pair.central.create_backup_vault(BackupVaultName="strong", EncryptionKeyArn=key)
    let_in(pair.central, "strong")
    return key, {"DestinationBackupVaultArn": vault_arn("strong", BACKUP)}


def test_a_copy_under_keys_of_aws_needs_no_right_on_them(pair: Pair) -> None:
    assert pair.copy()["State"] == "COMPLETED"


def test_a_copy_is_under_the_destinations_key(pair: Pair) -> None:
    _, from_sealed = _sealed(pair, _READERS)
    key, into = _strong(pair)
    job = pair.copy(**from_sealed, **into)
    assert (job["State"], job["DestinationEncryptionKeyArn"]) == ("COMPLETED", key)
    assert pair.copies("strong")[0]["EncryptionKeyArn"] == key


def test_a_copy_fails_when_the_sources_key_is_not_shared_with_the_destination(pair: Pair) -> None:
    _, asked = _sealed(pair)
    assert pair.failure(**asked) == _SENTENCE
    pair.source.create_backup_vault(BackupVaultName="second")
    assert pair.copy(**asked, DestinationBackupVaultArn=vault_arn("second"))["State"] == "COMPLETED"


@pytest.mark.parametrize("missing", ["kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant"])
def test_a_copy_fails_when_the_destination_lacks_a_right_on_the_sources_key(pair: Pair, missing: str) -> None:
    rights = [right for right in ("kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant") if right != missing]
    _, asked = _sealed(pair, allow(rights, Principal={"AWS": LINKED_ROLE}))
    assert pair.failure(**asked) == _SENTENCE


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"kms:GrantIsForAWSResource": "true"}},
        {"StringLike": {"kms:ViaService": "backup.*.amazonaws.com"}},
    ],
)
def test_grants_may_be_limited_to_those_of_aws_backup(pair: Pair, condition: dict[str, Any]) -> None:
    use = allow(["kms:Decrypt", "kms:DescribeKey"], Principal={"AWS": LINKED_ROLE})
    grant = allow("kms:CreateGrant", Principal={"AWS": LINKED_ROLE}, Condition=condition)
    _, asked = _sealed(pair, use, grant)
    assert pair.copy(**asked)["State"] == "COMPLETED"


@pytest.mark.parametrize("denied", ["kms:Decrypt", "kms:CreateGrant"])
def test_a_copy_fails_when_the_sources_key_denies_its_role(pair: Pair, denied: str) -> None:
    _, asked = _sealed(pair, _READERS)
    key = pair.source.describe_backup_vault(BackupVaultName="sealed")["EncryptionKeyArn"]
    kms = pair.emulator.client("kms")
    own = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{PROD}:root"})
    kms.put_key_policy(
        KeyId=key, PolicyName="default", Policy=document(own, _READERS, deny(denied, Principal={"AWS": ROLE}))
    )
    assert pair.failure(**asked) == _SENTENCE
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(own, _READERS))
    assert pair.copy(**asked)["State"] == "COMPLETED"


@pytest.mark.parametrize("denied", ["kms:GenerateDataKey", "kms:CreateGrant"])
def test_a_copy_fails_when_the_destinations_key_denies_its_service_linked_role(pair: Pair, denied: str) -> None:
    key, into = _strong(pair)
    kms = pair.emulator.client("kms", account=BACKUP)
    own = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{BACKUP}:root"})
    kms.put_key_policy(
        KeyId=key, PolicyName="default", Policy=document(own, deny(denied, Principal={"AWS": LINKED_ROLE}))
    )
    assert pair.failure(**into) == _SENTENCE
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(own))
    assert pair.copy(**into)["State"] == "COMPLETED"


@pytest.mark.parametrize("side", ["source", "destination"])
def test_a_copy_fails_while_a_key_is_disabled(pair: Pair, side: str) -> None:
    key, asked = _sealed(pair, _READERS) if side == "source" else _strong(pair)
    kms = pair.emulator.client("kms", account=PROD if side == "source" else BACKUP)
    kms.disable_key(KeyId=key)
    assert pair.failure(**asked) == _SENTENCE
    kms.enable_key(KeyId=key)
    assert pair.copy(**asked)["State"] == "COMPLETED"
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert pair.failure(**asked) == _SENTENCE


def test_a_copy_fails_when_a_key_is_disabled_meanwhile(pair: Pair) -> None:
    key, asked = _sealed(pair, _READERS)
    takes(pair.emulator, "copy", HOUR)
    started = pair.start_copy(**asked)
    pair.emulator.client("kms").disable_key(KeyId=key)
    pair.emulator.advance(HOUR)
    assert (pair.job(started)["State"], pair.job(started)["MessageCategory"]) == ("FAILED", "KMS_KEY_ERROR")
