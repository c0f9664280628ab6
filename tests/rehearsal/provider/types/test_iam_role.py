import json
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.schema import Update
from rehearsal.provider.types import iam_role
from tests.rehearsal.provider.rules import change, refusals, sent
from tests.rehearsal.provider.stubbed import World

ARN = "arn:aws:iam::111111111111:role/backup"
MANAGED = "arn:aws:iam::111111111111:policy/strongroom-boundary"
TRUST = '{"Version": "2012-10-17", "Statement": []}'
ROLE: dict[str, Any] = {"name": "backup", "assumeRolePolicy": TRUST}
NAMED = {"RoleName": "backup"}
TOLD: dict[str, Any] = {
    "Path": "/",
    "RoleName": "backup",
    "RoleId": "AROAEXAMPLEEXAMPLE",
    "Arn": ARN,
    "CreateDate": datetime(2026, 11, 22, tzinfo=UTC),
    "AssumeRolePolicyDocument": TRUST,
    "MaxSessionDuration": 3600,
}


def test_a_role_is_made_once_its_principals_are_known() -> None:
    world = World()
    request = {
        **NAMED,
        "AssumeRolePolicyDocument": TRUST,
        "Path": "/",
        "MaxSessionDuration": 3600,
        "PermissionsBoundary": MANAGED,
    }
    world.refuse("iam", "create_role", "MalformedPolicyDocument", "Invalid principal in policy: x")
    world.refuse("iam", "create_role", "ConcurrentModification")
    world.expect("iam", "create_role", request, {"Role": TOLD})
    assert iam_role.create(world.context(), sent(iam_role.TYPE, {**ROLE, "permissionsBoundary": MANAGED})) == "backup"
    world.done()


@pytest.mark.parametrize("code", ["MalformedPolicyDocument", "EntityAlreadyExists"])
def test_fails_at_once_when_a_role_cannot_be_made(code: str) -> None:
    world = World()
    world.refuse("iam", "create_role", code, "syntax error")
    with pytest.raises(ClientError):
        iam_role.create(world.context(), sent(iam_role.TYPE, ROLE))


def test_a_read_of_a_role_lists_the_policies_that_others_gave_it_too() -> None:
    world = World()
    world.expect("iam", "get_role", NAMED, {"Role": {**TOLD, "Tags": [{"Key": "a", "Value": "b"}]}})
    world.expect("iam", "list_role_policies", NAMED, {"PolicyNames": ["inline"]})
    answer = {**NAMED, "PolicyName": "inline", "PolicyDocument": TRUST}
    world.expect("iam", "get_role_policy", {**NAMED, "PolicyName": "inline"}, answer)
    attached = {"AttachedPolicies": [{"PolicyName": "b", "PolicyArn": MANAGED}]}
    world.expect("iam", "list_attached_role_policies", NAMED, attached)
    read = iam_role.read(world.context(), "backup", {})
    assert (read["arn"], read["tagsAll"], read["managedPolicyArns"]) == (ARN, {"a": "b"}, [MANAGED])
    assert read["inlinePolicies"][0]["name"] == "inline"
    world.done()


def test_a_role_changes_trust_description_session_and_boundary_in_this_order() -> None:
    world = World()
    world.expect("iam", "update_assume_role_policy", {**NAMED, "PolicyDocument": TRUST}, {})
    world.expect("iam", "update_role_description", {**NAMED, "Description": ""}, {"Role": TOLD})
    world.expect("iam", "update_role", {**NAMED, "MaxSessionDuration": 7200}, {})
    world.expect("iam", "delete_role_permissions_boundary", NAMED, {})
    names = frozenset({"assumeRolePolicy", "description", "maxSessionDuration", "permissionsBoundary"})
    new = sent(iam_role.TYPE, {**ROLE, "maxSessionDuration": 7200})
    iam_role.update(world.context(), Update(id="backup", old={}, new=new, changed=names))
    world.done()


def test_a_role_takes_a_new_boundary() -> None:
    world = World()
    world.expect("iam", "put_role_permissions_boundary", {**NAMED, "PermissionsBoundary": MANAGED}, {})
    new = {"permissionsBoundary": MANAGED}
    iam_role.update(world.context(), Update(id="backup", old={}, new=new, changed=frozenset(new)))
    world.done()


@pytest.mark.parametrize(
    "state",
    [{}, {"forceDetachPolicies": True}, {"managedPolicyArns": [MANAGED], "inlinePolicies": [{"name": "inline"}]}],
)
def test_a_deleted_role_loses_its_policies_when_forced_or_when_the_state_has_seen_them(state: dict[str, Any]) -> None:
    world = World()
    profile: dict[str, Any] = {
        "Path": "/",
        "InstanceProfileName": "p",
        "InstanceProfileId": "AIPAEXAMPLEEXAMPLE",
        "Arn": ARN,
        "Roles": [],
    }
    profiles: dict[str, Any] = {"InstanceProfiles": [{**profile, "CreateDate": TOLD["CreateDate"]}]}
    world.expect("iam", "list_instance_profiles_for_role", NAMED, profiles)
    world.expect("iam", "remove_role_from_instance_profile", {**NAMED, "InstanceProfileName": "p"}, {})
    if state:
        attached = {"AttachedPolicies": [{"PolicyName": "b", "PolicyArn": MANAGED}]}
        world.expect("iam", "list_attached_role_policies", NAMED, attached)
        world.expect("iam", "detach_role_policy", {**NAMED, "PolicyArn": MANAGED}, {})
        world.expect("iam", "list_role_policies", NAMED, {"PolicyNames": ["inline"]})
        world.expect("iam", "delete_role_policy", {**NAMED, "PolicyName": "inline"}, {})
    world.refuse("iam", "delete_role", "DeleteConflict")
    world.expect("iam", "delete_role", NAMED, {})
    iam_role.delete(world.context(), "backup", state)
    world.done()


def test_name_and_path_of_a_role_replace() -> None:
    assert change(iam_role.TYPE, ROLE, {**ROLE, "name": "other"})[1] == {"name"}
    assert change(iam_role.TYPE, ROLE, {**ROLE, "path": "/x/"})[1] == {"path"}
    assert change(iam_role.TYPE, ROLE, {**ROLE, "maxSessionDuration": 7200}) == ({"maxSessionDuration"}, set())


def test_a_trust_given_as_an_object_is_its_text() -> None:
    assert change(iam_role.TYPE, ROLE, {**ROLE, "assumeRolePolicy": json.loads(TRUST)}) == (set(), set())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "a" * 65}, "(1 - 64)"),
        ({"name": "with space"}, "must be letters"),
        ({"maxSessionDuration": 3599}, "got 3599"),
        ({"maxSessionDuration": 43201}, "got 43201"),
        ({"permissionsBoundary": "boundary"}, "is an invalid ARN"),
        ({"description": "a “quoted” word"}, "must hold no curly quotes"),
        ({"assumeRolePolicy": "[]"}, "not a JSON object"),
        ({"inlinePolicies": []}, "unknown property 'inlinePolicies'"),
    ],
)
def test_fails_when_a_role_cannot_be_so(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in refusals(iam_role.TYPE, {**ROLE, **changes})[0]


@pytest.mark.parametrize("seconds", [3600, 43200])
def test_sessions_of_one_to_twelve_hours_pass(seconds: int) -> None:
    assert refusals(iam_role.TYPE, {**ROLE, "name": "a" * 64, "maxSessionDuration": seconds}) == []
