"""Turns a refusal into the error that each of MiniStack's services answers with."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.rules import Refused

Function = Callable[..., Any]

_STATUS: Final = {
    "AccessDenied": 403,
    "InvalidBucketState": 409,
    "InvalidObjectState": 403,
    "NoSuchConfiguration": 404,
    "NoSuchEntity": 404,
    "ObjectAlreadyInActiveTierError": 403,
    "RestoreAlreadyInProgress": 409,
}


def refusing(service: str) -> Callable[[Function], Function]:
    """Let a replacement of a function of `service` raise Refused, which the caller gets as the service's error."""

    def wrapped(function: Function) -> Function:
        @wraps(function)
        def answer(*given: Any, **named: Any) -> Any:
            try:
                return function(*given, **named)
            except Refused as refused:
                return _error(service, refused.code, str(refused))

        return answer

    return wrapped


def _error(service: str, code: str, message: str) -> Any:
    status = _STATUS.get(code, 400)
    module = door.module(f"services.{service}")
    if service in {"dynamodb", "eventbridge", "kms"}:
        return door.responses.error_response_json(code, message, status)
    if service == "iam":
        return module._error(status, code, message, ns="iam")  # noqa: SLF001 - MiniStack's errors have no public maker
    return module._error(code, message, status)  # noqa: SLF001 - the same
