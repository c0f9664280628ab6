"""SNS: messages that an AWS service, or a role that it acts as, sends to a topic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from rehearsal.emulator import clock, door, judgement
from rehearsal.emulator.delivery import Undelivered, no_permission, not_found
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.sns.sealing import Sealed, unsealable

_SNS: Final[Any] = door.module("services.sns")
_SQS: Final[Any] = door.module("services.sqs")
_PUBLISH: Final = "sns:Publish"
_SERVICE: Final = judgement.service_principal("sns.amazonaws.com")


@dataclass(frozen=True)
class Publication:
    """A message of a service."""

    message: str
    subject: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Message attributes, all of type String; filter policies of subscriptions read them."""


def publish(
    topic_arn: str, publication: Publication, principal: str, context: Mapping[str, str] | None = None
) -> Undelivered | None:
    """Send to a topic when its policy and its key allow that.

    Args:
        topic_arn: The topic, of any account and region.
        publication: What is sent.
        principal: As `judgement.may` knows it: ARN of a role or session, or `service:cloudwatch.amazonaws.com`.
        context: Condition keys of the request. Default: none.

    Returns:
        None when the topic took it.
    """
    _, _, _, region, account, _ = topic_arn.split(":", 5)
    topic: door.Record | None = _SNS._topics.get_scoped(account, region, topic_arn)  # noqa: SLF001 - a table
    if topic is None:
        return not_found(f"The topic {topic_arn}")
    refusal = judgement.refusal(principal, _PUBLISH, topic_arn, context)
    if refusal:
        return no_permission(refusal)
    key: str = topic["attributes"].get("KmsMasterKeyId", "")
    sealed = unsealable(key, Sealed("sns", topic_arn), principal, context) if key else None
    if sealed:
        return sealed
    attributes = {name: {"DataType": "String", "StringValue": value} for name, value in publication.attributes.items()}
    try:
        with door.request_scope(account, region):
            _SNS.publish_internal(topic_arn, publication.message, publication.subject, message_attributes=attributes)
    except _SNS.SnsPublishError as refused:
        return Undelivered("INVALID_PARAMETER", str(refused))
    return None


@replaces("services.sns:_build_envelope", read="e7ae25cae4661a17")
def build_envelope(original: Any, *given: Any, **named: Any) -> str:
    """Stamp a message with the emulator's time."""
    envelope: str = original(*given, **named)
    stamp: str | None = (
        json_object(envelope).get("Timestamp") if envelope.startswith('{"Type": "Notification"') else None
    )
    now = clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return envelope.replace(f'"Timestamp": "{stamp}"', f'"Timestamp": "{now}"') if stamp else envelope


@replaces("services.sns:_deliver_to_sqs", read="f85849838ccafc6a")
def deliver_to_queue(original: Any, endpoint: str, *given: Any, topic_arn: str = "", **named: Any) -> None:
    """Deliver to an encrypted queue only when its key lets SNS use it."""
    queue: door.Record | None = _SQS._queue_by_arn(endpoint)  # noqa: SLF001 - MiniStack has no public look-up
    key: str = queue["attributes"].get("KmsMasterKeyId", "") if queue else ""
    context = judgement.source_keys(topic_arn.split(":")[4], topic_arn)
    if not key or unsealable(key, Sealed("sqs", endpoint), _SERVICE, context) is None:
        original(endpoint, *given, topic_arn=topic_arn, **named)
