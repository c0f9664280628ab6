import json
from typing import Any

import pytest

from rehearsal.provider.errors import GoneError, ProviderError
from rehearsal.provider.schema import TagChange, Update
from rehearsal.provider.types import kms_key
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.rules import change, refusals, sent
from tests.rehearsal.provider.stubbed import REGION, World

TYPE = kms_key.TYPE
ARN = f"arn:aws:kms:{REGION}:111111111111:key/k"
POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}]}
)
READ_POLICY = {"KeyId": "k", "PolicyName": "default"}
KEY: dict[str, Any] = {
    "KeyId": "k",
    "Arn": ARN,
    "Enabled": True,
    "KeyState": "Enabled",
    "KeyUsage": "ENCRYPT_DECRYPT",
    "KeySpec": "SYMMETRIC_DEFAULT",
    "Origin": "AWS_KMS",
}


def test_a_create_waits_for_new_principals() -> None:
    world = World()
    request = {
        "BypassPolicyLockoutSafetyCheck": False,
        "KeySpec": "SYMMETRIC_DEFAULT",
        "KeyUsage": "ENCRYPT_DECRYPT",
        "Description": "vault",
        "Policy": POLICY,
        "MultiRegion": True,
        "Tags": [{"TagKey": "a", "TagValue": "b"}],
    }
    world.refuse("kms", "create_key", "MalformedPolicyDocumentException")
    world.expect("kms", "create_key", request, {"KeyMetadata": {"KeyId": "k"}})
    given = {"description": "vault", "policy": POLICY, "multiRegion": True, "tags": {"a": "b"}}
    assert kms_key.create(world.context(), sent(TYPE, given)) == "k"
    world.done()


def test_a_new_key_rotates_and_is_watched_until_its_policy_and_tags_are_seen_five_times() -> None:
    world = World()
    world.expect("kms", "enable_key_rotation", {"KeyId": "k", "RotationPeriodInDays": 180}, {})
    for _ in range(5):
        world.expect(
            "kms", "get_key_rotation_status", {"KeyId": "k"}, {"KeyRotationEnabled": True, "RotationPeriodInDays": 180}
        )
    world.expect("kms", "get_key_policy", READ_POLICY, {"Policy": "{}"})
    for _ in range(5):
        world.expect("kms", "get_key_policy", READ_POLICY, {"Policy": POLICY})
    for _ in range(5):
        world.expect("kms", "list_resource_tags", {"KeyId": "k"}, {"Tags": [{"TagKey": "a", "TagValue": "b"}]})
    given = {"policy": POLICY, "enableKeyRotation": True, "rotationPeriodInDays": 180, "tags": {"a": "b"}}
    kms_key.settle(world.context(), "k", sent(TYPE, given))
    world.done()


def test_a_new_key_may_be_made_disabled() -> None:
    world = World()
    world.expect("kms", "disable_key", {"KeyId": "k"}, {})
    for _ in range(15):
        world.expect("kms", "describe_key", {"KeyId": "k"}, {"KeyMetadata": {**KEY, "Enabled": False}})
    kms_key.settle(world.context(), "k", sent(TYPE, {"isEnabled": False}))
    world.done()


def read(**metadata: Any) -> dict[str, Any]:
    """What a read tells of a key."""
    world = World()
    world.expect("kms", "describe_key", {"KeyId": "k"}, {"KeyMetadata": {**KEY, **metadata}})
    world.expect("kms", "get_key_policy", READ_POLICY, {"Policy": POLICY})
    if metadata.get("Origin", "AWS_KMS") == "AWS_KMS":
        world.expect(
            "kms", "get_key_rotation_status", {"KeyId": "k"}, {"KeyRotationEnabled": True, "RotationPeriodInDays": 365}
        )
    world.expect("kms", "list_resource_tags", {"KeyId": "k"}, {"Tags": [], "Truncated": True, "NextMarker": "2"})
    world.expect(
        "kms", "list_resource_tags", {"KeyId": "k", "Marker": "2"}, {"Tags": [{"TagKey": "a", "TagValue": "b"}]}
    )
    found = kms_key.read(world.context(), "k", {})
    world.done()
    return found


def test_a_read_tells_key_policy_rotation_and_every_page_of_tags() -> None:
    found = read()
    assert (found["arn"], found["isEnabled"], found["tagsAll"]) == (ARN, True, {"a": "b"})
    assert (found["enableKeyRotation"], found["rotationPeriodInDays"]) == (True, 365)


def test_a_key_from_elsewhere_is_not_asked_for_its_rotation() -> None:
    assert "enableKeyRotation" not in read(Origin="EXTERNAL")


@pytest.mark.parametrize("state", ["PendingDeletion", "PendingReplicaDeletion"])
def test_a_key_on_its_way_out_is_gone(state: str) -> None:
    with pytest.raises(GoneError):
        read(KeyState=state)


def test_fails_when_the_key_is_a_replica() -> None:
    with pytest.raises(ProviderError, match=r"KMS Key \(k\) is a multi-Region replica key"):
        read(MultiRegionConfiguration={"MultiRegionKeyType": "REPLICA"})


