"""Remembers who called what, so that a rehearsal can assert it."""

import re
from collections import deque
from dataclasses import asdict, dataclass
from itertools import count
from typing import Final

from rehearsal.emulator.objects import json_object

KEPT: Final = 200_000
"""Newest calls that are kept; `Calls.since` says how many older ones are gone."""

_XML_CODE: Final = re.compile(rb"<Code>([^<]+)</Code>")


@dataclass
class Call:
    """One AWS call."""

    n: int
    kind: str = "anonymous"
    """root, role, user or anonymous."""
    principal: str = ""
    account: str = ""
    region: str = ""
    service: str = ""
    operation: str = ""
    status: int = 0
    """HTTP status; 0 while it is being answered."""
    error: str | None = None
    """AWS's error code."""
    sealed: bool = False
    """Whether it came after the seal."""


class Calls:
    """A bounded list of calls.

    Args:
        kept: How many of the newest stay.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._calls: deque[Call] = deque(maxlen=kept)
        self._numbers = count(1)

    def begin(self, *, sealed: bool) -> Call:
        """Add a call whose rest is filled in while it is answered."""
        call = Call(next(self._numbers), sealed=sealed)
        self._calls.append(call)
        return call

    def since(self, n: int) -> dict[str, object]:
        """Return the calls after number `n`, the number to ask with next, and how many of them were dropped."""
        oldest = self._calls[0].n if self._calls else n + 1
        found = [asdict(call) for call in self._calls if call.n > n]
        newest = self._calls[-1].n if self._calls else n
        return {"calls": found, "next": max(n, newest), "dropped": max(0, oldest - n - 1)}


def error_code(headers: dict[bytes, bytes], body: bytes) -> str:
    """Return AWS's error code out of a refusal in any of its protocols."""
    typed = headers.get(b"x-amzn-errortype")
    if typed:
        return typed.decode().partition(":")[0]
    found = _XML_CODE.search(body)
    if found:
        return found[1].decode()
    return _json_code(body) or "Unknown"


def _json_code(body: bytes) -> str | None:
    answer = json_object(body)
    code = answer.get("__type") or answer.get("code")
    return str(code).rpartition("#")[2] if code else None
