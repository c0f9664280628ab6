"""Whom a statement of a resource's policy means, and how: an Allow to an account lets only its own IAM decide."""

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (read 2026-11-22)

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any, Final, cast

_EVERYONE: Final = "*"


@dataclass(frozen=True, eq=False)
class Statement:
    """One statement of a policy; the same document gives the same objects, so what is made of one can be kept."""

    said: Mapping[str, Any]

    @property
    def effect(self) -> str:
        """Allow or Deny."""
        return str(self.said.get("Effect"))


class Naming(IntEnum):
    """How a statement names a caller; the greater, the fewer other policies an Allow needs."""

    NOT = 0
    ACCOUNT = 1
    """Through its account: the account's own policies decide."""
    ENTITY = 2
    """As a role or as anyone: boundary and session policy still limit it."""
    SELF = 3
    """As the user or the session that calls: nothing limits it."""


@dataclass(frozen=True)
class Caller:
    """Who asks, as a policy may name him."""

    arn: str
    """Of the user, role, role session or root; of a service its principal, `backup.amazonaws.com`."""
    account: str
    """Empty for a service."""
    role_arn: str = ""
    """Of the role, or of the role whose session this is; empty for anyone else."""
    is_service: bool = False
    has_boundary: bool = False


@lru_cache(maxsize=1024)
def statements_of(document: str) -> tuple[Statement, ...]:
    """Return the statements of a policy that was accepted once; none of what is no policy."""
    try:
        found: Any = json.loads(document)
    except ValueError:
        return ()
    listed: Any = cast("dict[str, Any]", found).get("Statement", []) if isinstance(found, dict) else []
    every = cast("list[Any]", [listed] if isinstance(listed, dict) else listed)
    return tuple(Statement(cast("dict[str, Any]", one)) for one in every if isinstance(one, dict))


def naming(statement: Statement, caller: Caller) -> Naming:
    """Return how a statement of a resource's policy names a caller."""
    if "NotPrincipal" in statement.said:
        return _excluded(statement, caller)
    return _named(statement.said.get("Principal", {}), caller)


def _excluded(statement: Statement, caller: Caller) -> Naming:
    """NotPrincipal works with Deny only, and then denies whoever has a boundary, named or not."""
    if statement.effect != "Deny":
        return Naming.NOT
    named = _named(statement.said["NotPrincipal"], caller)
    return Naming.ENTITY if caller.has_boundary or named < Naming.ENTITY else Naming.NOT


def _named(principal: Any, caller: Caller) -> Naming:
    if principal == _EVERYONE:
        return Naming.ENTITY
    kinds = cast("dict[str, Any]", principal) if isinstance(principal, dict) else {"AWS": principal}
    if caller.is_service:
        services = [name.lower() for name in listed(kinds.get("Service"))]
        everyone = _EVERYONE in listed(kinds.get("AWS"))
        return Naming.ENTITY if everyone or caller.arn.lower() in services else Naming.NOT
    return max((_one(name, caller) for name in listed(kinds.get("AWS"))), default=Naming.NOT)


def _one(name: str, caller: Caller) -> Naming:
    if name == _EVERYONE:
        return Naming.ENTITY
    if name in (caller.account, f"arn:aws:iam::{caller.account}:root"):
        return Naming.ACCOUNT
    if name == caller.role_arn:
        return Naming.ENTITY
    return Naming.SELF if name == caller.arn else Naming.NOT


def listed(value: Any) -> list[str]:
    """Return an element of a policy, which may be absent, stand for itself or in a list, as a list."""
    return [value] if isinstance(value, str) else list(value or [])
