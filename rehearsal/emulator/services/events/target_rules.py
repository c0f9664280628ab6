"""EventBridge: what PutTargets refuses."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.members import part
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing

_QUOTAS: Final = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"
_RETRY: Final = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html"
_TARGETS: Final = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html"
_DEAD: Final = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html"
_READ: Final = "2026-11-22"
_EVENTS: Final[Any] = door.module("services.eventbridge")
_CODE: Final = "ValidationException"
_MOST_TARGETS: Final = 5
_ATTEMPTS: Final = (0, 185)
_SECONDS: Final = (60, 86_400)


@rule(_QUOTAS, read=_READ)
def refuse_more_targets_than_a_rule_takes(targets: int) -> None:
    """A rule has at most five targets."""
    if targets > _MOST_TARGETS:
        raise Refused("LimitExceededException", "The requested resource exceeds the maximum number allowed.")


@rule(_RETRY, read=_READ)
def refuse_attempts_outside_their_bounds(attempts: int) -> None:
    """An event is tried again at most 185 times."""
    if not _ATTEMPTS[0] <= attempts <= _ATTEMPTS[1]:
        raise Refused(_CODE, f"MaximumRetryAttempts must be {_ATTEMPTS[0]} to {_ATTEMPTS[1]}, got {attempts}.")


@rule(_RETRY, read=_READ)
def refuse_an_age_outside_its_bounds(seconds: int) -> None:
    """An event is tried again until it is a minute to a day old."""
    if not _SECONDS[0] <= seconds <= _SECONDS[1]:
        raise Refused(_CODE, f"MaximumEventAgeInSeconds must be {_SECONDS[0]} to {_SECONDS[1]}, got {seconds}.")


@rule(_TARGETS, read=_READ)
def refuse_a_state_machine_without_a_role(arn: str, role: str) -> None:
    """A state machine is started as the role that the target names."""
    if arn.startswith("arn:aws:states:") and not role:
        raise Refused(_CODE, f"RoleArn is required for target {arn}.")


@rule(_DEAD, read=_READ)
def refuse_a_dead_letter_queue_elsewhere(queue: str, region: str) -> None:
    """A dead-letter queue is a standard queue in the region of the rule."""
    if queue and (queue.split(":")[3:4] != [region] or queue.endswith(".fifo")):
        raise Refused(_CODE, f"The dead-letter queue {queue} must be a standard queue in {region}.")


@replaces("services.eventbridge:_put_targets", read="9d129f83c189b4c9")
@refusing("eventbridge")
def put_targets(original: Any, data: door.Record) -> Any:
    """Refuse targets that EventBridge refuses, all of a request."""
    # MiniStack has no public name for the key under which it keeps a rule.
    key = _EVENTS._rule_key(data["Rule"], data.get("EventBusName", "default"))  # noqa: SLF001
    known: list[door.Record] = _EVENTS._targets.get(key) or []  # noqa: SLF001 - a table
    refuse_more_targets_than_a_rule_takes(len({target["Id"] for target in [*known, *data["Targets"]]}))
    for target in data["Targets"]:
        retry = part(target, "RetryPolicy")
        refuse_attempts_outside_their_bounds(int(retry.get("MaximumRetryAttempts", _ATTEMPTS[1])))
        refuse_an_age_outside_its_bounds(int(retry.get("MaximumEventAgeInSeconds", _SECONDS[1])))
        refuse_a_state_machine_without_a_role(target["Arn"], target.get("RoleArn", ""))
        refuse_a_dead_letter_queue_elsewhere(part(target, "DeadLetterConfig").get("Arn", ""), door.region())
    return original(data)
