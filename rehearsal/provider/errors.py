"""How failures are told: the real provider's words around the service's own."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, cast

from botocore.exceptions import ClientError


class ProviderError(Exception):
    """A sentence for the user; the engine shows it as it is."""


class GoneError(Exception):
    """A read found nothing: the resource is no more."""


def code_of(error: ClientError) -> str:
    """The service's error code."""
    return error.response.get("Error", {}).get("Code", "")


def message_of(error: ClientError) -> str:
    """The service's sentence."""
    return error.response.get("Error", {}).get("Message", "")


def codes(*names: str) -> Callable[[ClientError], bool]:
    """Accept errors with one of these codes."""
    return lambda error: code_of(error) in names


def code_with(code: str, fragment: str) -> Callable[[ClientError], bool]:
    """Accept errors with this code whose message contains `fragment`."""
    return lambda error: code_of(error) == code and fragment in message_of(error)


def any_of(*accepts: Callable[[ClientError], bool]) -> Callable[[ClientError], bool]:
    """Accept what one of these accepts."""
    return lambda error: any(accept(error) for accept in accepts)


@contextmanager
def during(what: str) -> Generator[None]:
    """Put `what` ("putting IAM Role (r) Policy (p)") before the service's error, instead of the type's own frame."""
    try:
        yield
    except ClientError as error:
        raise ProviderError(f"{what}: {told(error)}") from error


def told(error: ClientError) -> str:
    """A service's error as the real provider's SDK prints it; `clients.py` notes the service beside the error."""
    meta = cast("dict[str, Any]", error.response.get("ResponseMetadata", {}))
    operation = ": ".join(part for part in (meta.get("ServiceId"), error.operation_name) if part)
    code = code_of(error) if meta.get("Modelled", True) else f"api error {code_of(error)}"
    return (
        f"operation error {operation}, https response error StatusCode: {meta.get('HTTPStatusCode', 0)}, "
        f"RequestID: {meta.get('RequestId', '')}, {code}: {message_of(error)}"
    )
