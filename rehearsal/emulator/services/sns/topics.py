"""SNS: policies and keys of topics."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.delivery import Undelivered
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.request import CALL
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.vaults.principals import exists, named_in, statements_of
from rehearsal.emulator.services.kms.encryption import key_state
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.sns.sealing import Sealed, unsealable

_API: Final = "https://docs.aws.amazon.com/sns/latest/api"
_READ: Final = "2026-11-22"
_SNS: Final[Any] = door.module("services.sns")


@rule(f"{_API}/API_SetTopicAttributes.html", read=_READ)
def refuse_a_topic_policy_that_is_none(is_policy: bool) -> None:
    """A topic's policy is JSON with statements."""
    if not is_policy:
        raise Refused("InvalidParameter", "Invalid parameter: Policy Error: not a policy document")


@rule(f"{_API}/API_SetTopicAttributes.html", read=_READ)
def refuse_a_topic_policy_for_who_does_not_exist(found: bool) -> None:
    """A role or user that a topic's policy names exists."""
    if not found:
        raise Refused("InvalidParameter", "Invalid parameter: Policy Error: PrincipalNotFound")


@rule(f"{_API}/API_Publish.html", read=_READ)
def refuse_to_publish_under_a_key_that_cannot_encrypt(key: str, state: str | None) -> None:
    """A message to an encrypted topic needs a key that exists and is enabled; to make the topic does not."""
    if state is None:
        raise Refused("KMSNotFound", f"The key {key} of the topic does not exist.")
    if state != "Enabled":
        raise Refused("KMSInvalidState" if state != "Disabled" else "KMSDisabled", f"The key {key} is {state}.")


@rule("https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html", read=_READ)
def refuse_a_publisher_who_may_not_use_the_key(why: Undelivered | None) -> None:
    """Who publishes to an encrypted topic may make data keys with the topic's key and decrypt with it."""
    if why:
        raise Refused("KMSAccessDenied", why.message)


@replaces("services.sns:_set_topic_attributes", read="9565723b04fa6b98")
@refusing("sns")
def set_topic_attributes(original: Any, asked: Any) -> Any:
    """Refuse a policy that SNS refuses."""
    if _SNS._p(asked, "AttributeName") == "Policy":  # noqa: SLF001 - reads a parameter
        _check(_SNS._p(asked, "AttributeValue"))  # noqa: SLF001 - reads a parameter
    return original(asked)


@replaces("services.sns:_publish", read="df41cb2faa099b60")
@refusing("sns")
def publish(original: Any, asked: Any) -> Any:
    """Refuse a message that cannot be encrypted."""
    # MiniStack finds a topic of any account.
    topic: door.Record | None = _SNS._topic_by_arn_any_scope(_SNS._p(asked, "TopicArn"))  # noqa: SLF001
    key: str | None = topic["attributes"].get("KmsMasterKeyId") if topic else None
    if topic and key and not key.endswith("alias/aws/sns"):
        refuse_to_publish_under_a_key_that_cannot_encrypt(key, key_state(key))
        call = CALL.get()
        who = call.principal if call else ""
        refuse_a_publisher_who_may_not_use_the_key(unsealable(key, Sealed("sns", topic["arn"]), who, None))
    return original(asked)


def _check(document: str) -> None:
    statements = statements_of(document)
    refuse_a_topic_policy_that_is_none(statements is not None)
    for statement in statements or []:
        for principal in named_in(statement):
            refuse_a_topic_policy_for_who_does_not_exist(exists(principal))
