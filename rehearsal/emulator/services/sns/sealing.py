"""SNS and SQS: messages that are encrypted under a customer's key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rehearsal.emulator.delivery import Undelivered
from rehearsal.emulator.keys import key_arn
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.kms.using import keys_of, use_key_with

_CONTEXTS: Final = {"sns": "aws:sns:topicArn", "sqs": "aws:sqs:arn"}
"""Encryption context by which the key's policy sees what is sealed."""
_ACTIONS: Final = ("kms:GenerateDataKey", "kms:Decrypt")
"""https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html (read 2026-11-22)."""


@dataclass(frozen=True)
class Sealed:
    """What keeps its messages encrypted."""

    service: str
    """`sns` or `sqs`."""
    arn: str


def unsealable(key: str, sealed: Sealed, principal: str, context: Mapping[str, str] | None) -> Undelivered | None:
    """Return why a principal cannot put a message into something encrypted; None when it can.

    Args:
        key: Id, ARN or alias of the key, in the account of what is sealed.
        sealed: Where the message goes.
        principal: As `judgement.may` knows it.
        context: Condition keys of the request.
    """
    _, _, _, region, account, _ = sealed.arn.split(":", 5)
    arn = key_arn(key, account, region)
    if arn is None:
        return Undelivered("KMS_NOT_FOUND", f"The key {key} does not exist.")
    keys = {**keys_of(arn, sealed.service, {_CONTEXTS[sealed.service]: sealed.arn}), **(context or {})}
    try:
        use_key_with(principal, arn, _ACTIONS, keys)
    except Refused as refused:
        return Undelivered("KMS_ACCESS_DENIED" if refused.code == "AccessDeniedException" else "KMS", str(refused))
    return None
