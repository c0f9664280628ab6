from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.errors import GoneError, ProviderError
from rehearsal.provider.lifecycle import imported
from rehearsal.provider.schema import Update
from rehearsal.provider.types import organizations_policy as policy
from rehearsal.provider.types import organizations_policy_attachment as attachment
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.rules import change, refusals, sent
from tests.rehearsal.provider.stubbed import World

CONTENT = '{"Version": "2012-10-17", "Statement": ["a", "b"]}'
ID = "p-examplepolicy"
UNIT = "ou-exam-sources1"
GIVEN: dict[str, Any] = {"name": "keep-backups", "content": CONTENT}
SUMMARY: dict[str, Any] = {
    "Id": ID,
    "Arn": f"arn:aws:organizations::100000000001:policy/o-exampleorg1/service_control_policy/{ID}",
    "Name": "keep-backups",
    "Type": "SERVICE_CONTROL_POLICY",
}
WHERE = {"PolicyId": ID, "TargetId": UNIT}


def test_a_policy_is_made_once_the_organisation_is_ready() -> None:
    world = World()
    request: dict[str, Any] = {
        "Name": "keep-backups",
        "Content": CONTENT,
        "Description": "",
        "Type": "SERVICE_CONTROL_POLICY",
        "Tags": [],
    }
    world.refuse("organizations", "create_policy", "FinalizingOrganizationException")
    world.expect("organizations", "create_policy", request, {"Policy": {"PolicySummary": SUMMARY}})
    assert policy.create(world.context(), sent(policy.TYPE, GIVEN)) == ID
    world.done()


def test_a_policy_is_read_with_its_tags() -> None:
    world = World()
    answer = {"Policy": {"PolicySummary": SUMMARY, "Content": CONTENT}}
    world.expect("organizations", "describe_policy", {"PolicyId": ID}, answer)
    tags = {"Tags": [{"Key": "a", "Value": "b"}]}
    world.expect("organizations", "list_tags_for_resource", {"ResourceId": ID}, tags)
    read = policy.read(world.context(), ID, {})
    assert (read["content"], read["tagsAll"]) == (CONTENT, {"a": "b"})


def test_fails_when_the_policy_is_awss_own() -> None:
    world = World()
    answer = {"Policy": {"PolicySummary": {**SUMMARY, "AwsManaged": True}, "Content": CONTENT}}
    world.expect("organizations", "describe_policy", {"PolicyId": ID}, answer)
    with pytest.raises(ProviderError, match="AWS-managed"):
        policy.read(world.context(), ID, {})


def test_an_update_sends_what_changed() -> None:
    world = World()
    world.expect("organizations", "update_policy", {"PolicyId": ID, "Name": "new", "Description": ""}, {})
    new = {**GIVEN, "name": "new"}
    policy.update(world.context(), Update(id=ID, old={}, new=new, changed=frozenset({"name", "description"})))
    policy.update(world.context(), Update(id=ID, old={}, new=new, changed=frozenset({"skipDestroy"})))
    world.done()


def test_a_policy_and_an_attachment_may_outlive_their_resources() -> None:
    world = World()
    policy.delete(world.context(), ID, {"skipDestroy": True})
    attachment.delete(world.context(), f"{UNIT}:{ID}", {"skipDestroy": True})
    world.done()


def test_fails_when_an_attached_policy_is_deleted() -> None:
    world = World()
    world.refuse("organizations", "delete_policy", "PolicyInUseException")
    with pytest.raises(ClientError):
        policy.delete(world.context(), ID, {})
    assert not policy.TYPE.gone(client_error("PolicyInUseException"))


def test_the_content_differs_only_in_meaning_and_the_type_replaces() -> None:
    assert (
        change(policy.TYPE, GIVEN, {**GIVEN, "content": '{"Statement":["a","b"],"Version":"2012-10-17"}'})[0] == set()
    )
    assert change(policy.TYPE, GIVEN, {**GIVEN, "content": CONTENT.replace('"a", "b"', '"b", "a"')}) == (
        {"content"},
        set(),
    )
    assert change(policy.TYPE, GIVEN, {**GIVEN, "type": "BACKUP_POLICY"}) == ({"type"}, {"type"})
    assert change(policy.TYPE, GIVEN, {**GIVEN, "name": "new"}) == ({"name"}, set())


@pytest.mark.parametrize(
    ("changes", "sentence"), [({"content": "{"}, "invalid JSON"), ({"type": "ADVICE"}, "got ADVICE")]
)
def test_fails_when_a_policy_cannot_be_so(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in refusals(policy.TYPE, {**GIVEN, **changes})[0]


def test_an_attachment_is_made_found_on_any_page_and_taken_off() -> None:
    world = World()
    world.expect("organizations", "attach_policy", WHERE, {})
    world.expect("organizations", "list_targets_for_policy", {"PolicyId": ID}, {"Targets": [], "NextToken": "2"})
    targets = {"Targets": [{"TargetId": UNIT}]}
    world.expect("organizations", "list_targets_for_policy", {"PolicyId": ID, "NextToken": "2"}, targets)
    world.expect("organizations", "detach_policy", WHERE, {})
    made = attachment.create(world.context(), {"policyId": ID, "targetId": UNIT})
    assert made == f"{UNIT}:{ID}"
    assert attachment.read(world.context(), made, {}) == {"policyId": ID, "targetId": UNIT}
    attachment.delete(world.context(), made, {})
    world.done()


def test_an_attachment_that_is_not_there_is_gone() -> None:
    world = World()
    world.expect("organizations", "list_targets_for_policy", {"PolicyId": ID}, {"Targets": []})
    with pytest.raises(GoneError):
        attachment.read(world.context(), f"{UNIT}:{ID}", {})
    assert attachment.TYPE.delete_ignores
    assert attachment.TYPE.delete_ignores(client_error("PolicyNotAttachedException"))
    assert imported(attachment.TYPE, f"{UNIT}:{ID}", "eu-west-2")[0] == f"{UNIT}:{ID}"
