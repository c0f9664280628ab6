from typing import Any

import pytest

from tests.emulator_people import allow, document, make_role, refuses
from tests.emulator_process import BACKUP, PROD, Emulator

pytestmark = pytest.mark.emulator

CONTEXT = {"stack": "prod"}


def make_key(emulator: Emulator) -> str:
    """A key that delegates to IAM, in prod."""
    return emulator.client("kms").create_key()["KeyMetadata"]["Arn"]


def give(emulator: Emulator, key: str, role: str, operations: list[str], **more: Any) -> dict[str, str]:
    """Give a role a grant as prod's administrator."""
    return emulator.client("kms").create_grant(KeyId=key, GranteePrincipal=role, Operations=operations, **more)


def test_a_grantee_needs_no_policy_of_its_own(emulator: Emulator) -> None:
    role, key = make_role(emulator, "engine"), make_key(emulator)
    kms = emulator.client("kms", role_arn=role)
    with refuses("AccessDeniedException"):
        kms.encrypt(KeyId=key, Plaintext=b"x")
    give(emulator, key, role, ["Encrypt"])
    assert kms.encrypt(KeyId=key, Plaintext=b"x")["KeyId"] == key


def test_fails_when_the_grant_does_not_name_the_operation(emulator: Emulator) -> None:
    role, key = make_role(emulator, "engine"), make_key(emulator)
    give(emulator, key, role, ["Encrypt"])
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).generate_data_key(KeyId=key, KeySpec="AES_256")


def test_fails_when_the_grant_is_anothers(emulator: Emulator) -> None:
    role, other, key = make_role(emulator, "engine"), make_role(emulator, "other"), make_key(emulator)
    give(emulator, key, other, ["Encrypt"])
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).encrypt(KeyId=key, Plaintext=b"x")


@pytest.mark.parametrize("kind", ["EncryptionContextEquals", "EncryptionContextSubset"])
def test_a_grant_holds_for_its_encryption_context(emulator: Emulator, kind: str) -> None:
    role, key = make_role(emulator, "engine"), make_key(emulator)
    give(emulator, key, role, ["Encrypt"], Constraints={kind: CONTEXT})
    kms = emulator.client("kms", role_arn=role)
    assert kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext=CONTEXT)["KeyId"] == key
    with refuses("AccessDeniedException"):
        kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext={"stack": "ci"})


def test_a_subset_may_be_more_and_an_equal_context_not(emulator: Emulator) -> None:
    role, key = make_role(emulator, "engine"), make_key(emulator)
    kms = emulator.client("kms", role_arn=role)
    more = {**CONTEXT, "part": "1"}
    give(emulator, key, role, ["Encrypt"], Constraints={"EncryptionContextEquals": CONTEXT})
    with refuses("AccessDeniedException"):
        kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext=more)
    give(emulator, key, role, ["Encrypt"], Constraints={"EncryptionContextSubset": CONTEXT})
    assert kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext=more)["KeyId"] == key


def test_a_grant_does_not_lift_an_explicit_deny(emulator: Emulator) -> None:
    role = make_role(emulator, "engine", {"Effect": "Deny", "Action": "kms:Encrypt", "Resource": "*"})
    key = make_key(emulator)
    give(emulator, key, role, ["Encrypt"])
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).encrypt(KeyId=key, Plaintext=b"x")


def test_a_grantee_of_another_account_needs_its_own_accounts_word_too(emulator: Emulator) -> None:
    role = make_role(emulator, "engine", account=BACKUP)
    key = make_key(emulator)
    give(emulator, key, role, ["Encrypt"])
    kms = emulator.client("kms", role_arn=role)
    with refuses("AccessDeniedException"):
        kms.encrypt(KeyId=key, Plaintext=b"x")
    emulator.client("iam", account=BACKUP).put_role_policy(
        RoleName="engine", PolicyName="keys", PolicyDocument=document(allow("kms:Encrypt", key))
    )
    assert kms.encrypt(KeyId=key, Plaintext=b"x")["KeyId"] == key


def test_a_revoked_grant_gives_nothing_more(emulator: Emulator) -> None:
    role, key = make_role(emulator, "engine"), make_key(emulator)
    made = give(emulator, key, role, ["Encrypt"])
    administrator = emulator.client("kms")
    assert [grant["GrantId"] for grant in administrator.list_grants(KeyId=key)["Grants"]] == [made["GrantId"]]
    administrator.revoke_grant(KeyId=key, GrantId=made["GrantId"])
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).encrypt(KeyId=key, Plaintext=b"x")


def test_who_a_grant_names_for_it_retires_it(emulator: Emulator) -> None:
    role, key = make_role(emulator, "engine"), make_key(emulator)
    made = give(emulator, key, role, ["Encrypt"], RetiringPrincipal=role)
    emulator.client("kms", role_arn=role).retire_grant(GrantToken=made["GrantToken"])
    assert emulator.client("kms").list_grants(KeyId=key)["Grants"] == []


def test_a_grantee_retires_what_lets_it(emulator: Emulator) -> None:
    role, key = make_role(emulator, "engine"), make_key(emulator)
    made = give(emulator, key, role, ["Encrypt", "RetireGrant"])
    emulator.client("kms", role_arn=role).retire_grant(KeyId=key, GrantId=made["GrantId"])
    assert emulator.client("kms").list_grants(KeyId=key)["Grants"] == []


def test_fails_when_the_grant_names_nobody_to_retire_it(emulator: Emulator) -> None:
    role, key = make_role(emulator, "engine", allow("kms:*")), make_key(emulator)
    made = give(emulator, key, role, ["Encrypt"])
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).retire_grant(KeyId=key, GrantId=made["GrantId"])


def test_fails_when_a_grant_is_for_who_does_not_exist(emulator: Emulator) -> None:
    key = make_key(emulator)
    with refuses("InvalidArnException"):
        give(emulator, key, f"arn:aws:iam::{PROD}:role/absent", ["Encrypt"])


def test_a_policy_can_let_grants_be_made_for_services_only(emulator: Emulator) -> None:
    condition = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    role, key = make_role(emulator, "engine", allow("kms:CreateGrant", Condition=condition)), make_key(emulator)
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).create_grant(KeyId=key, GranteePrincipal=role, Operations=["Decrypt"])
