"""Gives a request to MiniStack inside this process, in the place of sending it over the network."""

import asyncio
import threading
from concurrent.futures import Future
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from rehearsal.emulator import door
from rehearsal.emulator.calls import Call
from rehearsal.emulator.request import CALL, describe

_LONGEST_SECONDS: Final = 30
"""Of the machine's time that one request may take."""


class Exchange:
    """One request to MiniStack, and its answer.

    Args:
        request: As botocore has signed it.
        body: Its body.
    """

    def __init__(self, request: Any, body: bytes) -> None:
        parts = urlsplit(str(request.url))
        headers: dict[str, str] = {"host": parts.netloc, "content-length": str(len(body))}
        headers |= {str(name).lower(): _text(value) for name, value in request.headers.items()}
        self._scope: dict[str, Any] = {
            "type": "http",
            "http_version": "1.1",
            "scheme": "http",
            "method": request.method,
            "path": unquote(parts.path) or "/",
            "raw_path": (parts.path or "/").encode(),
            "query_string": parts.query.encode(),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            "client": ("127.0.0.1", 0),
        }
        self._body = body
        self._status = 0
        self._headers: dict[str, str] = {}
        self._answer = b""

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body.

        Whoever calls may be on the event loop, which cannot wait for itself: another thread has a loop of its own.
        """
        done: Future[None] = Future()
        threading.Thread(target=self._run, args=(done,), name=f"deed {uuid4()}", daemon=True).start()
        done.result(_LONGEST_SECONDS)
        return self._status, self._headers, self._answer

    def _run(self, done: "Future[None]") -> None:
        try:
            asyncio.run(self._ask())
            done.set_result(None)
        except Exception as error:  # noqa: BLE001 - whoever waits gets it
            done.set_exception(error)

    async def _ask(self) -> None:
        call = Call(0)
        describe(call, self._scope)
        CALL.set(call)
        await door.app.app(self._scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]}
        else:
            self._answer += message.get("body", b"")


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
