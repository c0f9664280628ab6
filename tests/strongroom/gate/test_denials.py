import json
from typing import Final

import pytest

from tests.strongroom.gate.previews import SECRET, UNKNOWN, VAULT_POLICY, Inputs, weakened


def denying(*actions: str, sid: str = "Keep", effect: str = "Deny", principal: object = "*") -> dict[str, object]:
    return {"Sid": sid, "Effect": effect, "Principal": principal, "Action": list(actions), "Resource": "*"}


def policy(*statements: object) -> Inputs:
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": list(statements)})}


DELETE: Final = "backup:DeleteRecoveryPoint"
LIFE: Final = "backup:UpdateRecoveryPointLifecycle"
UNDENIED: Final = ["policy would lose a statement that denies"]


@pytest.mark.parametrize(
    ("old", "new", "worse"),
    [
        (policy(denying(DELETE)), policy(), UNDENIED),
        (policy(denying(DELETE)), {"policy": json.dumps({"Statement": []})}, UNDENIED),
        (policy(denying(DELETE, LIFE)), policy(denying(DELETE)), UNDENIED),
        (policy(denying(DELETE)), policy(denying(DELETE, effect="Allow")), UNDENIED),
        (policy(denying(DELETE)), policy(denying(DELETE, principal={"AWS": "111111111111"})), UNDENIED),
        (policy(denying(DELETE)), policy({**denying(DELETE), "Condition": {"Bool": {"a": "true"}}}), UNDENIED),
        (policy(denying(DELETE)), policy(denying(DELETE, LIFE)), []),
        (policy(denying(DELETE, LIFE)), policy(denying(LIFE, DELETE, sid="Other")), []),
        (policy(denying(DELETE)), policy(denying(LIFE), denying(DELETE)), []),
        (policy({**denying(), "Action": DELETE}), policy(denying(DELETE)), []),
        ({"policy": json.dumps({"Statement": denying(DELETE)})}, policy(denying(DELETE)), []),
        (policy(denying(DELETE, effect="Allow")), policy(), []),
        ({}, policy(), []),
        (
            policy(denying(DELETE)),
            {},
            ["policy would become something else, and is no policy document that can be compared"],
        ),
        (
            policy(denying(DELETE)),
            {"policy": "{"},
            ["policy would become something else, and is no policy document that can be compared"],
        ),
    ],
)
def test_a_policy_may_deny_more_but_not_less(old: Inputs, new: Inputs, worse: list[str]) -> None:
    assert weakened(VAULT_POLICY, old, new) == worse


ONLY_LATER: Final = "would become what is known only during `pulumi up`"
NOBODY_CAN_TELL: Final = "is secret, so that nobody can tell whether it would become worse"


@pytest.mark.parametrize(
    ("old", "new", "worse"),
    [
        ({"policy": json.dumps({"Statement": [denying(DELETE)]})}, {"policy": UNKNOWN}, [f"policy {ONLY_LATER}"]),
        ({"policy": json.dumps({"Statement": []})}, {"policy": UNKNOWN}, []),
        ({}, {"policy": UNKNOWN}, []),
        ({"policy": "{"}, {"policy": UNKNOWN}, [f"policy {ONLY_LATER}"]),
        ({"policy": SECRET}, {"policy": "{}"}, [f"policy {NOBODY_CAN_TELL}"]),
        ({"policy": SECRET}, {"policy": SECRET}, []),
    ],
)
def test_a_document_that_cannot_be_compared_may_not_change(old: Inputs, new: Inputs, worse: list[str]) -> None:
    assert weakened(VAULT_POLICY, old, new) == worse
