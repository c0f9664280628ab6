"""Gives calls the faults that were ordered for them, in front of every service and in its own protocol."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

import cbor2

from rehearsal.emulator import door
from rehearsal.emulator.orders import ORDERS, Fault
from rehearsal.emulator.registry import Answer
from rehearsal.emulator.request import CALL

Handler = Callable[..., Awaitable[Answer]]

_XML: Final = (
    "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    "<RequestId>ordered</RequestId></ErrorResponse>"
)
_XML_OF_S3: Final = "<Error><Code>{code}</Code><Message>{message}</Message><RequestId>ordered</RequestId></Error>"


def stand_before_every_service() -> None:
    """Wrap the handler of every service that is served."""
    for name, handler in door.app.SERVICE_HANDLERS.items():
        door.app.SERVICE_HANDLERS[name] = _wrapped(handler)


def _wrapped(handler: Handler) -> Handler:
    async def answer(method: str, path: str, headers: dict[str, str], body: bytes, query: Any) -> Answer:
        call = CALL.get()
        fault = ORDERS.fault(call) if call else None
        if fault is None:
            return await handler(method, path, headers, body, query)
        if fault.do == "fail_after":
            await handler(method, path, headers, body, query)
        if fault.do == "stall":
            await asyncio.sleep(fault.seconds)
            return await handler(method, path, headers, body, query)
        return refusal(fault, call.service if call else "", headers)

    return answer


def refusal(fault: Fault, service: str, headers: dict[str, str]) -> Answer:
    """Return the error in the protocol of the request."""
    if service == "s3":
        return fault.status, {"Content-Type": "application/xml"}, _filled(_XML_OF_S3, fault)
    kind = headers.get("content-type", "")
    if "x-www-form-urlencoded" in kind:
        return fault.status, {"Content-Type": "text/xml"}, _filled(_XML, fault)
    body = {"__type": fault.code, "message": fault.message, "Message": fault.message}
    if "cbor" in kind:
        return fault.status, {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}, cbor2.dumps(body)
    return (
        fault.status,
        {"Content-Type": kind or "application/json", "x-amzn-errortype": fault.code},
        json.dumps(body).encode(),
    )


def _filled(form: str, fault: Fault) -> bytes:
    return form.format(code=fault.code, message=fault.message).encode()
