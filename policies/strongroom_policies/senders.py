"""The rule about what may send to a topic: its policy and its key let in whoever the stack lets speak there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from strongroom_policies.properties import NotKnownError, Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Sentence, Severity, StackRule, about, apart
from strongroom_policies.statements import statements
from strongroom_policies.tokens import TypeToken

_CLOUDWATCH: Final = "cloudwatch.amazonaws.com"
_EVENTS: Final = "events.amazonaws.com"
_BACKUP: Final = "backup.amazonaws.com"
_ACTIONS: Final = ("alarmActions", "okActions", "insufficientDataActions")
_SENDERS: Final = (
    (_CLOUDWATCH, TypeToken.CLOUDWATCH_METRIC_ALARM, _ACTIONS),
    (_CLOUDWATCH, TypeToken.CLOUDWATCH_COMPOSITE_ALARM, _ACTIONS),
    (_EVENTS, TypeToken.CLOUDWATCH_EVENT_TARGET, ("arn",)),
    (_BACKUP, TypeToken.BACKUP_VAULT_NOTIFICATIONS, ("snsTopicArn",)),
)
"""Services that send to a topic, what of a stack lets them, and by which properties it names the topic."""
_KEYS: Final = (TypeToken.KMS_KEY, TypeToken.KMS_REPLICA_KEY, TypeToken.KMS_EXTERNAL_KEY)
_FOR_MESSAGES: Final = ("kms:GenerateDataKey", "kms:Decrypt")
"""What a service needs of the key of a topic that it sends to.

https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html, read 2026-11-22.
"""


@dataclass(frozen=True)
class _Sender:
    """A service, and the first resource of the stack that lets it send."""

    service: str
    by: Resource


def _senders_are_let_in(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for topic in stack.of(TypeToken.SNS_TOPIC):
        for service in (_CLOUDWATCH, _EVENTS, _BACKUP):
            yield from about(topic, _let_in(topic, service, stack))


def _let_in(topic: Resource, service: str, stack: Stack) -> Iterator[Sentence]:
    if sender := _sender(topic, service, stack):
        yield from apart(_by_the_policy(topic, sender, stack), _by_the_key(topic, sender, stack))


def _sender(topic: Resource, service: str, stack: Stack) -> _Sender | None:
    """What sends to the topic in the service's name.

    Raises:
        NotKnownError: only something that cannot be told could.
    """
    unknown: NotKnownError | None = None
    for of, kind, properties in _SENDERS:
        for resource in stack.of(kind) if of == service else ():
            for name in properties:
                try:
                    if _names(resource, name, topic, stack):
                        return _Sender(service, resource)
                except NotKnownError as error:
                    unknown = error
    if unknown:
        raise unknown
    return None


def _names(resource: Resource, name: str, topic: Resource, stack: Stack) -> bool:
    try:
        if stack.lists(resource, topic, name, "arn", "id"):
            return True
    except NotKnownError:
        # What is known to be another's is not this one's, although a list could hold both.
        if any(_leads(resource, name, other, stack) for other in stack.of(TypeToken.SNS_TOPIC)):
            return False
        raise
    said = resource.properties.texts(name)
    return any(topic.properties.knows(one) and topic.properties.text(one) in said for one in ("arn", "id"))


def _leads(resource: Resource, name: str, topic: Resource, stack: Stack) -> bool:
    try:
        return stack.lists(resource, topic, name, "arn", "id")
    except NotKnownError:
        return False


def _by_the_policy(topic: Resource, sender: _Sender, stack: Stack) -> Iterator[Sentence]:
    policies = stack.about(topic, TypeToken.SNS_TOPIC_POLICY, "arn", "arn", "id") or [topic]
    if policies == [topic] and "policy" not in topic.properties:
        # Another rule says that it has none.
        return
    if not _lets(policies, sender.service, ("sns:Publish",)):
        yield (
            f"{topic} is sent to by {sender.by}, and its policy lets {sender.service} publish nothing; a statement that"
            " does is required: allow it sns:Publish"
        )


def _by_the_key(topic: Resource, sender: _Sender, stack: Stack) -> Iterator[Sentence]:
    """A sentence about the topic's key, where it is one of the stack; the policy of another nobody can read here."""
    for key in (key for kind in _KEYS for key in stack.of(kind)):
        if not _lies_under(topic, key, stack):
            continue
        policies = stack.about(key, TypeToken.KMS_KEY_POLICY, "keyId", "keyId", "arn", "id") or [key]
        if not _lets(policies, sender.service, _FOR_MESSAGES):
            yield (
                f"{topic} is sent to by {sender.by}, and the policy of {key} does not let {sender.service} encrypt"
                " messages: they would be lost; a statement that does is required: allow it kms:GenerateDataKey* and"
                " kms:Decrypt"
            )


def _lies_under(topic: Resource, key: Resource, stack: Stack) -> bool:
    said = topic.properties
    if any(_is_called(key, said, alias, stack) for alias in stack.of(TypeToken.KMS_ALIAS)):
        return True
    if said.knows("kmsMasterKeyId") and not key.properties.knows("arn"):
        # Nobody can write down the ARN of a key that is not made yet.
        return key.urn in topic.waits_for.get("kmsMasterKeyId", frozenset())
    return stack.refers(topic, key, "kmsMasterKeyId", "arn", "keyId", "id", "targetKeyId")


def _is_called(key: Resource, said: Properties, alias: Resource, stack: Stack) -> bool:
    """Whether a topic names the key by an alias of the stack; one whose value is not known yet tells by dependency."""
    called = said.knows("kmsMasterKeyId") and any(
        alias.properties.knows(name) and alias.properties.text(name) == said.text("kmsMasterKeyId")
        for name in ("name", "arn")
    )
    return called and stack.refers(alias, key, "targetKeyId", "keyId", "arn", "id")


def _lets(policies: list[Resource], service: str, actions: tuple[str, ...]) -> bool:
    read = [one for policy in policies for one in statements(policy.properties, "policy") if one.meets(service)]
    # EventBridge sends no source to test a condition against.
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, read 2026-11-22.
    letting = [one for one in read if one.allows and not (service == _EVENTS and one.bound_to_callers)]
    denied = [one for one in read if not one.allows and not one.conditional]
    return all(
        any(one.covers(action) for one in letting) and not any(one.covers(action) for one in denied)
        for action in actions
    )


SENDERS: Final = StackRule(
    name="sns-topic-senders",
    description="Checks that alarms, event rules and vaults may send to the topic that they name, and use its key.",
    why="A message that a topic or its key refuses is lost without a word, and the alarm itself says that it was sent.",
    controls={"NIST 800-53": ("AU-5", "IR-6"), "AWS Security Hub": ("SNS.1",)},
    severity=Severity.HIGH,
    check=_senders_are_let_in,
)
