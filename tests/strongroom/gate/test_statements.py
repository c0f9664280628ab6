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


def excepting(*actions: str) -> dict[str, object]:
    return {"Effect": "Deny", "Principal": "*", "NotAction": list(actions), "Resource": "*"}


@pytest.mark.parametrize(
    ("old", "new", "worse"),
    [
        (policy(denying(DELETE)), policy(), UNDENIED),
        (policy(denying(DELETE)), {"policy": json.dumps({"Statement": []})}, UNDENIED),
        (policy(denying(DELETE, LIFE)), policy(denying(DELETE)), UNDENIED),
        (policy(denying(DELETE)), policy(denying(DELETE, effect="Allow")), UNDENIED),
        (policy(denying(DELETE)), policy(denying(DELETE, principal={"AWS": "111111111111"})), UNDENIED),
        (policy(denying(DELETE)), policy(denying(DELETE, principal={"AWS": "*"})), []),
        (policy(denying(DELETE)), policy({**denying(DELETE), "Condition": {"Bool": {"a": "true"}}}), UNDENIED),
        (policy(denying(DELETE)), policy(denying(DELETE, LIFE)), []),
        (policy(denying(DELETE, LIFE)), policy(denying(LIFE, DELETE, sid="Other")), []),
        (policy(denying(DELETE)), policy(denying(LIFE), denying(DELETE)), []),
        (policy({**denying(), "Action": DELETE}), policy(denying(DELETE)), []),
        ({"policy": json.dumps({"Statement": denying(DELETE)})}, policy(denying(DELETE)), []),
        (policy(denying(DELETE)), policy(denying("*")), []),
        (policy({**denying(DELETE), "Condition": {"Bool": {"a": "true"}}}), policy(denying(DELETE)), []),
        ({}, policy(), []),
        (policy(denying(DELETE)), policy(excepting(LIFE)), UNDENIED),
        (policy(excepting(LIFE)), policy(excepting(LIFE, DELETE)), UNDENIED),
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


COPY: Final = "backup:CopyIntoBackupVault"
OTHER: Final = "backup:DescribeBackupVault"
ONE: Final = {"AWS": "arn:aws:iam::111111111111:root"}
TWO: Final = {"AWS": ["arn:aws:iam::222222222222:root", "arn:aws:iam::111111111111:root"]}
ORG: Final = {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}
UNALLOWED: Final = ["policy would no longer allow all that it allows"]


def letting(*actions: str, principal: object = "*", **more: object) -> dict[str, object]:
    return {**denying(*actions, effect="Allow", principal=principal), **more}


NARROWED: Final = [
    (policy(letting(COPY)), policy()),
    (policy(letting(COPY, OTHER)), policy(letting(COPY))),
    (policy(letting(COPY)), policy(letting(COPY, principal=ONE))),
    (policy(letting(COPY, principal=TWO)), policy(letting(COPY, principal=ONE))),
    (policy(letting(COPY)), policy(letting(COPY, Condition=ORG))),
    (policy(letting(COPY)), policy(letting(COPY, Resource="arn:aws:backup:eu-west-2:111111111111:backup-vault:a"))),
]


@pytest.mark.parametrize(("wide", "narrow"), NARROWED)
def test_whoever_is_let_in_may_not_be_shut_out_by_the_way(wide: Inputs, narrow: Inputs) -> None:
    assert weakened(VAULT_POLICY, wide, narrow) == UNALLOWED
    assert weakened(VAULT_POLICY, narrow, wide) == []


@pytest.mark.parametrize("other", [letting(OTHER), letting(COPY, principal={"Service": "backup.amazonaws.com"})])
def test_whoever_is_let_in_may_not_be_another_by_the_way(other: object) -> None:
    assert weakened(VAULT_POLICY, policy(letting(COPY, principal=ONE)), policy(other)) == UNALLOWED


@pytest.mark.parametrize(
    ("denial", "worse"),
    [
        (denying(COPY), UNALLOWED),
        (denying("backup:*"), UNALLOWED),
        (denying("BACKUP:copy*"), UNALLOWED),
        (excepting(COPY), UNALLOWED),
        (denying(DELETE), []),
        (denying("s3:*"), []),
    ],
)
def test_what_is_allowed_may_not_be_denied_from_now_on(denial: object, worse: list[str]) -> None:
    allowed = letting(COPY)
    assert weakened(VAULT_POLICY, policy(allowed), policy(allowed, denial)) == worse
    assert weakened(VAULT_POLICY, policy(allowed, denial), policy(allowed, denial, letting(OTHER))) == []
    assert weakened(VAULT_POLICY, policy(), policy(denial)) == []


@pytest.mark.parametrize(
    ("token", "name"),
    [
        ("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "policy"),
        ("aws:iam/role:Role", "assumeRolePolicy"),
        ("aws:iam/rolePolicy:RolePolicy", "policy"),
        ("aws:iam/policy:Policy", "policy"),
        ("aws:kms/key:Key", "policy"),
        ("aws:kms/keyPolicy:KeyPolicy", "policy"),
        ("aws:organizations/resourcePolicy:ResourcePolicy", "content"),
        ("aws:s3/bucketPolicy:BucketPolicy", "policy"),
        ("aws:sns/topicPolicy:TopicPolicy", "policy"),
    ],
)
def test_a_policy_by_which_backups_are_taken_goes_on_letting_in_and_keeping_out(token: str, name: str) -> None:
    def said(*statements: object) -> Inputs:
        return {name: policy(*statements)["policy"]}

    assert weakened(token, said(letting(COPY)), said()) == [f"{name} would no longer allow all that it allows"]
    assert weakened(token, said(denying(COPY)), said()) == [f"{name} would lose a statement that denies"]
    assert weakened(token, said(letting(COPY)), {name: UNKNOWN}) == [f"{name} {ONLY_LATER}"]


def test_a_policy_that_only_lets_in_who_does_not_take_backups_may_let_in_less() -> None:
    secret = "aws:secretsmanager/secretPolicy:SecretPolicy"
    assert weakened(secret, policy(letting(COPY)), policy()) == []
    assert weakened(secret, policy(letting(COPY)), {"policy": UNKNOWN}) == []


def test_a_backup_policy_of_the_organization_is_not_changed_by_the_way() -> None:
    def content(hours: int) -> Inputs:
        return {"content": json.dumps({"plans": {"all": {"rules": {"often": {"schedule": f"rate({hours} hours)"}}}}})}

    organization = "aws:organizations/policy:Policy"
    says = ["content would become something else, and is no policy document that can be compared"]
    assert weakened(organization, content(1), content(9)) == says
    assert weakened(organization, content(1), {"content": " " + str(content(1)["content"])}) == says
    assert weakened(organization, content(1), content(1)) == []


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
