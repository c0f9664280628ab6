"""Who the policy of a resource names."""

import json
from typing import Any, Final, cast

from rehearsal.emulator import door

Statement = dict[str, Any]
"""A statement of a policy: JSON, so its members are known only once they were looked at."""

_TABLES: Final = {"role": "_roles", "user": "_users"}


def statements_of(document: str) -> list[Statement] | None:
    """Return a policy's statements, None when the document is no policy: no JSON, no statements, or other things."""
    policy = _json(document)
    found: Any = cast("Statement", policy).get("Statement") if isinstance(policy, dict) else None
    statements: list[Any] = [found] if isinstance(found, dict) else cast("list[Any]", found or [])
    if not statements or not all(isinstance(statement, dict) for statement in statements):
        return None
    return statements


def listed(value: Any) -> list[str]:
    """Return an element of a policy, which may stand for itself or in a list, as a list."""
    return [value] if isinstance(value, str) else list(value or [])


def named_in(statement: Statement) -> list[str]:
    """Return the AWS principals that a statement names; `*` stands for everybody."""
    principal: Any = statement.get("Principal", statement.get("NotPrincipal"))
    return listed(cast("Statement", principal).get("AWS", []) if isinstance(principal, dict) else principal)


def exists(principal: str) -> bool:
    """Return whether a policy may name a principal: `*`, an account, or a role, user or session of one that exists."""
    parts = principal.split(":")
    if len(parts) != 6 or parts[2] not in {"iam", "sts"}:
        return principal == "*" or (len(principal) == 12 and principal.isdigit())
    kind, _, name = parts[5].partition("/")
    if kind == "assumed-role":
        return _is_in("_roles", parts[4], name.partition("/")[0])
    return parts[5] == "root" if kind not in _TABLES else _is_in(_TABLES[kind], parts[4], name.rpartition("/")[2])


def _is_in(table: str, account: str, name: str) -> bool:
    # MiniStack has no public look-up across accounts; its tables are what its own services read.
    return getattr(door.iam, table).get_scoped(account, None, name) is not None


def _json(document: str) -> Any:
    try:
        return json.loads(document)
    except ValueError:
        return None
