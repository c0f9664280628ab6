"""Speaks to the emulator's control path, over the loopback and past any proxy."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, TypeVar
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from pydantic import BaseModel, ConfigDict, ValidationError

from rehearsal.local.errors import NotFoundError, RehearsalError, TookTooLongError

CALL_SECONDS: Final = 30.0
"""How long an answer may take."""
_YEARS_SECONDS: Final = 300.0
"""The same, where everything is done that happens until the clock's new time."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Status(_Answer):
    """The emulator, as it describes itself."""

    pid: int
    endpoint: str
    now: datetime
    sealed: bool


class Administrator(_Answer):
    """The management account's IAM user, who may assume every member's administrator role."""

    access_key_id: str
    secret_access_key: str
    arn: str


class Account(_Answer):
    """An account in or outside the organization."""

    name: str
    id: str
    inside: bool
    lost: bool
    unit: str | None = None
    administrator_role_arn: str | None = None


class Call(_Answer):
    """One call of an AWS operation that the emulator answered."""

    n: int
    kind: Literal["root", "role", "user", "anonymous"]
    principal: str
    account: str
    region: str
    service: str
    operation: str
    status: int
    """HTTP status; 0 while it is being answered."""
    error: str | None
    """AWS's error code."""
    sealed: bool


class _Organized(_Answer):
    administrator: Administrator


class _Now(_Answer):
    now: datetime


class _Accounts(_Answer):
    accounts: tuple[Account, ...]


class _Calls(_Answer):
    calls: tuple[Call, ...]
    next: int
    dropped: int


A = TypeVar("A", bound=_Answer)


class Control:
    """The control path of one emulator.

    Raises:
        RehearsalError: the endpoint is not on this machine.
    """

    def __init__(self, endpoint: str, seconds: float = CALL_SECONDS) -> None:
        if urlsplit(endpoint).hostname not in _LOOPBACK:
            raise RehearsalError(
                f"a rehearsal speaks to its own machine only, got {endpoint}; use http://127.0.0.1:PORT"
            )
        self.endpoint = endpoint
        self._seconds = seconds
        self._opener = build_opener(ProxyHandler({}))

    def status(self) -> Status:
        """Return what runs there, and the time it keeps."""
        return self._call("GET", "status", Status)

    def organize(self, document: Mapping[str, object]) -> Administrator:
        """Make the organization of a seed document; the same document again returns the same administrator."""
        return self._call("PUT", "organization", _Organized, document).administrator

    def now(self) -> datetime:
        """Return the virtual clock's time."""
        return self._call("GET", "clock", _Now).now

    def advance(self, seconds: float) -> datetime:
        """Turn the virtual clock forward and return its time."""
        patient = Control(self.endpoint, max(self._seconds, _YEARS_SECONDS))
        return patient._call("POST", "clock", _Now, {"advance_seconds": seconds}).now

    def take_time(self, durations: Mapping[str, object]) -> None:
        """Say how long jobs take from now on.

        Args:
            durations: seconds by kind of job, as `PUT /_rehearsal/durations` takes them.
        """
        self._read("PUT", "durations", durations)

    def order(self, fault: Mapping[str, object]) -> None:
        """Order a fault, as `POST /_rehearsal/orders` takes it."""
        self._read("POST", "orders", fault)

    def withdraw_orders(self) -> None:
        """Withdraw every order that is not used up."""
        self._read("DELETE", "orders")

    def accounts(self) -> tuple[Account, ...]:
        """Return every account that was ever opened, lost ones among them."""
        listed: list[object] = json.loads(self._read("GET", "accounts"))
        return _Accounts.model_validate({"accounts": listed}).accounts

    def add_account(self, name: str, *, outside: bool = False, unit: str | None = None) -> Account:
        """Open an account.

        Raises:
            RehearsalError: the name is taken.
        """
        said: dict[str, object] = {"name": name, "outside": outside}
        if unit is not None:
            said["unit"] = unit
        return self._call("POST", "accounts", Account, said)

    def lose_account(self, name: str) -> None:
        """Lose an account and everything in it.

        Raises:
            NotFoundError: there is no such account.
        """
        self._read("POST", f"accounts/{quote(name, safe='')}/lose")

    def seal(self) -> None:
        """Make the present state the one that `reset` returns to."""
        self._read("POST", "seal")

    def reset(self) -> None:
        """Return to the sealed state."""
        self._read("POST", "reset")

    def calls(self, since: int = 0) -> tuple[tuple[Call, ...], int]:
        """Return the calls after number `since`, and the number to ask with the next time.

        Raises:
            RehearsalError: some of them are forgotten already.
        """
        page = self._call("GET", f"calls?since={since}", _Calls)
        if page.dropped:
            raise RehearsalError(f"the emulator has forgotten {page.dropped} calls after number {since}; ask earlier")
        return page.calls, page.next

    def _call(self, method: str, path: str, model: type[A], body: Mapping[str, object] | None = None) -> A:
        answer = self._read(method, path, body)
        try:
            return model.model_validate_json(answer)
        except ValidationError as invalid:
            raise RehearsalError(f"{method} /_rehearsal/{path} gave an unexpected answer: {invalid}") from None

    def _read(self, method: str, path: str, body: Mapping[str, object] | None = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        asked = Request(  # noqa: S310 - the scheme is http, the host this machine
            f"{self.endpoint}/_rehearsal/{path}", data, {"content-type": "application/json"}, method=method
        )
        try:
            with self._opener.open(asked, timeout=self._seconds) as answer:
                return answer.read()
        except HTTPError as refused:
            with refused:
                raise _refusal(refused.code, refused.read()) from None
        except OSError as lost:
            if isinstance(lost, TimeoutError) or isinstance(getattr(lost, "reason", None), TimeoutError):
                sentence = f"{self.endpoint} did not answer {path} within {self._seconds:g} seconds"
                raise TookTooLongError(sentence) from None
            raise RehearsalError(f"nothing answers at {self.endpoint}: {lost}; is the rehearsal up?") from None


def _refusal(status: int, body: bytes) -> RehearsalError:
    try:
        sentence = str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        sentence = f"the emulator answered {status}: {body[:200]!r}"
    return NotFoundError(sentence) if status == 404 else RehearsalError(sentence)
