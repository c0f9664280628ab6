from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from strongroom.aws.readback import differences
from strongroom.documents.policy import document
from strongroom.facts import arns
from tests.strongroom.aws.accounts import applied, doors
from tests.strongroom.aws.fakes import FakeBuckets, FakeKeys, FakeRoles
from tests.strongroom.documents.example import ACCOUNTS, PIPELINE, PROD, account

NOTHING = document()
DEPLOY = "strongroom-deploy"
SERVICE = "strongroom-recovery-service"
ISSUER = arns.oidc_provider(PROD, "https://token.actions.githubusercontent.com")
BUCKET = f"strongroom-state-{PIPELINE}-eu-west-2"
ALIAS = "alias/strongroom/state"


@pytest.mark.parametrize("id_", ACCOUNTS)
def test_an_account_that_holds_its_template_differs_in_nothing(id_: str) -> None:
    made = account(id_)
    assert differences(made, doors(applied(made))) == []


def changed_role(**parts: Any) -> Callable[[FakeRoles], None]:
    def change(roles: FakeRoles) -> None:
        roles.roles[DEPLOY] = replace(roles.roles[DEPLOY], **parts)

    return change


IAM_FAULTS: list[tuple[Callable[[FakeRoles], object], str]] = [
    (lambda roles: roles.roles.pop(DEPLOY), "role strongroom-deploy is not there"),
    (changed_role(trust=NOTHING), "role strongroom-deploy trusts somebody else"),
    (
        changed_role(boundary=None),
        "role strongroom-deploy stands under boundary None, not under strongroom-boundary",
    ),
    (
        changed_role(policies=("AdministratorAccess",)),
        "role strongroom-deploy has policies AdministratorAccess, not ",
    ),
    (changed_role(inline=("more",)), "role strongroom-deploy has inline policies more, and should have none"),
    (changed_role(session_seconds=43_200), "role strongroom-deploy lets sessions last 43200 seconds, not 3600"),
    (
        lambda roles: roles.policies.update({arns.policy(PROD, "strongroom-boundary"): NOTHING}),
        "policy strongroom-boundary says something else",
    ),
    (lambda roles: roles.roles.pop(SERVICE), "role strongroom-recovery-service is not there"),
    (
        lambda roles: roles.roles.update({SERVICE: replace(roles.roles[SERVICE], trust=NOTHING)}),
        "role strongroom-recovery-service trusts somebody else",
    ),
    (
        lambda roles: roles.roles.update({SERVICE: replace(roles.roles[SERVICE], policies=("AdministratorAccess",))}),
        "role strongroom-recovery-service has policies AdministratorAccess, not AWSBackupServiceRolePolicyForBackup,",
    ),
    (
        lambda roles: roles.policies.pop(arns.policy(PROD, "strongroom-deploy-data")),
        "policy strongroom-deploy-data is not there",
    ),
    (
        lambda roles: roles.providers.pop(ISSUER),
        "OpenID Connect provider https://token.actions.githubusercontent.com is",
    ),
    (lambda roles: roles.providers.update({ISSUER: ["other"]}), "lets in other, not sts.amazonaws.com"),
]


@pytest.mark.parametrize(("change", "sentence"), IAM_FAULTS)
def test_fails_when_iam_holds_something_else(change: Callable[[FakeRoles], object], sentence: str) -> None:
    made = account(PROD)
    roles, keys, buckets = applied(made)
    change(roles)
    found = differences(made, doors((roles, keys, buckets)))
    assert len(found) == 1
    assert sentence in found[0]


def changed_bucket(**parts: Any) -> Callable[[FakeKeys, FakeBuckets], None]:
    def change(_: FakeKeys, buckets: FakeBuckets) -> None:
        buckets.buckets[BUCKET] = replace(buckets.buckets[BUCKET], **parts)

    return change


def changed_key(**parts: Any) -> Callable[[FakeKeys, FakeBuckets], None]:
    def change(keys: FakeKeys, _: FakeBuckets) -> None:
        keys.keys[ALIAS] = replace(keys.keys[ALIAS], **parts)

    return change


STORE_FAULTS: list[tuple[Callable[[FakeKeys, FakeBuckets], object], str]] = [
    (lambda _, buckets: buckets.buckets.clear(), f"bucket {BUCKET} is not there"),
    (changed_bucket(versioned=False), f"bucket {BUCKET} keeps no old versions"),
    (changed_bucket(private=False), f"bucket {BUCKET} does not block public access"),
    (changed_bucket(key=None), f"bucket {BUCKET} encrypts with keys of S3, not with {ALIAS}"),
    (changed_bucket(policy=NOTHING), f"bucket {BUCKET} has another policy"),
    (changed_bucket(policy=None), f"bucket {BUCKET} has another policy"),
    (lambda keys, _: keys.keys.clear(), f"key {ALIAS} is not there"),
    (changed_key(enabled=False), f"key {ALIAS} is switched off"),
    (changed_key(rotated=False), f"key {ALIAS} is not rotated"),
    (changed_key(policy=NOTHING), f"key {ALIAS} has another policy"),
]


@pytest.mark.parametrize(("change", "sentence"), STORE_FAULTS)
def test_fails_when_the_state_s_store_is_otherwise(
    change: Callable[[FakeKeys, FakeBuckets], object], sentence: str
) -> None:
    made = account(PIPELINE)
    roles, keys, buckets = applied(made)
    change(keys, buckets)
    assert differences(made, doors((roles, keys, buckets))) == [sentence]
