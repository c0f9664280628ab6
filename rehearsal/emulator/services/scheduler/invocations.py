"""EventBridge Scheduler: invokes a target as the schedule's role, again after an error that passes, or gives it up."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door, judgement
from rehearsal.emulator.acting import Deed, DeedRefusedError, act
from rehearsal.emulator.members import part
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.services.cloudwatch.metrics import METRICS, Metric
from rehearsal.emulator.services.scheduler.records import group_arn

_SERVICE: Final = "scheduler.amazonaws.com"
_UNIVERSAL: Final = "arn:aws:scheduler:::aws-sdk:"
_WORD: Final = re.compile(r"<aws\.scheduler\.(schedule-arn|scheduled-time|execution-id|attempt-number)>")
_MOST_ATTEMPTS: Final = 185
_MOST_SECONDS: Final = 86_400
_LONGEST_PAUSE: Final = 512
"""Seconds; AWS says that the pauses grow, not how long they are."""
_NAMESPACE: Final = "AWS/Scheduler"


@dataclass(frozen=True)
class Invocation:
    """One invocation of a schedule's target."""

    schedule_arn: str
    group: str
    target: door.Record
    scheduled: datetime
    attempts: int = 0
    """How often it was tried again."""


def invoke(invocation: Invocation) -> tuple[Invocation, datetime] | None:
    """Invoke a target once.

    Returns:
        The next attempt and when it is due; None when the target was invoked or given up.
    """
    execution = uuid4().hex[:16]
    given = _filled(str(invocation.target.get("Input", "")), invocation, execution)
    _count("InvocationAttemptCount", invocation)
    try:
        _invoke(invocation, given, execution)
    except DeedRefusedError as refused:
        _count("TargetErrorCount", invocation)
        return _after(refused, invocation, given, execution)
    return None


def _invoke(invocation: Invocation, given: str, execution: str) -> None:
    role: str = invocation.target["RoleArn"]
    account, region = door.account(), door.region()
    if not judgement.service_may_assume(role, _SERVICE, account, group_arn(account, region, invocation.group)):
        raise DeedRefusedError("AccessDeniedException", f"EventBridge Scheduler may not assume {role}.")
    answer = act(role, execution, _deed(invocation, given))
    failed = [entry for entry in answer.get("Entries", []) if "ErrorCode" in entry]
    if failed:
        raise DeedRefusedError(failed[0]["ErrorCode"], failed[0].get("ErrorMessage", ""))


def _deed(invocation: Invocation, given: str) -> Deed:
    arn: str = invocation.target["Arn"]
    if arn.startswith(_UNIVERSAL):
        service, operation = arn.removeprefix(_UNIVERSAL).split(":")
        return Deed(service, operation, door.region(), _parameters(given))
    make = _TEMPLATES.get(arn.split(":")[2])
    if make is None:
        raise DeedRefusedError("UnknownOperationException", f"{arn} is no target that this emulator invokes.")
    return make(arn, invocation.target, given)


def _parameters(given: str) -> Mapping[str, Any]:
    found = json_object(given or "{}")
    if not found and given.strip() not in ("", "{}"):
        raise DeedRefusedError("ValidationException", "The Input of a universal target must be a JSON object.")
    return found


def _to_queue(arn: str, target: door.Record, given: str) -> Deed:
    group = part(target, "SqsParameters")
    return Deed("sqs", "sendMessage", arn.split(":")[3], {"QueueUrl": _url(arn), "MessageBody": given, **group})


def _to_topic(arn: str, _: door.Record, given: str) -> Deed:
    return Deed("sns", "publish", arn.split(":")[3], {"TopicArn": arn, "Message": given})


def _to_bus(arn: str, target: door.Record, given: str) -> Deed:
    entry = {**part(target, "EventBridgeParameters"), "Detail": given, "EventBusName": arn}
    return Deed("eventbridge", "putEvents", arn.split(":")[3], {"Entries": [entry]})


def _to_state_machine(arn: str, _: door.Record, given: str) -> Deed:
    return Deed("sfn", "startExecution", arn.split(":")[3], {"stateMachineArn": arn, "input": given or "{}"})


_TEMPLATES: Final = {"sqs": _to_queue, "sns": _to_topic, "events": _to_bus, "states": _to_state_machine}
"""https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html (read 2026-11-22)."""


def _after(
    refused: DeedRefusedError, invocation: Invocation, given: str, execution: str
) -> tuple[Invocation, datetime] | None:
    policy = part(invocation.target, "RetryPolicy")
    exhausted = ""
    if not refused.is_final:
        if invocation.attempts >= policy.get("MaximumRetryAttempts", _MOST_ATTEMPTS):
            exhausted = "MaximumRetryAttempts"
        longest = timedelta(seconds=policy.get("MaximumEventAgeInSeconds", _MOST_SECONDS))
        if clock.now() - invocation.scheduled >= longest:
            exhausted = "MaximumEventAgeInSeconds"
        if not exhausted:
            pause = timedelta(seconds=min(2**invocation.attempts, _LONGEST_PAUSE))
            return replace(invocation, attempts=invocation.attempts + 1), clock.now() + pause
    _give_up(invocation, _letter(refused, invocation, exhausted, execution), given)
    return None


def _letter(refused: DeedRefusedError, invocation: Invocation, exhausted: str, execution: str) -> dict[str, str]:
    """https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html (read 2026-11-22)."""
    letter = {
        "ERROR_CODE": refused.code,
        "ERROR_MESSAGE": str(refused),
        "EXECUTION_ID": execution,
        "IS_PAYLOAD_TRUNCATED": "false",
        "RETRY_ATTEMPTS": str(invocation.attempts),
        "SCHEDULED_TIME": _iso(invocation.scheduled),
        "SCHEDULE_ARN": invocation.schedule_arn,
        "TARGET_ARN": invocation.target["Arn"],
    }
    return {**letter, "EXHAUSTED_RETRY_CONDITION": exhausted} if exhausted else letter


def _give_up(invocation: Invocation, letter: Mapping[str, str], given: str) -> None:
    """Send what was not invoked to the dead-letter queue, as the role; AWS tells nobody else."""
    queue: str = part(invocation.target, "DeadLetterConfig").get("Arn", "")
    if not queue:
        _count("InvocationDroppedCount", invocation)
        return
    attributes = {name: {"DataType": "String", "StringValue": value or "-"} for name, value in letter.items()}
    message = {"QueueUrl": _url(queue), "MessageBody": given or "{}", "MessageAttributes": attributes}
    try:
        act(invocation.target["RoleArn"], "dead-letter", Deed("sqs", "sendMessage", queue.split(":")[3], message))
    except DeedRefusedError:
        _count("InvocationsFailedToBeSentToDeadLetterCount", invocation)
    else:
        _count("InvocationsSentToDeadLetterCount", invocation)


def _filled(given: str, invocation: Invocation, execution: str) -> str:
    words = {
        "schedule-arn": invocation.schedule_arn,
        "scheduled-time": _iso(invocation.scheduled),
        "execution-id": execution,
        "attempt-number": str(invocation.attempts + 1),
    }
    return _WORD.sub(lambda found: words[found[1]], given)


def _url(queue_arn: str) -> str:
    _, _, _, _, account, name = queue_arn.split(":")
    return f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}/{account}/{name}"


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _count(name: str, invocation: Invocation) -> None:
    metric = Metric.of(_NAMESPACE, name, {"ScheduleGroup": invocation.group})
    METRICS.add(door.account(), door.region(), metric, 1)
