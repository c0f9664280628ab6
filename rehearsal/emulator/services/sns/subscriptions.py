"""SNS: subscriptions by e-mail, which somebody has to confirm."""

import re
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/sns/latest/api"
_PROVIDER: Final = (
    "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sns/topic_subscription.go"
)
_READ: Final = "2026-11-22"
_SNS: Final[Any] = door.module("services.sns")
_BY_MAIL: Final = frozenset({"email", "email-json"})
_ARN: Final = re.compile(r"<SubscriptionArn>[^<]*</SubscriptionArn>")


@rule(f"{_API}/API_Subscribe.html", read=_READ)
def refuse_what_is_no_mail_address(endpoint: str) -> None:
    """The endpoint of a subscription by e-mail is an address."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", endpoint):
        raise Refused("InvalidParameter", "Invalid parameter: Email address")


@rule(_PROVIDER, read=_READ)
def refuse_to_unsubscribe_before_confirmation(pending: bool) -> None:
    """A subscription that waits for its confirmation cannot be cancelled."""
    if pending:
        raise Refused(
            "InvalidParameter", "Invalid parameter: Cannot unsubscribe a subscription that is pending confirmation"
        )


@replaces("services.sns:_subscribe", read="db260c543268f953")
@refusing("sns")
def subscribe(original: Any, asked: Any) -> Any:
    """Let a new subscription by e-mail wait for its confirmation."""
    protocol, endpoint = _p(asked, "Protocol"), _p(asked, "Endpoint")
    if protocol not in _BY_MAIL:
        return original(asked)
    refuse_what_is_no_mail_address(endpoint)
    known = _subscription(asked, endpoint) is not None
    status, headers, body = original(asked)
    made = _subscription(asked, endpoint)
    if status != 200 or made is None:
        return status, headers, body
    if not known:
        _suspend(_SNS._topics[_p(asked, "TopicArn")], made)  # noqa: SLF001 - a table
    if not made["confirmed"] and _p(asked, "ReturnSubscriptionArn") != "true":
        pending = "<SubscriptionArn>pending confirmation</SubscriptionArn>"
        body = _ARN.sub(pending, body.decode()).encode()
    return status, headers, body


@replaces("services.sns:_unsubscribe", read="07cdcd2f8e219f36")
@refusing("sns")
def unsubscribe(original: Any, asked: Any) -> Any:
    """Refuse to cancel what waits for its confirmation."""
    arn = _p(asked, "SubscriptionArn")
    subscriptions = [one for topic in _SNS._topics.values() for one in topic["subscriptions"]]  # noqa: SLF001 - a table
    pending = any(one["arn"] == arn and not one["confirmed"] and one["protocol"] in _BY_MAIL for one in subscriptions)
    refuse_to_unsubscribe_before_confirmation(pending)
    return original(asked)


@replaces("services.sns:_list_subscriptions_by_topic", read="02119f3da93568ca")
def list_subscriptions_by_topic(original: Any, asked: Any) -> Any:
    """Show PendingConfirmation instead of the ARN of what waits for its confirmation, as SNS does."""
    status, headers, body = original(asked)
    topic: door.Record | None = _SNS._topics.get(_p(asked, "TopicArn"))  # noqa: SLF001 - a table
    subscriptions: list[door.Record] = topic["subscriptions"] if topic and status == 200 else []
    for one in subscriptions:
        if not one["confirmed"]:
            body = body.replace(f">{one['arn']}<".encode(), b">PendingConfirmation<")
    return status, headers, body


def _suspend(topic: door.Record, made: door.Record) -> None:
    made["confirmed"], made["token"] = False, uuid4().hex
    made["attributes"] |= {"PendingConfirmation": "true", "ConfirmationWasAuthenticated": "false"}
    _SNS._refresh_subscription_counts(topic)  # noqa: SLF001 - counts what a topic shows


def _subscription(asked: Any, endpoint: str) -> door.Record | None:
    topic: door.Record | None = _SNS._topics.get(_p(asked, "TopicArn"))  # noqa: SLF001 - a table
    found = [one for one in topic["subscriptions"] if one["endpoint"] == endpoint] if topic else []
    return found[0] if found else None


def _p(asked: Any, name: str) -> str:
    return _SNS._p(asked, name)  # noqa: SLF001 - reads a parameter
