"""SQS: messages that an AWS service, or a role that it acts as, puts into a queue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door, judgement
from rehearsal.emulator.delivery import Undelivered, no_permission, not_found
from rehearsal.emulator.services.sns.sealing import Sealed, unsealable

_SQS: Final[Any] = door.module("services.sqs")
_SEND: Final = "sqs:SendMessage"


@dataclass(frozen=True)
class Message:
    """A message of a service."""

    body: str
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Message attributes, all of type String."""
    group: str = ""
    """Message group of a FIFO queue."""


def send(
    queue_arn: str, message: Message, principal: str, context: Mapping[str, str] | None = None
) -> Undelivered | None:
    """Put a message into a queue when its policy and its key allow that.

    Args:
        queue_arn: The queue, of any account and region.
        message: What is sent.
        principal: As `judgement.may` knows it: ARN of a role or session, or `service:events.amazonaws.com`.
        context: Condition keys of the request. Default: none.

    Returns:
        None when the message is in the queue.
    """
    queue: door.Record | None = _SQS._queue_by_arn(queue_arn)  # noqa: SLF001 - MiniStack has no public look-up
    if queue is None:
        return not_found(f"The queue {queue_arn}")
    refusal = judgement.refusal(principal, _SEND, queue_arn, context)
    if refusal:
        return no_permission(refusal)
    key: str = queue["attributes"].get("KmsMasterKeyId", "")
    account, region = queue_arn.split(":")[4], queue_arn.split(":")[3]
    sealed = unsealable(key, Sealed("sqs", queue_arn), principal, context) if key else None
    if sealed:
        return sealed
    if queue["is_fifo"] and not message.group:
        return Undelivered("INVALID_PARAMETER", "The queue is FIFO, and the target has no MessageGroupId.")
    with door.request_scope(account, region):
        _put(queue, message)
    return None


def _put(queue: door.Record, message: Message) -> None:
    attributes = {name: {"DataType": "String", "StringValue": value} for name, value in message.attributes.items()}
    # Whoever receives does so in the machine's time; only the stamp that a message shows is the emulator's.
    kept: door.Record = {
        "id": str(uuid4()),
        "body": message.body,
        "message_attributes": attributes,
        "md5_attrs": _SQS._md5_msg_attrs(attributes),  # noqa: SLF001 - MiniStack's digest of attributes
    }
    if queue["is_fifo"]:
        queue["fifo_seq"] = queue.get("fifo_seq", 0) + 1
        digest = sha256(message.body.encode()).hexdigest()
        kept |= {"group_id": message.group, "dedup_id": digest, "seq": str(queue["fifo_seq"]).zfill(20)}
    _SQS._ensure_msg_fields(kept)  # noqa: SLF001 - fills in what every message has
    kept["visible_at"] += _SQS.queue_delay(queue)
    kept["sys"]["SentTimestamp"] = str(int(clock.now().timestamp() * 1000))
    queue["messages"].append(kept)
