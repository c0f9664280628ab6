"""KMS, IAM and Organizations types against the local AWS."""

import json

import pytest

from tests.emulator_process import MANAGEMENT, PROD, Emulator
from tests.rehearsal.provider.driver import CallFailedError, Driver
from tests.rehearsal.provider.journey import Journey
from tests.rehearsal.provider.local_aws import provider_in

pytestmark = pytest.mark.emulator

KEY = "aws:kms/key:Key"
ROLE = "aws:iam/role:Role"
POLICY = "aws:iam/policy:Policy"


def trust(service: str = "backup.amazonaws.com") -> str:
    """Who may assume a role."""
    allow = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [allow]})


def permission(*actions: str) -> str:
    """What may be done anywhere."""
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}
    )


def key_policy(*principals: str) -> str:
    """Who may use a key."""
    allow = {
        "Sid": "All",
        "Effect": "Allow",
        "Principal": {"AWS": list(principals)},
        "Action": "kms:*",
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [allow]})


def test_a_key_lives(provider: Driver) -> None:
    root = f"arn:aws:iam::{PROD}:root"
    given = {
        "description": "journey",
        "policy": key_policy(root),
        "enableKeyRotation": True,
        "rotationPeriodInDays": 180,
        "deletionWindowInDays": 7,
        "tags": {"owner": "platform"},
    }
    changes = (
        {"description": "another"},
        {"policy": key_policy(root, f"arn:aws:iam::{PROD}:role/OrganizationAccountAccessRole")},
        {"rotationPeriodInDays": 365},
        {"tags": {"owner": "others", "more": "yes"}},
        {"isEnabled": False},
    )
    Journey(KEY, given, changes, unreadable=frozenset({"deletionWindowInDays"})).travel(provider)


def test_rotation_of_a_key_can_be_switched_off(provider: Driver) -> None:
    Journey(KEY, {"enableKeyRotation": True}, ({"enableKeyRotation": False},)).travel(provider)


def test_a_key_that_is_scheduled_for_deletion_by_hand_is_gone(provider: Driver, emulator: Emulator) -> None:
    made = provider.create(KEY, "k", {})
    emulator.client("kms").schedule_key_deletion(KeyId=made.id, PendingWindowInDays=7)
    assert provider.refresh(made) is None


def test_an_alias_lives(provider: Driver) -> None:
    first, second = provider.create(KEY, "a", {}), provider.create(KEY, "b", {})
    given = {"name": "alias/strongroom/journey", "targetKeyId": first.state["arn"]}
    Journey("aws:kms/alias:Alias", given, ({"targetKeyId": second.id},)).travel(provider)


def test_a_role_lives(provider: Driver) -> None:
    boundary = provider.create(POLICY, "b", {"name": "journey-boundary", "policy": permission("s3:*")})
    given = {
        "name": "journey-role",
        "assumeRolePolicy": trust(),
        "tags": {"owner": "platform"},
        "description": "journey",
    }
    changes = (
        {"assumeRolePolicy": trust("s3.amazonaws.com")},
        {"maxSessionDuration": 7200},
        {"description": "another"},
        {"permissionsBoundary": boundary.state["arn"]},
        {"permissionsBoundary": None},
        {"tags": {"more": "yes"}},
    )
    Journey(ROLE, given, changes).travel(provider)
    provider.delete(boundary)


def test_policies_of_a_role_live(provider: Driver) -> None:
    role = provider.create(ROLE, "r", {"name": "journey-holder", "assumeRolePolicy": trust()})
    managed = provider.create(POLICY, "p", {"name": "journey-managed", "policy": permission("s3:GetObject")})
    inline = {"role": role.id, "name": "inline", "policy": permission("s3:GetObject")}
    changed = {"policy": permission("s3:GetObject", "s3:PutObject")}
    Journey("aws:iam/rolePolicy:RolePolicy", inline, (changed,)).travel(provider)
    attached = {"role": role.id, "policyArn": managed.state["arn"]}
    Journey("aws:iam/rolePolicyAttachment:RolePolicyAttachment", attached).travel(provider)
    provider.delete(role)
    provider.delete(managed)


def test_a_role_in_which_others_put_policies_goes_when_the_state_has_seen_them(
    provider: Driver, emulator: Emulator
) -> None:
    role = provider.create(ROLE, "r", {"name": "journey-crowded", "assumeRolePolicy": trust()})
    iam = emulator.client("iam")
    iam.put_role_policy(RoleName=role.id, PolicyName="by-hand", PolicyDocument=permission("s3:*"))
    seen = provider.refresh(role)
    assert seen is not None
    provider.delete(seen)
    assert provider.refresh(seen) is None


def test_a_managed_policy_lives_through_more_versions_than_aws_keeps(provider: Driver) -> None:
    given = {"name": "journey-versions", "path": "/strongroom/", "policy": permission("s3:*"), "tags": {"a": "b"}}
    changes = tuple({"policy": permission(f"s3:Get{number}*")} for number in range(6))
    Journey(POLICY, given, (*changes, {"tags": {"c": "d"}})).travel(provider)


def test_organization_policies_live(emulator: Emulator) -> None:
    content = json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "backup:*", "Resource": "*"}]}
    )
    narrower = content.replace("backup:*", "backup:DeleteBackupVault")
    with provider_in(emulator, MANAGEMENT) as provider:
        given = {"name": "journey", "content": content, "description": "journey", "tags": {"a": "b"}}
        changes = ({"content": narrower}, {"name": "renamed"}, {"description": "another"}, {"tags": {"c": "d"}})
        Journey("aws:organizations/policy:Policy", given, changes).travel(provider)
        policy = provider.create("aws:organizations/policy:Policy", "p", given)
        attached = {"policyId": policy.id, "targetId": "ou-exam-sources1"}
        Journey(
            "aws:organizations/policyAttachment:PolicyAttachment", attached, import_id="{targetId}:{policyId}"
        ).travel(provider)
        provider.delete(policy)


def test_global_settings_are_the_management_accounts(emulator: Emulator) -> None:
    given = {"globalSettings": {"isCrossAccountBackupEnabled": "true"}}
    with provider_in(emulator, MANAGEMENT) as provider:
        whole = provider.create("aws:backup/globalSettings:GlobalSettings", "g", given).state
        off = {"globalSettings": {**whole["globalSettings"], "isCrossAccountBackupEnabled": "false"}}
        Journey("aws:backup/globalSettings:GlobalSettings", whole, (off,), survives_delete=True).travel(provider)
    with provider_in(emulator, PROD) as provider, pytest.raises(CallFailedError):
        provider.create("aws:backup/globalSettings:GlobalSettings", "g", given)
