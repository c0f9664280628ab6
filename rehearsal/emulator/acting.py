"""Calls an AWS operation inside this process as the session of a role, so that it is judged like anybody's call."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

# botocore ships no types; behind these names its values are `Any` by declaration.
import botocore.session  # pyright: ignore[reportMissingTypeStubs]
from botocore.awsrequest import AWSResponse  # pyright: ignore[reportMissingTypeStubs]
from botocore.config import Config  # pyright: ignore[reportMissingTypeStubs]
from botocore.exceptions import ClientError, ParamValidationError  # pyright: ignore[reportMissingTypeStubs]

from rehearsal.emulator import door, judgement
from rehearsal.emulator.exchange import Exchange
from rehearsal.emulator.wording import worded

_SESSION_SECONDS: Final = 3_600
_SERVER_ERROR: Final = 500
_NAMES: Final = {
    "cloudwatchlogs": "logs",
    "cognitoidentityprovider": "cognito-idp",
    "eventbridge": "events",
    "resourcegroupstaggingapi": "resourcegroupstaggingapi",
    "sfn": "stepfunctions",
}
"""botocore's name of a service by the identifier of AWS's SDKs, where they differ."""
_THROTTLED: Final = ("Throttl", "TooManyRequests", "RequestLimitExceeded", "SlowDown", "ServiceUnavailable")


@dataclass(frozen=True)
class Deed:
    """An operation to be called."""

    service: str
    """Identifier of the SDKs, `sfn`."""
    operation: str
    """As the SDKs write it, `startExecution`."""
    region: str
    parameters: Mapping[str, Any]
    """By the names of the SDKs, which may differ from the API's in the case of letters."""


class DeedRefusedError(Exception):
    """AWS refused a call, or could not answer it.

    Args:
        code: AWS's error code.
        message: AWS's sentence.
        is_final: Whether another attempt would end the same way.
    """

    def __init__(self, code: str, message: str, *, is_final: bool = True) -> None:
        super().__init__(message)
        self.code = code
        self.is_final = is_final


def act(role_arn: str, session: str, deed: Deed) -> dict[str, Any]:
    """Call an operation as a role, which the caller has found to trust the service that it acts for.

    Args:
        role_arn: The role.
        session: Name of its session.
        deed: What is called.

    Returns:
        The answer, without metadata.

    Raises:
        DeedRefusedError: It was refused, or there is no such operation.
    """
    client = _client(_NAMES.get(deed.service, deed.service), deed.region)
    operations = {name.lower(): name for name in client.meta.service_model.operation_names}
    operation = operations.get(deed.operation.lower())
    if operation is None:
        raise DeedRefusedError("UnknownOperationException", f"{deed.service} has no operation {deed.operation}.")
    key = _open(role_arn, session)
    credentials = client._request_signer._credentials  # noqa: SLF001 - botocore has no way to swap a client's key
    opened = door.sts._sessions[key]  # noqa: SLF001 - MiniStack's sessions
    credentials.access_key, credentials.secret_key = key, opened["SecretAccessKey"]
    credentials.token = opened["SessionToken"]
    shape = client.meta.service_model.operation_model(operation).input_shape
    parameters: Any = worded(deed.parameters, shape) if shape else {}
    try:
        answer: dict[str, Any] = client._make_api_call(operation, parameters)  # noqa: SLF001 - by API name
    except ClientError as error:
        raise _refused(error) from error
    except ParamValidationError as error:
        raise DeedRefusedError("ValidationException", str(error)) from error
    finally:
        door.sts._sessions.pop(key, None)  # noqa: SLF001 - MiniStack's sessions
        # What was called may have changed a policy, and no request begins here.
        judgement.forget()
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def answer_shape(deed: Deed) -> Any:
    """Return the botocore shape of an operation's answer; None when it answers nothing."""
    model = _client(_NAMES.get(deed.service, deed.service), deed.region).meta.service_model
    operations = {name.lower(): name for name in model.operation_names}
    return model.operation_model(operations[deed.operation.lower()]).output_shape


def knows(service: str, operation: str) -> bool:
    """Whether there is such an operation, both as the SDKs write them."""
    name = _NAMES.get(service, service)
    if name not in _services():
        return False
    client = _client(name, "us-east-1")
    return operation.lower() in {known.lower() for known in client.meta.service_model.operation_names}


def _open(role_arn: str, session: str) -> str:
    """Make a session of a role, as AssumeRole does, and return its key."""
    account, name = role_arn.split(":")[4], role_arn.rpartition("/")[2]
    role = door.iam._roles.get_scoped(account, None, name)  # noqa: SLF001 - a table
    key: str = door.sts._gen_session_access_key()  # noqa: SLF001 - MiniStack's credentials
    made: dict[str, Any] = {
        "Arn": f"arn:aws:sts::{account}:assumed-role/{name}/{session}",
        "UserId": f"{role['RoleId']}:{session}",
        "SecretAccessKey": door.sts._gen_secret(),  # noqa: SLF001
        "SessionToken": door.sts._gen_session_token(),  # noqa: SLF001
        # Sessions live in the machine's time.
        "Expiration": time.time() + _SESSION_SECONDS,
        "AccountId": account,
        "PrincipalType": "AssumedRole",
        "SourceAccessKeyId": "",
        "SourcePrincipalArn": "",
        "SessionTags": [],
        "SessionPolicies": None,
    }
    door.sts.register_session(key, made)
    return key


def _refused(error: Any) -> DeedRefusedError:
    said = error.response["Error"]
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    code = str(said.get("Code", "Unknown"))
    again = status >= _SERVER_ERROR or code.startswith(_THROTTLED)
    return DeedRefusedError(code, str(said.get("Message", "")), is_final=not again)


@lru_cache(maxsize=1)
def _services() -> frozenset[str]:
    session: Any = botocore.session.Session()
    return frozenset(session.get_available_services())


@lru_cache(maxsize=64)
def _client(service: str, region: str) -> Any:
    if service not in _services():
        raise DeedRefusedError("UnknownServiceException", f"There is no service {service}.")
    session: Any = botocore.session.Session()
    session.set_credentials("unused", "unused", "unused")
    client = session.create_client(
        service,
        region,
        endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
    )
    client.meta.events.register("before-send", _answered)
    return client


def _answered(request: Any, **_: object) -> Any:
    """Give a request that botocore has signed to MiniStack, in the place of sending it."""
    body = request.body.read() if hasattr(request.body, "read") else request.body or b""
    exchange = Exchange(request, body if isinstance(body, bytes) else str(body).encode())
    status, headers, content = exchange.answer()
    return AWSResponse(request.url, status, headers, _Raw(content))


class _Raw:
    """A body that botocore can read."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: object, **__: object) -> Any:
        yield self._content

    def read(self, *_: object) -> bytes:
        content, self._content = self._content, b""
        return content
