"""Faults to order: calls that fail, jobs that end badly, regions that are down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Any, Final, Literal

from rehearsal.emulator import door
from rehearsal.emulator.calls import Call
from rehearsal.emulator.refusal import ControlRefusedError

Job = Literal["backup", "copy", "restore", "export", "import", "replication"]

_NOBODYS: Final = "000000000000"
_GLOBAL: Final = frozenset({"iam", "organizations", "sts"})
"""Services that no region takes down with it."""
_CALL_MEMBERS: Final = frozenset(
    {"service", "operation", "account", "nth", "times", "do", "code", "message", "status", "seconds"}
)
_JOB_MEMBERS: Final = frozenset({"job", "resource", "ends", "message", "after_seconds", "times"})
_DEEDS: Final = ("throttle", "fail", "fail_after", "stall")


@dataclass(frozen=True)
class Fault:
    """What a call gets in the place of its answer."""

    do: str
    """throttle, fail, fail_after (the work is done all the same) or stall (the answer comes late)."""
    code: str
    message: str
    status: int
    seconds: float = 0


@dataclass(frozen=True)
class Outcome:
    """How a job ends, against its nature."""

    state: str
    """AWS's word, or NEVER."""
    message: str
    after: timedelta | None
    """How long after it began; None: when it would have ended well."""


class Orders:
    """The orders that stand; kept like any service's resources."""

    def __init__(self) -> None:
        self.orders = door.AccountScopedDict()

    def add(self, document: dict[str, Any]) -> list[dict[str, Any]]:
        """Take an order and return all.

        Raises:
            ControlRefusedError: 400, it is none.
        """
        self._keep([*self.listed(), _checked(document)])
        return self.listed()

    def listed(self) -> list[dict[str, Any]]:
        """Return the orders that are not used up; `nth` and `times` count down."""
        return self.orders.get_scoped(_NOBODYS, None, "self") or []

    def clear(self) -> None:
        """Withdraw every order."""
        self._keep([])

    def fault(self, call: Call) -> Fault | None:
        """Return what was ordered for a call, and count it."""
        if call.service not in _GLOBAL and any(order.get("down") == call.region for order in self.listed()):
            return Fault("fail", "ServiceUnavailable", f"{call.region} is down", 503)
        order = self._used(lambda order: _meets(order, call))
        if order is None:
            return None
        throttled = order["do"] == "throttle"
        return Fault(
            order["do"],
            order.get("code", "ThrottlingException" if throttled else "InternalServerError"),
            order.get("message", "Rate exceeded" if throttled else "We encountered an internal error."),
            order.get("status", 400 if throttled else 500),
            order.get("seconds", 0),
        )

    def outcome(self, job: Job, resource: str) -> Outcome | None:
        """Return how a job on a resource shall end, and count it; None when nothing was ordered."""
        order = self._used(lambda order: order.get("job") == job and fnmatchcase(resource, order["resource"]))
        if order is None:
            return None
        after = order.get("after_seconds")
        return Outcome(
            order["ends"], order.get("message", "ordered"), None if after is None else timedelta(seconds=after)
        )

    def _used(self, meets: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        left, used = list[dict[str, Any]](), None
        for order in self.listed():
            counted = {**order}
            if meets(order):
                counted["nth"] -= 1
                if counted["nth"] < 1 and used is None:
                    used, counted["times"] = order, counted["times"] - 1
            if counted.get("times", 1) > 0:
                left.append(counted)
        if left != self.listed():
            self._keep(left)
        return used

    def _keep(self, orders: list[dict[str, Any]]) -> None:
        self.orders.set_scoped(_NOBODYS, None, "self", orders)


ORDERS: Final = Orders()
"""The orders of this process."""


def outcome(job: Job, resource: str) -> Outcome | None:
    """Return how a job on a resource (name or ARN, as the order's pattern has it) shall end; None: well."""
    return ORDERS.outcome(job, resource)


def _meets(order: dict[str, Any], call: Call) -> bool:
    return (order.get("service"), order.get("operation")) == (call.service, call.operation) and order.get(
        "account", call.account
    ) == call.account


def _checked(document: dict[str, Any]) -> dict[str, Any]:
    if document.keys() == {"down"} and isinstance(document["down"], str):
        return document
    if "job" in document:
        _refuse_unless(document.keys() <= _JOB_MEMBERS and {"resource", "ends"} <= document.keys(), document)
    else:
        _refuse_unless(document.keys() <= _CALL_MEMBERS and {"service", "operation"} <= document.keys(), document)
        _refuse_unless(document.get("do") in _DEEDS, document)
    counts = [document.get(name, 1) for name in ("nth", "times")]
    _refuse_unless(all(isinstance(count, int) and count > 0 for count in counts), document)
    return {**document, "nth": counts[0], "times": counts[1]}


def _refuse_unless(fits: bool, document: dict[str, Any]) -> None:
    if not fits:
        raise ControlRefusedError(
            400,
            'an order is {"down": region}, or {"job", "resource", "ends"} with message, after_seconds and times, or '
            '{"service", "operation", "do"} with account, nth, times, code, message, status and seconds, where do is '
            f"one of {', '.join(_DEEDS)}; got {document}",
        )
