from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.asking import ABSENT_ROLE, policy, trust
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

REFUSED: dict[str, str] = {
    "no JSON": "no json",
    "another document": '{"foo": 1}',
    "no statement": '{"Version": "2012-10-17", "Statement": []}',
    "nobody": policy(Action="sts:AssumeRole"),
    "no action": policy(Principal={"AWS": PROD}),
    "a resource": policy(Principal={"AWS": PROD}, Action="sts:AssumeRole", Resource="*"),
    "a role that does not exist": policy(Principal={"AWS": ABSENT_ROLE}, Action="sts:AssumeRole"),
}
ACCEPTED: dict[str, str] = {
    "a service": trust("backup.amazonaws.com"),
    "an account": policy(Principal={"AWS": BACKUP}, Action="sts:AssumeRole"),
    "an account's root": policy(Principal={"AWS": f"arn:aws:iam::{BACKUP}:root"}, Action="sts:AssumeRole"),
    "a role that exists": policy(
        Principal={"AWS": f"arn:aws:iam::{BACKUP}:role/OrganizationAccountAccessRole"}, Action="sts:AssumeRole"
    ),
    "everybody under a condition": policy(
        Principal="*", Action="sts:AssumeRole", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}
    ),
}


@pytest.fixture
def iam(emulator: Emulator) -> Any:
    """IAM of prod with one role in it."""
    client = emulator.client("iam")
    client.create_role(RoleName="backup", AssumeRolePolicyDocument=trust("backup.amazonaws.com"))
    return client


@pytest.mark.parametrize("case", REFUSED)
def test_fails_when_a_trust_policy_is_or_names(iam: Any, case: str) -> None:
    document = REFUSED[case]
    assert refusal(iam.create_role, RoleName="new", AssumeRolePolicyDocument=document) == "MalformedPolicyDocument"
    code = refusal(iam.update_assume_role_policy, RoleName="backup", PolicyDocument=document)
    assert code == "MalformedPolicyDocument"


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_trust_policy_may_name(iam: Any, case: str) -> None:
    iam.create_role(RoleName="new", AssumeRolePolicyDocument=ACCEPTED[case])
    iam.update_assume_role_policy(RoleName="backup", PolicyDocument=ACCEPTED[case])