def updated(world: World, new: dict[str, Any], *names: str) -> None:
    """Change these properties; every script must be played."""
    kms_key.update(world.context(), Update(id="k", old={}, new=sent(TYPE, new), changed=frozenset(names)))
    world.done()


def test_a_key_is_enabled_before_anything_else_is_changed() -> None:
    world = World()
    world.expect("kms", "enable_key", {"KeyId": "k"}, {})
    for _ in range(15):
        world.expect("kms", "describe_key", {"KeyId": "k"}, {"KeyMetadata": KEY})
    world.expect("kms", "update_key_description", {"KeyId": "k", "Description": "new"}, {})
    updated(world, {"isEnabled": True, "description": "new"}, "isEnabled", "description")


def test_a_key_is_disabled_after_everything_else_was_changed() -> None:
    world = World()
    world.expect("kms", "disable_key_rotation", {"KeyId": "k"}, {})
    for _ in range(5):
        world.expect("kms", "get_key_rotation_status", {"KeyId": "k"}, {"KeyRotationEnabled": False})
    world.expect("kms", "disable_key", {"KeyId": "k"}, {})
    for _ in range(15):
        world.expect("kms", "describe_key", {"KeyId": "k"}, {"KeyMetadata": {**KEY, "Enabled": False}})
    updated(world, {"isEnabled": False}, "isEnabled", "enableKeyRotation")


def test_a_new_policy_is_put_in_normal_form_once_its_principals_are_known() -> None:
    world = World()
    normal = json.dumps(json.loads(POLICY), sort_keys=True, separators=(",", ":"))
    world.refuse("kms", "put_key_policy", "MalformedPolicyDocumentException")
    request = {**READ_POLICY, "Policy": normal, "BypassPolicyLockoutSafetyCheck": False}
    world.expect("kms", "put_key_policy", request, {})
    for _ in range(5):
        world.expect("kms", "get_key_policy", READ_POLICY, {"Policy": POLICY})
    updated(world, {"policy": POLICY}, "policy")


def test_tags_are_removed_and_then_put() -> None:
    world = World()
    world.expect("kms", "untag_resource", {"KeyId": "k", "TagKeys": ["old"]}, {})
    world.expect("kms", "tag_resource", {"KeyId": "k", "Tags": [{"TagKey": "new", "TagValue": "1"}]}, {})
    kms_key.tag(world.context(), TagChange(id="k", state={}, put={"new": "1"}, remove=["old"]))
    world.done()


@pytest.mark.parametrize(("state", "request_"), [({}, {}), ({"deletionWindowInDays": 7}, {"PendingWindowInDays": 7})])
def test_a_delete_schedules_and_waits_until_it_is_scheduled(state: dict[str, Any], request_: dict[str, Any]) -> None:
    world = World()
    world.expect("kms", "schedule_key_deletion", {"KeyId": "k", **request_}, {})
    world.expect("kms", "describe_key", {"KeyId": "k"}, {"KeyMetadata": KEY})
    world.expect("kms", "describe_key", {"KeyId": "k"}, {"KeyMetadata": {**KEY, "KeyState": "PendingDeletion"}})
    kms_key.delete(world.context(), "k", state)
    world.done()


def test_a_key_that_is_pending_already_is_deleted() -> None:
    assert TYPE.delete_ignores
    assert TYPE.delete_ignores(client_error("KMSInvalidStateException", "k is pending deletion."))
    assert not TYPE.delete_ignores(client_error("KMSInvalidStateException", "k is unavailable"))
    assert not TYPE.gone(client_error("AccessDeniedException"))


def test_what_aws_keeps_when_the_program_says_nothing_is_no_difference() -> None:
    old = {
        "description": "d",
        "policy": POLICY,
        "multiRegion": True,
        "enableKeyRotation": True,
        "rotationPeriodInDays": 180,
    }
    assert change(TYPE, old, {"enableKeyRotation": True}) == (set(), set())


def test_kind_usage_and_reach_replace() -> None:
    new = {"keyUsage": "SIGN_VERIFY", "customerMasterKeySpec": "RSA_2048", "multiRegion": True}
    assert change(TYPE, {}, new) == (set(new), set(new))
    assert change(TYPE, {}, {"isEnabled": False, "deletionWindowInDays": 7, "enableKeyRotation": True})[1] == set()


@pytest.mark.parametrize(("days", "fits"), [(6, False), (7, True), (30, True), (31, False)])
def test_the_window_of_a_deletion_is_seven_to_thirty_days(days: int, fits: bool) -> None:
    assert (refusals(TYPE, {"deletionWindowInDays": days}) == []) is fits


@pytest.mark.parametrize(("days", "fits"), [(89, False), (90, True), (2560, True), (2561, False)])
def test_the_period_of_rotation_is_ninety_days_to_seven_years(days: int, fits: bool) -> None:
    assert (refusals(TYPE, {"enableKeyRotation": True, "rotationPeriodInDays": days}) == []) is fits


def test_fails_when_a_period_is_given_without_rotation() -> None:
    assert "must be specified" in refusals(TYPE, {"rotationPeriodInDays": 90})[0]
    assert "must be specified" in refusals(TYPE, {"xksKeyId": "x"})[0]
