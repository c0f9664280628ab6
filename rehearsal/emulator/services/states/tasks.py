"""Step Functions: tasks call AWS as the session of the state machine's role."""

import json
from collections.abc import Mapping
from typing import Any, Final

from rehearsal.emulator import door, judgement
from rehearsal.emulator.acting import Deed, DeedRefusedError, act, answer_shape, knows
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.states.executions import ROLE
from rehearsal.emulator.wording import capitalized, jsonable

SERVICE: Final = "states.amazonaws.com"
_STATES: Final[Any] = door.module("services.stepfunctions")
_SDK: Final = "aws-sdk"
_TABLE: Final = "services.stepfunctions:_SERVICE_DISPATCH"
_START: Final = "states:StartExecution"
Given = Mapping[str, Any]


@replaces("services.stepfunctions:_invoke_aws_sdk_integration", read="59a970e1a7c06cbe")
def invoke_aws_sdk_integration(_original: Any, resource: str, given: Given) -> Any:
    """Call any operation, by the names of the SDKs."""
    parts = resource.replace(".sync", "").replace(".waitForTaskToken", "").split(":")
    service, operation = parts[parts.index(_SDK) + 1].lower(), parts[-1]
    if not knows(service, operation):
        raise _error("States.Runtime", f"There is no operation {service}:{operation}.")
    deed = Deed(service, operation, door.region(), given)
    return capitalized(_acted(deed, service), answer_shape(deed))


@replaces(f"{_TABLE}[arn:aws:states:::sqs:sendMessage]", read="7f9c14f5e0270ddb")
def send_message(_original: Any, _resource: str, given: Given) -> Any:
    """Send a message; an object in the place of its text is written as JSON."""
    return jsonable(_acted(Deed("sqs", "sendMessage", door.region(), _texts(given, "MessageBody")), "sqs"))


@replaces(f"{_TABLE}[arn:aws:states:::sns:publish]", read="81ac6228bc14a16a")
def publish(_original: Any, _resource: str, given: Given) -> Any:
    """Publish to a topic; an object in the place of its text is written as JSON."""
    return jsonable(_acted(Deed("sns", "publish", door.region(), _texts(given, "Message")), "sns"))


@replaces(f"{_TABLE}[arn:aws:states:::events:putEvents]", read="92d6ffabce62e3e2")
def put_events(_original: Any, _resource: str, given: Given) -> Any:
    """Put events; an object in the place of their detail is written as JSON."""
    entries = [_texts(entry, "Detail") for entry in given.get("Entries", [])]
    return jsonable(_acted(Deed("eventbridge", "putEvents", door.region(), {"Entries": entries}), "eventbridge"))


@replaces("services.stepfunctions:_invoke_dynamodb", read="3d538d8656c86441")
def invoke_dynamodb(_original: Any, operation: str, given: Given) -> Any:
    """Read or write an item."""
    return jsonable(_acted(Deed("dynamodb", operation, door.region(), given), "dynamodb"))


@replaces("services.stepfunctions:_invoke_nested_start_execution", read="fc2b83eed27ac70b")
def start_nested(original: Any, resource: str, given: Given) -> Any:
    """Start another state machine, when the role may."""
    _judge(given)
    return original(resource, given)


@replaces("services.stepfunctions:_invoke_nested_start_execution_sync", read="d9f13c4aabeda589")
def run_nested(original: Any, resource: str, given: Given) -> Any:
    """Run another state machine, when the role may."""
    _judge(given)
    return original(resource, given)


def _acted(deed: Deed, service: str) -> dict[str, Any]:
    role, account = ROLE.get(), door.account()
    if not judgement.service_may_assume(role, SERVICE, account):
        raise _error("States.TaskFailed", f"The role {role} is not authorized to be assumed by {SERVICE}.")
    try:
        return act(role, "states", deed)
    except DeedRefusedError as refused:
        # MiniStack knows how each service's errors are named in a state machine.
        raise _error(_STATES._prefix_sdk_error(service, refused.code), str(refused)) from refused  # noqa: SLF001


def _judge(given: Given) -> None:
    machine = str(given.get("StateMachineArn") or given.get("stateMachineArn") or "")
    refusal = judgement.refusal(ROLE.get(), _START, machine)
    if refusal:
        raise _error("StepFunctions.AccessDeniedException", refusal)


def _texts(given: Given, name: str) -> dict[str, Any]:
    value = given.get(name)
    return {**given, name: json.dumps(value)} if isinstance(value, dict | list) else dict(given)


def _error(code: str, message: str) -> Exception:
    return _STATES._ExecutionError(code, message)  # noqa: SLF001 - how an execution of MiniStack's fails
