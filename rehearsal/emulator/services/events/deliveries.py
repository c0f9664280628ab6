"""EventBridge: events on their way to a target, tried again on the emulator's clock and kept in a dead-letter queue."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door, judgement
from rehearsal.emulator.delivery import Undelivered
from rehearsal.emulator.members import part
from rehearsal.emulator.registry import HOLDERS
from rehearsal.emulator.services.cloudwatch.metrics import METRICS, Metric
from rehearsal.emulator.services.events.targets import SERVICE, attempt
from rehearsal.emulator.services.sqs.sending import Message, send
from rehearsal.emulator.timeline import AGENDAS, Appointments

_EVENTS: Final[Any] = door.module("services.eventbridge")
_MOST_ATTEMPTS: Final = 185
_MOST_SECONDS: Final = 86_400
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html (read 2026-11-22)."""
_LONGEST_PAUSE: Final = 512
"""Seconds; EventBridge says that the pauses grow and are random, not how long they are."""


@dataclass(frozen=True)
class Delivery:
    """An event for one target of one rule."""

    rule_arn: str
    target: door.Record
    event: door.Record
    payload: str
    """What the target is sent."""
    attempts: int = 0
    """How often it was tried again."""
    begun: datetime | None = None
    """When it was tried first."""


class Deliveries:
    """The deliveries that are tried again later."""

    def __init__(self) -> None:
        self.waiting = door.AccountRegionScopedDict()
        """Id -> the delivery and when it is tried again, in the rule's account and region."""
        self._appointments: Appointments[tuple[str, str, str]] = Appointments()

    def next_due(self) -> datetime | None:
        """Return when the next one is tried again."""
        return self._appointments.next()

    def run_due(self, now: datetime) -> None:
        """Try again what is due."""
        for account, region, key in self._appointments.take(now):
            with door.request_scope(account, region):
                waiting: tuple[Delivery, datetime] | None = self.waiting.pop(key, None)
                if waiting:
                    deliver(waiting[0])

    def renew(self) -> None:
        """Begin again from the records."""
        self._appointments.clear()
        for key, (_, due) in self.waiting.to_dict().items():
            self._appointments.set(key, due)

    def try_again(self, delivery: Delivery, due: datetime) -> None:
        """Keep a delivery until it is tried again."""
        key = (door.account(), door.region(), str(uuid4()))
        self.waiting[key[2]] = (delivery, due)
        self._appointments.set(key, due)


DELIVERIES: Final = Deliveries()
HOLDERS["event deliveries"] = DELIVERIES
AGENDAS["event deliveries"] = DELIVERIES


def deliver(delivery: Delivery) -> None:
    """Hand an event to its target, or see to it that it is tried again or kept."""
    failure = attempt(delivery.rule_arn, delivery.target, delivery.event, delivery.payload)
    if failure is None:
        return
    exhausted = "" if failure.is_final else _exhausted(delivery)
    if failure.is_final or exhausted:
        _give_up(delivery, failure, exhausted)
        return
    pause = timedelta(seconds=min(2**delivery.attempts, _LONGEST_PAUSE))
    again = replace(delivery, attempts=delivery.attempts + 1, begun=delivery.begun or clock.now())
    DELIVERIES.try_again(again, clock.now() + pause)


def _exhausted(delivery: Delivery) -> str:
    """Return the limit that ends the attempts; an empty string while there is none."""
    policy = part(delivery.target, "RetryPolicy")
    if delivery.attempts >= policy.get("MaximumRetryAttempts", _MOST_ATTEMPTS):
        return "MaximumRetryAttempts"
    longest = timedelta(seconds=policy.get("MaximumEventAgeInSeconds", _MOST_SECONDS))
    begun = delivery.begun or clock.now()
    return "MaximumEventAgeInSeconds" if clock.now() - begun >= longest else ""


def _give_up(delivery: Delivery, failure: Undelivered, exhausted: str) -> None:
    _count("FailedInvocations", delivery)
    queue: str = part(delivery.target, "DeadLetterConfig").get("Arn", "")
    if not queue:
        return
    attributes = {
        "RULE_ARN": delivery.rule_arn,
        "TARGET_ARN": delivery.target["Arn"],
        "ERROR_CODE": failure.code,
        "ERROR_MESSAGE": failure.message,
    }
    if exhausted:
        attributes |= {"EXHAUSTED_RETRY_CONDITION": exhausted, "RETRY_ATTEMPTS": str(delivery.attempts)}
    context = judgement.source_keys(delivery.rule_arn.split(":")[4], delivery.rule_arn)
    lost = send(queue, Message(delivery.payload, attributes), SERVICE, context)
    _count("InvocationsFailedToBeSentToDlq" if lost else "InvocationsSentToDlq", delivery)


def _count(name: str, delivery: Delivery) -> None:
    rule = delivery.rule_arn.rpartition("/")[2]
    METRICS.add(door.account(), door.region(), Metric.of("AWS/Events", name, {"RuleName": rule}), 1)
