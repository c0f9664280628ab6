from typing import Any

import pytest

from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.asking import ABSENT_ROLE, policy, trust
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_ROOT = policy(Principal={"AWS": f"arn:aws:iam::{PROD}:root"}, Action="kms:*", Resource="*")
_ADMINISTRATOR = f"arn:aws:iam::{PROD}:role/OrganizationAccountAccessRole"
_MALFORMED = "MalformedPolicyDocumentException"


@pytest.fixture
def kms(emulator: Emulator) -> Any:
    """KMS as the administrator of prod calls it."""
    return emulator.client("kms")


def _refused(kms: Any, document: str) -> tuple[str, str]:
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    made = refusal(kms.create_key, Policy=document)
    put = refusal(kms.put_key_policy, KeyId=key, PolicyName="default", Policy=document)
    return made, put


@pytest.mark.parametrize("document", ["no json", "[]", "{}"])
def test_fails_when_the_policy_of_a_key_is_none(kms: Any, document: str) -> None:
    assert _refused(kms, document) == (_MALFORMED, _MALFORMED)
    assert refusal(kms.create_key, Policy=document, BypassPolicyLockoutSafetyCheck=True) == _MALFORMED


def test_fails_when_a_key_policy_names_a_role_that_does_not_exist(kms: Any) -> None:
    document = policy(Principal={"AWS": [f"arn:aws:iam::{PROD}:root", ABSENT_ROLE]}, Action="kms:*", Resource="*")
    assert _refused(kms, document) == (_MALFORMED, _MALFORMED)


@pytest.mark.parametrize("action", ["kms:Decrypt", "kms:Describe*"])
def test_fails_when_a_key_policy_locks_its_author_out(kms: Any, action: str) -> None:
    document = policy(Principal={"AWS": f"arn:aws:iam::{PROD}:root"}, Action=action, Resource="*")
    assert _refused(kms, document) == (_MALFORMED, _MALFORMED)


def test_fails_when_only_another_role_may_put_the_next_policy(emulator: Emulator, kms: Any) -> None:
    other = emulator.client("iam").create_role(RoleName="other", AssumeRolePolicyDocument=trust("ec2.amazonaws.com"))
    document = policy(Principal={"AWS": other["Role"]["Arn"]}, Action="kms:*", Resource="*")
    assert _refused(kms, document) == (_MALFORMED, _MALFORMED)


@pytest.mark.parametrize(
    "document", [_ROOT, policy(Principal={"AWS": _ADMINISTRATOR}, Action="kms:*", Resource="*")], ids=["root", "role"]
)
def test_a_key_policy_that_lets_its_author_put_the_next_one_is_taken(kms: Any, document: str) -> None:
    key = kms.create_key(Policy=document)["KeyMetadata"]["KeyId"]
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document)
    assert kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"] == document


def test_the_check_for_a_lock_out_can_be_waived(kms: Any) -> None:
    document = policy(Principal={"AWS": f"arn:aws:iam::{PROD}:root"}, Action="kms:DescribeKey", Resource="*")
    made = kms.create_key(Policy=document, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["KeyId"]
    assert refusal(kms.get_key_policy, KeyId=made, PolicyName="default") == "AccessDeniedException"
