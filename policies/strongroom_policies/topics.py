"""Rules about the topics that alarms go to."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Rule, Sentence, Severity, StackRule, about, apart
from strongroom_policies.statements import Statement, statements
from strongroom_policies.strangers import ACCOUNTS, anybody, strangers
from strongroom_policies.tokens import TypeToken

_EVENTS: Final = "events.amazonaws.com"
_OF_YOURS: Final = "only services and accounts of yours may: name them, or add a condition on aws:PrincipalOrgID"


def _under_a_customer_key(topic: Resource, _: Properties) -> Iterator[Sentence]:
    key = topic.properties.text("kmsMasterKeyId")
    if not key or "alias/aws/" in key:
        yield (
            f"{topic} lies under {key or 'no key'}; a customer managed key is required, because AWS's services may use"
            " no other: set kms_master_key_id"
        )


CUSTOMER_KEY: Final = Rule(
    name="sns-topic-customer-key",
    description="Checks that a topic is encrypted with a customer managed key.",
    why="CloudWatch and EventBridge cannot use the key alias/aws/sns: their messages to such a topic are lost.",
    controls={"AWS Security Hub": ("SNS.1",), "Checkov": ("CKV_AWS_26",)},
    severity=Severity.HIGH,
    on=(TypeToken.SNS_TOPIC,),
    check=_under_a_customer_key,
    keys=("kmsMasterKeyId",),
)


def _policy_is_tight(policy: Resource, wanted: Properties) -> Iterator[Sentence]:
    read = [one for one in statements(policy.properties, "policy") if one.allows]
    yield from apart(
        *(anybody(policy, one, _OF_YOURS) for one in read),
        *(_services_are_bound(policy, one) for one in read),
        *(strangers(policy, one, wanted, POLICY.name) for one in read),
    )


def _services_are_bound(policy: Resource, statement: Statement) -> Iterator[Sentence]:
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, read 2026-11-22.
    others = [service for service in statement.services if service != _EVENTS]
    if _EVENTS in statement.services and statement.bound_to_source:
        yield (
            f"{policy} asks EventBridge for its source in statement {statement.name}, which it never sends: its"
            " messages would be lost; none is required: put it into a statement without a condition on the source"
        )
    if others and not statement.bound_to_source:
        yield (
            f"{policy} lets {', '.join(others)} of every account publish by statement {statement.name}; only yours may:"
            " add a condition on aws:SourceAccount"
        )


POLICY: Final = Rule(
    name="sns-topic-policy",
    description=(
        "Checks that a topic takes messages from services of its own account only, and from EventBridge at all."
    ),
    why="A topic that anybody may publish to drowns the one alarm that counts.",
    controls={"AWS Security Hub": ("SNS.4",), "Checkov": ("CKV_AWS_169",)},
    severity=Severity.HIGH,
    on=(TypeToken.SNS_TOPIC, TypeToken.SNS_TOPIC_POLICY),
    check=_policy_is_tight,
    options=ACCOUNTS,
)


def _somebody_listens(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for topic in stack.of(TypeToken.SNS_TOPIC):
        yield from about(topic, _heard(topic, stack), _has_a_policy(topic, stack))


def _heard(topic: Resource, stack: Stack) -> Iterator[Sentence]:
    if not stack.about(topic, TypeToken.SNS_TOPIC_SUBSCRIPTION, "topic", "arn", "id"):
        yield f"{topic} has no subscriber, so its alarms reach nobody; one is required: add an sns.TopicSubscription"


def _has_a_policy(topic: Resource, stack: Stack) -> Iterator[Sentence]:
    if not topic.properties.text("policy") and not stack.about(topic, TypeToken.SNS_TOPIC_POLICY, "arn", "arn", "id"):
        yield f"{topic} has no policy that lets services send; one is required: add an sns.TopicPolicy"


LISTENED: Final = StackRule(
    name="sns-topic-subscribed",
    description="Checks that every topic lets its senders in and has a subscriber.",
    why="An alarm that goes to a topic without a subscriber is an alarm that nobody hears.",
    controls={"NIST 800-53": ("IR-6", "AU-5")},
    severity=Severity.HIGH,
    check=_somebody_listens,
)
