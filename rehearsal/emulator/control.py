"""The control path: what tests and the rehearsal's runner ask of the emulator itself, in JSON under /_rehearsal/."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qs, unquote

from rehearsal.emulator import clock, durations, orders
from rehearsal.emulator.accounts import Accounts
from rehearsal.emulator.calls import Calls
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.refusal import ControlRefusedError
from rehearsal.emulator.state import State
from rehearsal.emulator.stores import Keeping
from rehearsal.emulator.timeline import Timeline

PREFIX: Final = "/_rehearsal/"


@dataclass(frozen=True)
class World:
    """What the control path acts on."""

    endpoint: str
    accounts: Accounts
    calls: Calls
    timeline: Timeline
    state: State
    stores: dict[str, Keeping]


@dataclass(frozen=True)
class Asked:
    """One call of the control path."""

    method: str
    path: str
    """Without the prefix."""
    query: dict[str, list[str]]
    body: dict[str, Any]


def asked(method: str, path: str, query: bytes, body: bytes) -> Asked:
    """Read a request.

    Raises:
        ControlRefusedError: 400, when the body is not a JSON object or empty.
    """
    content = json_object(body)
    if body and not content and body.strip() != b"{}":
        raise ControlRefusedError(400, f"the body must be a JSON object, got {body[:40].decode(errors='replace')!r}")
    return Asked(method, unquote(path.removeprefix(PREFIX)), parse_qs(query.decode()), content)


def answer(world: World, call: Asked) -> object:
    """Do what a call asks.

    Raises:
        ControlRefusedError: It cannot be done.
    """
    if call.path.startswith("accounts/") and call.path.endswith("/lose") and call.method == "POST":
        return _lose(world, call)
    do = _CALLS.get((call.method, call.path))
    if do is None:
        known = ", ".join(sorted(f"{method} {path}" for method, path in _CALLS))
        raise ControlRefusedError(
            404, f"no such call: {call.method} {call.path}; there are {known}, POST accounts/NAME/lose"
        )
    return do(world, call)


def _status(world: World, _: Asked) -> object:
    return {
        "pid": os.getpid(),
        "endpoint": world.endpoint,
        "now": _now(),
        "sealed": world.state.sealed,
        "accounts": world.accounts.listed(),
    }


def _clock(_world: World, _: Asked) -> object:
    return {"now": _now()}


def _advance(world: World, call: Asked) -> object:
    seconds = call.body.get("advance_seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
        raise ControlRefusedError(400, f"advance_seconds must be a number of at least 0, got {seconds!r}")
    world.timeline.advance(timedelta(seconds=seconds))
    world.state.keep_clock()
    return _clock(world, call)


def _found(world: World, call: Asked) -> object:
    return world.accounts.found(call.body)


def _accounts(world: World, _: Asked) -> object:
    return world.accounts.listed()


def _add(world: World, call: Asked) -> object:
    name = call.body.get("name")
    if not isinstance(name, str) or not name:
        raise ControlRefusedError(400, f"an account needs a name, got {name!r}")
    surplus = call.body.keys() - {"name", "id", "unit", "outside"}
    if surplus:
        raise ControlRefusedError(400, f"an account has name, id, unit and outside, got also {sorted(surplus)}")
    return world.accounts.add(name, call.body.get("id"), call.body.get("unit"), outside=bool(call.body.get("outside")))


def _lose(world: World, call: Asked) -> object:
    lost = world.accounts.lose(call.path.removeprefix("accounts/").removesuffix("/lose"), world.stores)
    world.timeline.renew()
    return lost


def _durations(_world: World, _: Asked) -> object:
    return durations.SCENARIO.get()


def _take_durations(_world: World, call: Asked) -> object:
    durations.SCENARIO.put(call.body)
    return durations.SCENARIO.get()


def _orders(_world: World, _: Asked) -> object:
    return orders.ORDERS.listed()


def _order(_world: World, call: Asked) -> object:
    return orders.ORDERS.add(call.body)


def _withdraw(_world: World, _: Asked) -> object:
    orders.ORDERS.clear()
    return []


def _seal(world: World, _: Asked) -> object:
    world.state.seal()
    return {"sealed": True}


def _reset(world: World, _: Asked) -> object:
    restored = world.state.reset()
    world.timeline.renew()
    return {"restored": restored}


def _calls(world: World, call: Asked) -> object:
    since = call.query.get("since", ["0"])[0]
    if not since.isdecimal():
        raise ControlRefusedError(400, f"since must be a number of a call, got {since!r}")
    return world.calls.since(int(since))


def _now() -> str:
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


_CALLS: Final[dict[tuple[str, str], Callable[[World, Asked], object]]] = {
    ("GET", "status"): _status,
    ("GET", "clock"): _clock,
    ("POST", "clock"): _advance,
    ("PUT", "organization"): _found,
    ("GET", "accounts"): _accounts,
    ("POST", "accounts"): _add,
    ("POST", "seal"): _seal,
    ("POST", "reset"): _reset,
    ("GET", "calls"): _calls,
    ("GET", "durations"): _durations,
    ("PUT", "durations"): _take_durations,
    ("GET", "orders"): _orders,
    ("POST", "orders"): _order,
    ("DELETE", "orders"): _withdraw,
}
