"""Managed policies, and policies in and on roles."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.errors import GoneError, ProviderError
from rehearsal.provider.lifecycle import imported
from rehearsal.provider.schema import Update
from rehearsal.provider.types import iam_policy, iam_role_policy, iam_role_policy_attachment
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.rules import change
from tests.rehearsal.provider.stubbed import World

MANAGED = "arn:aws:iam::111111111111:policy/strongroom-boundary"
TRUST = '{"Version": "2012-10-17", "Statement": []}'
NAMED = {"RoleName": "backup"}
INLINE = {"role": "backup", "name": "inline", "policy": TRUST}
PUT = {**NAMED, "PolicyName": "inline"}


def test_an_inline_policy_is_put_and_polled_until_it_can_be_read() -> None:
    world = World()
    world.expect("iam", "put_role_policy", {**PUT, "PolicyDocument": TRUST}, {})
    world.refuse("iam", "get_role_policy", "NoSuchEntity")
    world.expect("iam", "get_role_policy", PUT, {**PUT, "PolicyDocument": TRUST})
    assert iam_role_policy.create(world.context(), INLINE) == "backup:inline"
    iam_role_policy.settle(world.context(), "backup:inline", INLINE)
    world.done()


def test_fails_in_its_own_words_when_an_inline_policy_cannot_be_put() -> None:
    world = World()
    world.refuse("iam", "put_role_policy", "NoSuchEntity", "no role backup")
    with pytest.raises(ProviderError, match=r"^putting IAM Role \(backup\) Policy \(inline\): .*no role backup"):
        iam_role_policy.create(world.context(), INLINE)


def test_an_inline_policy_is_updated_and_taken_out() -> None:
    world = World()
    world.expect("iam", "put_role_policy", {**PUT, "PolicyDocument": TRUST}, {})
    world.expect("iam", "delete_role_policy", PUT, {})
    iam_role_policy.update(
        world.context(), Update(id="backup:inline", old={}, new=INLINE, changed=frozenset({"policy"}))
    )
    iam_role_policy.delete(world.context(), "backup:inline", INLINE)
    world.done()


def test_an_attachment_is_made_looked_for_and_taken_off() -> None:
    world, module = World(), iam_role_policy_attachment
    request = {**NAMED, "PolicyArn": MANAGED}
    world.refuse("iam", "attach_role_policy", "ConcurrentModification")
    world.expect("iam", "attach_role_policy", request, {})
    held = {"AttachedPolicies": [{"PolicyName": "b", "PolicyArn": MANAGED}]}
    world.expect(
        "iam", "list_attached_role_policies", NAMED, {"AttachedPolicies": [], "IsTruncated": True, "Marker": "2"}
    )
    world.expect("iam", "list_attached_role_policies", {**NAMED, "Marker": "2"}, held)
    world.expect("iam", "detach_role_policy", request, {})
    made = module.create(world.context(), {"role": "backup", "policyArn": MANAGED})
    assert module.read(world.context(), made, {}) == {"role": "backup", "policyArn": MANAGED}
    module.delete(world.context(), made, {})
    world.done()


def test_an_attachment_to_a_missing_policy_fails_at_once_and_a_missing_one_is_gone() -> None:
    world, module = World(), iam_role_policy_attachment
    world.refuse("iam", "attach_role_policy", "NoSuchEntity")
    with pytest.raises(ClientError):
        module.create(world.context(), {"role": "backup", "policyArn": MANAGED})
    world.expect("iam", "list_attached_role_policies", NAMED, {"AttachedPolicies": []})
    with pytest.raises(GoneError):
        module.read(world.context(), f"backup/{MANAGED}", {})


def test_an_attachment_goes_before_its_replacement_comes() -> None:
    assert iam_role_policy_attachment.TYPE.delete_before_replace
    assert imported(iam_role_policy_attachment.TYPE, f"backup/{MANAGED}", "eu-west-2") == (
        f"backup/{MANAGED}",
        {"role": "backup", "policyArn": MANAGED},
    )


POLICY: dict[str, Any] = {"name": "strongroom-boundary", "policy": TRUST}


def version(number: int, *, default: bool = False) -> dict[str, Any]:
    """One version of a policy."""
    return {"VersionId": f"v{number}", "IsDefaultVersion": default}


@pytest.mark.parametrize("count", [4, 5])
def test_the_oldest_other_version_makes_room_for_a_sixth(count: int) -> None:
    world = World()
    versions = [version(number, default=number == 1) for number in range(1, count + 1)]
    world.expect("iam", "list_policy_versions", {"PolicyArn": MANAGED}, {"Versions": versions})
    if count == 5:
        world.expect("iam", "delete_policy_version", {"PolicyArn": MANAGED, "VersionId": "v2"}, {})
    request = {"PolicyArn": MANAGED, "PolicyDocument": TRUST, "SetAsDefault": True}
    world.expect("iam", "create_policy_version", request, {"PolicyVersion": {}})
    iam_policy.update(world.context(), Update(id=MANAGED, old={}, new=POLICY, changed=frozenset({"policy"})))
    world.done()


def test_other_changes_of_a_policy_make_no_version() -> None:
    world = World()
    iam_policy.update(world.context(), Update(id=MANAGED, old={}, new=POLICY, changed=frozenset()))
    world.done()


def test_a_policy_goes_after_its_other_versions_and_not_while_it_is_attached() -> None:
    world = World()
    versions = {"Versions": [version(2, default=True), version(1)]}
    world.expect("iam", "list_policy_versions", {"PolicyArn": MANAGED}, versions)
    world.expect("iam", "delete_policy_version", {"PolicyArn": MANAGED, "VersionId": "v1"}, {})
    world.refuse("iam", "delete_policy", "DeleteConflict")
    with pytest.raises(ClientError):
        iam_policy.delete(world.context(), MANAGED, {})
    world.done()
    assert not iam_policy.TYPE.gone(client_error("DeleteConflict"))


def test_a_policy_is_read_with_the_text_of_its_default_version() -> None:
    world = World()
    told = {
        "PolicyName": "strongroom-boundary",
        "Arn": MANAGED,
        "Path": "/",
        "DefaultVersionId": "v2",
        "PolicyId": "ANPAEXAMPLEEXAMPLE",
    }
    world.expect("iam", "get_policy", {"PolicyArn": MANAGED}, {"Policy": {**told, "AttachmentCount": 1}})
    answer = {"PolicyVersion": {"Document": TRUST, "VersionId": "v2", "IsDefaultVersion": True}}
    world.expect("iam", "get_policy_version", {"PolicyArn": MANAGED, "VersionId": "v2"}, answer)
    read = iam_policy.read(world.context(), MANAGED, {})
    assert (read["name"], read["attachmentCount"]) == ("strongroom-boundary", 1)


def test_all_of_a_policy_but_its_text_and_tags_replaces() -> None:
    new = {**POLICY, "path": "/x/", "description": "d"}
    assert change(iam_policy.TYPE, POLICY, new) == ({"path", "description"}, {"path", "description"})
    other = '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny"}]}'
    assert change(iam_policy.TYPE, POLICY, {**POLICY, "policy": other}) == ({"policy"}, set())
