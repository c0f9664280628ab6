from collections.abc import Generator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.schema import TagChange, Update
from rehearsal.provider.types import sns_attributes, sns_topic, sns_topic_policy
from tests.rehearsal.provider.driver import Driver, InputsRefusedError, Resource, driving
from tests.rehearsal.provider.fakes import clients
from tests.rehearsal.provider.stubbed import ACCOUNT, REGION, World

TOKEN = "aws:sns/topic:Topic"
ARN = f"arn:aws:sns:{REGION}:{ACCOUNT}:t"
GIVEN: dict[str, Any] = {"name": "t", "tagsAll": {}}


@pytest.fixture(scope="module")
def provider() -> Generator[Driver]:
    with driving(lambda _profile, _region: clients(), region=REGION) as driver:
        yield driver


def attribute(world: World, name: str, value: str) -> None:
    sent = {"TopicArn": ARN, "AttributeName": name, "AttributeValue": value}
    world.expect("sns", "set_topic_attributes", sent, {})


def test_a_create_looks_the_name_up_and_sends_tags_and_kind_alone() -> None:
    world = World()
    world.refuse("sns", "get_topic_attributes", "NotFound", status=404)
    sent = {"Name": "t", "Attributes": {"FifoTopic": "true"}, "Tags": [{"Key": "owner", "Value": "platform"}]}
    world.expect("sns", "create_topic", sent, {"TopicArn": ARN})
    given = {**GIVEN, "fifoTopic": True, "displayName": "T", "tagsAll": {"owner": "platform"}}
    assert sns_topic.create(world.context(), given) == ARN
    world.done()


def test_fails_when_the_name_is_taken() -> None:
    world = World()
    world.expect("sns", "get_topic_attributes", {"TopicArn": ARN}, {"Attributes": {}})
    with pytest.raises(ProviderError, match=r"SNS Topic \(t\) already exists"):
        sns_topic.create(world.context(), GIVEN)


def test_fails_when_the_look_up_is_denied() -> None:
    world = World()
    world.refuse("sns", "get_topic_attributes", "AuthorizationError", status=403)
    with pytest.raises(ClientError):
        sns_topic.create(world.context(), GIVEN)


def test_each_attribute_is_written_by_a_call_of_its_own_and_again_while_it_is_invalid() -> None:
    world = World()
    world.refuse("sns", "set_topic_attributes", "InvalidParameter")
    attribute(world, "DisplayName", "T")
    attribute(world, "Policy", '{"a":1}')
    attribute(world, "SignatureVersion", "2")
    given = {**GIVEN, "displayName": "T", "policy": '{ "a": 1 }', "signatureVersion": 2, "fifoTopic": True}
    sns_topic.settle(world.context(), ARN, given)
    assert world.clock.slept == [0.1]
    world.done()


def test_fails_after_two_minutes_when_an_attribute_stays_invalid() -> None:
    world = World()
    for _ in range(30):
        world.refuse("sns", "set_topic_attributes", "InvalidParameter", "bad key")
    with pytest.raises(ProviderError, match=r"setting SNS Topic \(.*\) attribute \(KmsMasterKeyId\): .*bad key"):
        sns_topic.settle(world.context(), ARN, {**GIVEN, "kmsMasterKeyId": "k"})
    assert 120 <= world.clock.now < 140


def test_what_the_program_drops_is_written_empty() -> None:
    world = World()
    attribute(world, "ContentBasedDeduplication", "false")
    attribute(world, "DisplayName", "")
    attribute(world, "HTTPSuccessFeedbackSampleRate", "")
    changed = frozenset({"contentBasedDeduplication", "displayName", "httpSuccessFeedbackSampleRate"})
    sns_topic.update(world.context(), Update(id=ARN, old={}, new=GIVEN, changed=changed))
    world.done()


def test_tags_are_taken_away_before_they_are_put() -> None:
    world = World()
    world.expect("sns", "untag_resource", {"ResourceArn": ARN, "TagKeys": ["a"]}, {})
    world.expect("sns", "tag_resource", {"ResourceArn": ARN, "Tags": [{"Key": "b", "Value": "1"}]}, {})
    sns_topic.tag(world.context(), TagChange(id=ARN, state={}, put={"b": "1"}, remove=["a"]))
    world.done()


