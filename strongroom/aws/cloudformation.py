"""CloudFormation stacks: made or changed, and waited for, for no longer than said."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from botocore.exceptions import ClientError

from strongroom.aws.answers import pages, there
from strongroom.aws.errors import FailedError, TimedOutError, code, translated

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.client import CloudFormationClient

WAIT_SECONDS: Final = 900
"""Seconds that a stack of roles may take; it takes about one minute."""
_POLL_SECONDS: Final = 3
_NAMED_ROLES: Final = "CAPABILITY_NAMED_IAM"
_UNCHANGED: Final = "No updates are to be performed"


class Outcome(StrEnum):
    """What became of a stack."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Waiting:
    """How waiting is done: a clock in seconds, a pause, somebody who is told, and the end of patience."""

    now: Callable[[], float]
    sleep: Callable[[float], None]
    told: Callable[[str], None]
    """Called with one line each time that the state is looked at."""
    seconds: float = WAIT_SECONDS


class Stacks(Protocol):
    """Reads and changes stacks of one account and region."""

    def status(self, name: str) -> str | None:
        """CloudFormation's word for how a stack stands; None where there is none."""
        ...

    def create(self, name: str, template: str) -> None:
        """Begin to make a stack, protected against deletion."""
        ...

    def update(self, name: str, template: str) -> bool:
        """Begin to change a stack; False where there is nothing to change."""
        ...

    def failures(self, name: str) -> list[str]:
        """Why resources of the last attempt failed, the first one first."""
        ...


class CloudFormation:
    """Stacks as CloudFormation keeps them."""

    def __init__(self, client: "CloudFormationClient") -> None:
        self._client = client

    def status(self, name: str) -> str | None:
        """See `Stacks.status`."""
        what = f"reading stack {name}"
        with translated(what):
            try:
                found = self._client.describe_stacks(StackName=name).get("Stacks")
            except ClientError as refused:
                if code(refused) == "ValidationError" and "does not exist" in str(refused):
                    return None
                raise
        return next(iter(there(found or None, "Stacks", what)))["StackStatus"]

    def create(self, name: str, template: str) -> None:
        """See `Stacks.create`."""
        with translated(f"creating stack {name}"):
            self._client.create_stack(
                StackName=name, TemplateBody=template, Capabilities=[_NAMED_ROLES], EnableTerminationProtection=True
            )

    def update(self, name: str, template: str) -> bool:
        """See `Stacks.update`."""
        with translated(f"updating stack {name}"):
            try:
                self._client.update_stack(StackName=name, TemplateBody=template, Capabilities=[_NAMED_ROLES])
            except ClientError as refused:
                if code(refused) == "ValidationError" and _UNCHANGED in str(refused):
                    return False
                raise
        return True

    def failures(self, name: str) -> list[str]:
        """See `Stacks.failures`."""
        found = self._client.get_paginator("describe_stack_events").paginate(StackName=name)
        listed = pages(found, f"reading events of stack {name}", "StackEvents")
        events = [event for page in listed for event in page["StackEvents"]]
        begun = next(
            (n for n, event in enumerate(events) if _begins(event.get("ResourceStatusReason", ""))), len(events)
        )
        return [
            f"{event.get('LogicalResourceId', '')}: {event.get('ResourceStatusReason', '')}"
            for event in reversed(events[:begun])
            if event.get("ResourceStatus", "").endswith("_FAILED")
        ]


def apply(stacks: Stacks, name: str, template: str, waiting: Waiting) -> Outcome:
    """Make a stack, or change it to the template, and wait until it stands.

    Raises:
        FailedError: it was rolled back, or stands in a state that nothing can be applied to.
        TimedOutError: it did not stand in time; it may still come to.
    """
    status = stacks.status(name)
    if status is None:
        stacks.create(name, template)
        return _waited(stacks, name, waiting, Outcome.CREATED)
    if status == "ROLLBACK_COMPLETE":
        raise FailedError(
            f"stack {name} failed when it was first made ({status}); take off its termination protection, delete it"
            f" with `aws cloudformation delete-stack --stack-name {name}`, and apply again"
        )
    if not stacks.update(name, template):
        return Outcome.UNCHANGED
    return _waited(stacks, name, waiting, Outcome.UPDATED)


def _waited(stacks: Stacks, name: str, waiting: Waiting, outcome: Outcome) -> Outcome:
    until = waiting.now() + waiting.seconds
    good = {Outcome.CREATED: "CREATE_COMPLETE", Outcome.UPDATED: "UPDATE_COMPLETE"}[outcome]
    while True:
        status = stacks.status(name) or "gone"
        waiting.told(f"stack {name}: {status}")
        if status in (good, f"{good}_CLEANUP_IN_PROGRESS"):
            return outcome
        if not status.endswith("_IN_PROGRESS"):
            why = "; ".join(stacks.failures(name)) or "CloudFormation gives no reason"
            raise FailedError(f"stack {name} ended {status}: {why}")
        if waiting.now() >= until:
            raise TimedOutError(
                f"stack {name} is still {status} after {waiting.seconds:.0f} seconds; look again with"
                f" `aws cloudformation describe-stacks --stack-name {name}`"
            )
        waiting.sleep(_POLL_SECONDS)


def _begins(reason: str) -> bool:
    """Whether an event is the first of the last attempt; events come newest first."""
    return reason == "User Initiated"
