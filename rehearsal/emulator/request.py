"""What can be said about a request before and while MiniStack answers it."""

from contextvars import ContextVar
from typing import Any, Final
from urllib.parse import parse_qs

from rehearsal.emulator import door
from rehearsal.emulator.calls import Call
from rehearsal.emulator.seed import ACCOUNT_ID

CALL: ContextVar[Call | None] = ContextVar("call", default=None)
"""The record of the request that is being answered."""

_READING: Final = (
    "Get",
    "List",
    "Describe",
    "Head",
    "Query",
    "Scan",
    "BatchGet",
    "TransactGet",
    "Select",
    "Simulate",
    "Lookup",
)
_HANDING_OUT: Final = {"GetSessionToken", "GetFederationToken", "GetCredentialsForIdentity", "GetId"}
"""They read by name, and yet make a session or an identity."""
_ABSOLUTE: Final = "http://"


def relative(scope: dict[str, Any]) -> dict[str, Any]:
    """Return the scope without the host in its path, where a client of a proxy puts it."""
    path: str = scope["path"]
    if not path.startswith(_ABSOLUTE):
        return scope
    host = path.removeprefix(_ABSOLUTE).partition("/")[0]
    raw: bytes = scope["raw_path"].removeprefix(_ABSOLUTE.encode() + host.encode())
    return {**scope, "path": path.removeprefix(_ABSOLUTE + host) or "/", "raw_path": raw or b"/"}


def describe(call: Call, scope: dict[str, Any]) -> None:
    """Fill in who calls, from the credentials that the request names."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    query = parse_qs(scope["query_string"].decode(), keep_blank_values=True)
    key: str = door.router.extract_access_key_id(headers, query) or ""
    call.region = door.router.extract_region(headers, query)
    if ACCOUNT_ID.fullmatch(key):
        call.kind, call.account, call.principal = "root", key, f"arn:aws:iam::{key}:root"
    elif key:
        _describe_principal(call, key)


def reads_only(call: Call) -> bool:
    """Whether the operation is one that changes nothing; an unknown one may change something."""
    return call.operation.startswith(_READING) and call.operation not in _HANDING_OUT


def _describe_principal(call: Call, key: str) -> None:
    session: dict[str, Any] | None = door.sts._sessions.get(key)  # noqa: SLF001
    if session:
        call.kind, call.account, call.principal = "role", session["AccountId"], session["Arn"]
        return
    account = door.evaluator.find_iam_access_key_account(key)
    if account:
        credential = door.evaluator.resolve_credential(key, account)
        call.kind, call.account, call.principal = "user", account, getattr(credential, "principal_arn", "")
