"""EventBridge: what a rule's event can be handed to, and whose permission that takes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door, judgement
from rehearsal.emulator.calls import Call
from rehearsal.emulator.delivery import Undelivered, no_permission, not_found
from rehearsal.emulator.members import part
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.orders import ORDERS
from rehearsal.emulator.patching import adds
from rehearsal.emulator.services.sns.publishing import Publication, publish
from rehearsal.emulator.services.sqs.sending import Message, send

NAME: Final = "events.amazonaws.com"
SERVICE: Final = judgement.service_principal(NAME)
"""EventBridge, as `judgement.may` knows it."""
_LOGS: Final[Any] = door.module("services.cloudwatch_logs")


@dataclass(frozen=True)
class Sent:
    """What one target is sent."""

    rule_arn: str
    target: door.Record
    event: door.Record
    payload: str
    principal: str
    """Who sends: EventBridge itself, or the target's role."""

    @property
    def arn(self) -> str:
        """The target's ARN."""
        return self.target["Arn"]

    @property
    def context(self) -> Mapping[str, str]:
        """The condition keys that EventBridge sends for itself; a role's session has none of them."""
        account = self.rule_arn.split(":")[4]
        return judgement.source_keys(account, self.rule_arn) if self.principal == SERVICE else {}


Sender = Callable[[Sent], Undelivered | None]


def attempt(rule_arn: str, target: door.Record, event: door.Record, payload: str) -> Undelivered | None:
    """Hand an event to a target once.

    Returns:
        None when it arrived.
    """
    service, region = target["Arn"].split(":")[2:4]
    sender = SENDERS.get(service)
    if sender is None:
        return Undelivered("SDK_CLIENT_ERROR", f"{target['Arn']} is no target that this emulator delivers to.")
    fault = ORDERS.fault(Call(0, service=service, operation=_OPERATIONS.get(service, ""), region=region))
    if fault:
        return Undelivered("ERROR_FROM_TARGET", fault.message, is_final=False)
    role: str = target.get("RoleArn", "")
    account = rule_arn.split(":")[4]
    if role and not judgement.service_may_assume(role, NAME, account, rule_arn):
        return Undelivered("FAILED_TO_ASSUME_ROLE", f"EventBridge may not assume {role}.")
    return sender(Sent(rule_arn, target, event, payload, role or SERVICE))


def _to_topic(sent: Sent) -> Undelivered | None:
    if _place(sent.arn) != _place(sent.rule_arn) and (sent.principal == SERVICE or _is_abroad(sent)):
        return _unreachable(sent)
    # EventBridge sends SNS nothing that a condition could be tested against.
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html (read 2026-11-22)
    return publish(sent.arn, Publication(sent.payload), sent.principal)


def _to_queue(sent: Sent) -> Undelivered | None:
    if _place(sent.arn) != _place(sent.rule_arn) and (sent.principal == SERVICE or _is_abroad(sent)):
        return _unreachable(sent)
    group: str = part(sent.target, "SqsParameters").get("MessageGroupId", "")
    return send(sent.arn, Message(sent.payload, group=group), sent.principal, sent.context)


def _to_log_group(sent: Sent) -> Undelivered | None:
    group = sent.arn.split(":", 6)[6].removesuffix(":*")
    account, region = _place(sent.arn)
    if _LOGS._log_groups.get_scoped(account, region, group) is None:  # noqa: SLF001 - a table
        return not_found(f"The log group {group}")
    for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
        refusal = judgement.refusal(SERVICE, action, f"{sent.arn.removesuffix(':*')}:*", sent.context)
        if refusal:
            return no_permission(refusal)
    stream = {"logGroupName": group, "logStreamName": str(uuid4())}
    line = {"timestamp": int(clock.now().timestamp() * 1000), "message": sent.payload}
    with door.request_scope(account, region):
        _LOGS._create_log_stream(stream)  # noqa: SLF001 - an operation
        _LOGS._put_log_events({**stream, "logEvents": [line]})  # noqa: SLF001 - an operation
    return None


def _to_state_machine(sent: Sent) -> Undelivered | None:
    refusal = judgement.refusal(sent.principal, "states:StartExecution", sent.arn, sent.context)
    if refusal:
        return no_permission(refusal)
    account, region = _place(sent.arn)
    with door.request_scope(account, region):
        status, _, _ = door.module("services.stepfunctions")._start_execution(  # noqa: SLF001 - an operation
            {"stateMachineArn": sent.arn, "input": sent.payload}
        )
    return None if status == 200 else not_found(f"The state machine {sent.arn}")


def _place(arn: str) -> tuple[str, str]:
    _, _, _, region, account, _ = arn.split(":", 5)
    return account, region


def _is_abroad(sent: Sent) -> bool:
    return _place(sent.arn)[1] != _place(sent.rule_arn)[1]


def _unreachable(sent: Sent) -> Undelivered:
    """A target of another region is never reached, one of another account only as a role."""
    return no_permission(f"The rule {sent.rule_arn} cannot reach {sent.arn}.")


SENDERS: Final[dict[str, Sender]] = {
    "sns": _to_topic,
    "sqs": _to_queue,
    "logs": _to_log_group,
    "states": _to_state_machine,
}
"""By the service in a target's ARN."""
_OPERATIONS: Final = {
    "sns": "Publish",
    "sqs": "SendMessage",
    "logs": "PutLogEvents",
    "states": "StartExecution",
    "events": "PutEvents",
}


def group_policy_for_arn(arn: str) -> tuple[str, str] | None:
    """Return the statements of every resource policy of a log group's account, for the judgement of who may write."""
    if not arn.startswith("arn:aws:logs:"):
        return None
    account, region = _place(arn)
    documents = [
        json_object(policy["policyDocument"])
        for key, policy in _LOGS._resource_policies.to_dict().items()  # noqa: SLF001 - a table
        if key[:2] == (account, region)
    ]
    statements = [statement for document in documents for statement in document.get("Statement", [])]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}) if statements else "", account


adds("services.cloudwatch_logs:group_policy_for_arn", group_policy_for_arn)
adds("core.iam_evaluator:_RESOURCE_POLICY_LOOKUPS[logs]", ("cloudwatch_logs", "group_policy_for_arn"))
