"""Every call is recorded with its service and operation, which are known where its permission is checked."""

from typing import Any

from rehearsal.emulator.authorization.memory import MEMORY
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.request import CALL


@replaces("core.iam_actions:extract_iam_action", read="ec476b92d969822b")
def extract_iam_action(original: Any, service: str, *request: Any) -> str | None:
    """Record what the request turns out to be."""
    action: str | None = original(service, *request)
    _record(service, action)
    return action


@replaces("app:_enforce_data_plane", read="1e54bcf1421bb5d8")
def enforce_data_plane(original: Any, service: str, iam_action: str, *request: Any, **more: Any) -> Any:
    """Record requests that come by another way than the router: virtual hosts, S3 Control."""
    _record(service, iam_action)
    return original(service, iam_action, *request, **more)


def _record(service: str, action: str | None) -> None:
    # The request may change what the judgement of others depends on.
    MEMORY.forget()
    call = CALL.get()
    if call:
        call.service = service
        call.operation = (action or "").partition(":")[2]