@pytest.mark.parametrize("principal", ['"AROAEXAMPLE"', '["*", "AIDAEXAMPLE"]'])
def test_a_read_waits_while_the_policy_names_somebody_unknown(principal: str) -> None:
    world = World()
    for named in (principal, '["*", "111111111111", "arn:aws:iam::111111111111:root"]'):
        policy = f'{{"Statement": [{{"Principal": {{"AWS": {named}}}}}, {{"Principal": "*"}}, {{}}]}}'
        world.expect("sns", "get_topic_attributes", {"TopicArn": ARN}, {"Attributes": {"Policy": policy}})
    sns_attributes.topic_attributes(world.context(), ARN)
    assert world.clock.slept == [0.1]
    world.done()


def test_fails_after_two_minutes_when_the_policy_names_a_deleted_role() -> None:
    world = World()
    policy = '{"Statement": {"Principal": {"AWS": "AROAEXAMPLE"}}}'
    for _ in range(30):
        world.expect("sns", "get_topic_attributes", {"TopicArn": ARN}, {"Attributes": {"Policy": policy}})
    with pytest.raises(ProviderError, match="timeout while waiting"):
        sns_attributes.topic_attributes(world.context(), ARN)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": "a b"}, "invalid topic name: a b"),
        ({"name": "t" * 257}, "invalid topic name"),
        ({"name": "t", "fifoTopic": True}, "invalid topic name: t"),
        ({"name": "t.fifo"}, "invalid topic name"),
        ({"name": "t", "contentBasedDeduplication": True}, "can only be set for FIFO topics"),
        ({"name": "t", "archivePolicy": '{"MessageRetentionPeriod": 7}'}, "can only be set for FIFO topics"),
        ({"name": "t", "signatureVersion": 3}, "in the range"),
        ({"name": "t", "sqsSuccessFeedbackSampleRate": 101}, "in the range"),
        ({"name": "t", "policy": "no json"}, "invalid JSON"),
        ({"name": "t", "tracingConfig": "On"}, "to be one of"),
    ],
)
def test_fails_when_a_value_is_not_allowed(provider: Driver, given: dict[str, Any], says: str) -> None:
    with pytest.raises(InputsRefusedError, match=says):
        provider.check(TOKEN, "t", given)


@pytest.mark.parametrize(
    "given",
    [
        {"name": "t" * 256},
        {"name": "t" * 251 + ".fifo", "fifoTopic": True, "contentBasedDeduplication": True},
        {"name": "t", "signatureVersion": 1, "sqsSuccessFeedbackSampleRate": 100},
    ],
)
def test_the_last_allowed_value_is_allowed(provider: Driver, given: dict[str, Any]) -> None:
    assert provider.check(TOKEN, "t", given)["name"] == given["name"]


def test_a_name_replaces_and_a_dropped_policy_is_no_change(provider: Driver) -> None:
    given = {"name": "t", "policy": "{}"}
    inputs = provider.check(TOKEN, "t", given)
    made = Resource(TOKEN, "t", ARN, inputs, {**inputs, "policy": '{"Version":"2008-10-17"}', "signatureVersion": 1})
    assert provider.diff(made, {**given, "name": "u"}).replaces == ["name"]
    assert provider.diff(made, {"name": "t"}).diffs == []


def test_an_import_takes_the_region_from_the_arn() -> None:
    assert sns_topic.imported(ARN).region == REGION
    assert sns_topic_policy.imported(ARN).known == {"arn": ARN}


def test_the_policy_that_is_left_lets_the_owner_alone() -> None:
    world = World()
    attribute(world, "Policy", sns_topic_policy.default_policy(ARN, "222222222222"))
    sns_topic_policy.delete(world.context(), ARN, {"owner": "222222222222"})
    world.done()
    assert '"AWS:SourceOwner": "222222222222"' in sns_topic_policy.default_policy(ARN, "222222222222")
