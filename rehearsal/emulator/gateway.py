"""In front of MiniStack: the control path, the record of calls, and no answer before it is saved."""

import asyncio
import contextlib
import json
import sys
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from typing import Any, Final

from rehearsal.emulator import clock, control, door
from rehearsal.emulator.calls import Call, error_code
from rehearsal.emulator.refusal import ControlRefusedError
from rehearsal.emulator.request import CALL, describe, reads_only, relative
from rehearsal.emulator.under_way import UnderWay

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_SAVE_SECONDS: Final = 0.5
"""How often work that no request waits for is saved."""
_MINISTACKS_OWN: Final = ("/_ministack", "/_localstack", "/_aws/", "/health")
"""MiniStack answers these to anyone; an attacker in a rehearsal must not have them."""
_CLIENT_ERROR: Final = 400


class Gateway:
    """Serves the local AWS.

    Args:
        world: What the control path acts on.
    """

    def __init__(self, world: control.World) -> None:
        self._world = world
        self._under_way = UnderWay()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one connection's request, as ASGI says."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(relative(scope), receive, send)

    async def _live(self, scope: Message, receive: Receive, send: Send) -> None:
        saving = asyncio.create_task(self._save_background_work())

        async def announced(message: Message) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                sys.stdout.write(f"ready {self._world.endpoint}\n")
                sys.stdout.flush()

        await door.app.app(scope, receive, announced)
        saving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await saving
        self._world.state.close()

    async def _save_background_work(self) -> None:
        while True:
            await asyncio.sleep(_SAVE_SECONDS)
            if not self._under_way:
                self._world.timeline.settle()
                self._world.state.save_background_work()

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith(control.PREFIX):
            await self._control(scope, receive, send)
        elif path.startswith(_MINISTACKS_OWN):
            await _send_json(
                send, 404, {"error": f"{path} is closed; this emulator is controlled under {control.PREFIX}"}
            )
        else:
            await self._aws(scope, receive, send)

    async def _control(self, scope: Message, receive: Receive, send: Send) -> None:
        control_request = self._under_way.begin()
        try:
            body = await _body(receive)
            call = control.asked(scope["method"], scope["path"], scope["query_string"], body)
            status, answer = 200, control.answer(self._world, call)
            self._save(control_request)
        except ControlRefusedError as refused:
            status, answer = refused.status, {"error": str(refused)}
        finally:
            self._under_way.end(control_request)
        await _send_json(send, status, answer)

    async def _aws(self, scope: Message, receive: Receive, send: Send) -> None:
        call = self._world.calls.begin(sealed=self._world.state.sealed)
        describe(call, scope)
        request = self._under_way.begin()
        try:
            # What is due is nobody's call.
            CALL.set(None)
            if self._world.timeline.settle():
                self._save(request)
            CALL.set(call)
            await door.app.app(scope, receive, self._saving(call, request, send))
        finally:
            self._under_way.end(request)

    def _save(self, request: int) -> None:
        self._world.state.save(begun=self._under_way.latest, oldest=self._under_way.oldest_beside(request))

    def _saving(self, call: Call, request: int, send: Send) -> Send:
        headers: dict[bytes, bytes] = {}

        async def saved(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = _dated(message)
                call.status = message["status"]
                headers.update(message["headers"])
                if not reads_only(call):
                    self._save(request)
            elif call.status >= _CLIENT_ERROR and call.error is None:
                call.error = error_code(headers, message.get("body", b""))
            await send(message)

        return saved


def _dated(message: Message) -> Message:
    """The answer with the virtual clock's time: whoever asks AWS for the time is told the one it keeps."""
    date = format_datetime(clock.now().replace(microsecond=0), usegmt=True).encode()
    others = [(name, value) for name, value in message["headers"] if name.lower() != b"date"]
    return {**message, "headers": [*others, (b"date", date)]}


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def _send_json(send: Send, status: int, content: object) -> None:
    body = json.dumps(content).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
