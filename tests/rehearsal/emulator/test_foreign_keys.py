from typing import Any

import pytest

from tests.emulator_people import allow, document, make_role, refuses
from tests.emulator_process import PIPELINE, PROD, Emulator

pytestmark = pytest.mark.emulator


def make_key(emulator: Emulator, *statements: dict[str, Any]) -> str:
    own = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{PIPELINE}:root"})
    kms = emulator.client("kms", account=PIPELINE)
    return kms.create_key(Policy=document(own, *statements))["KeyMetadata"]["Arn"]


def test_a_role_of_another_account_uses_a_key_that_lets_it(emulator: Emulator) -> None:
    role = make_role(emulator, "engine", allow("kms:*"))
    kms = emulator.client("kms", role_arn=role)
    key = make_key(emulator, allow(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], Principal={"AWS": role}))
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret", EncryptionContext={"stack": "prod"})["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=sealed, EncryptionContext={"stack": "prod"})["Plaintext"] == b"secret"
    assert (
        emulator.client("kms", account=PIPELINE).decrypt(
            KeyId=key, CiphertextBlob=sealed, EncryptionContext={"stack": "prod"}
        )["Plaintext"]
        == b"secret"
    )
    assert kms.generate_data_key(KeyId=key, KeySpec="AES_256")["KeyId"] == key


def test_an_alias_arn_of_another_account_names_its_key(emulator: Emulator) -> None:
    role = make_role(emulator, "engine", allow("kms:*"))
    key = make_key(emulator, allow("kms:Encrypt", Principal={"AWS": role}))
    emulator.client("kms", account=PIPELINE).create_alias(AliasName="alias/strongroom/state", TargetKeyId=key)
    alias = f"arn:aws:kms:eu-west-2:{PIPELINE}:alias/strongroom/state"
    assert emulator.client("kms", role_arn=role).encrypt(KeyId=alias, Plaintext=b"x")["KeyId"] == key


def test_fails_when_the_key_policy_does_not_let_the_role(emulator: Emulator) -> None:
    role, other = make_role(emulator, "engine", allow("kms:*")), make_role(emulator, "other", allow("kms:*"))
    key = make_key(emulator, allow("kms:Encrypt", Principal={"AWS": role}))
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=other).encrypt(KeyId=key, Plaintext=b"x")


def test_fails_when_the_callers_own_policies_do_not_allow(emulator: Emulator) -> None:
    role = make_role(emulator, "powerless", allow("s3:*"))
    key = make_key(emulator, allow("kms:Encrypt", Principal={"AWS": role}))
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).encrypt(KeyId=key, Plaintext=b"x")


def test_fails_when_a_foreign_root_is_not_in_the_key_policy(emulator: Emulator) -> None:
    key = make_key(emulator)
    with refuses("AccessDeniedException"):
        emulator.root("kms", PROD).encrypt(KeyId=key, Plaintext=b"x")


def test_fails_when_the_operation_does_not_work_across_accounts(emulator: Emulator) -> None:
    role = make_role(emulator, "engine", allow("kms:*"))
    key = make_key(emulator, allow("kms:*", Principal={"AWS": role}))
    with refuses("NotFoundException"):
        emulator.client("kms", role_arn=role).disable_key(KeyId=key)
