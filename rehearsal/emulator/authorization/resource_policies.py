"""Finds the policy that a resource has of its own, in whichever account it is."""

import json
import re
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.decision import Guard
from rehearsal.emulator.authorization.principals import statements_of

_TABLE: Final = re.compile(r"table/[^/]+(/index/[^/]+)?")
"""A table's policy covers its indexes, not its backups and streams."""
_REQUIRED: Final = {"kms", "sts"}
"""Services whose resource must let even its own account's IAM decide."""


def guard_of(service: str, arn: str) -> Guard | None:
    """Return what a resource says about who may do what with it.

    Args:
        service: MiniStack's name of the service that is asked.
        arn: The resource; a pattern, or `*`, has no policy.

    Returns:
        None for what has no policy of its own.
    """
    found = _OURS[service](arn) if service in _OURS else door.evaluator._resource_policy(service, arn)  # noqa: SLF001
    if found is None:
        return None
    policy, owner = found
    document: str = policy if isinstance(policy, str) else json.dumps(policy or {})
    return Guard(statements_of(document), owner or "", is_required=service in _REQUIRED)


def _trust_policy(arn: str) -> tuple[Any, str] | None:
    parts = arn.split(":", 5)
    if len(parts) != 6 or not parts[5].startswith("role/"):
        return None
    role = door.iam._roles.get_scoped(parts[4], None, arn.rpartition("/")[2])  # noqa: SLF001
    return (role["AssumeRolePolicyDocument"], parts[4]) if role and role["Arn"] == arn else None


def _table_policy(arn: str) -> tuple[Any, str] | None:
    parts = arn.split(":", 5)
    if len(parts) != 6 or not _TABLE.fullmatch(parts[5]):
        return None
    table = arn.partition("/index/")[0]
    policies = door.module("services.dynamodb")._resource_policies  # noqa: SLF001
    kept = policies.get_scoped(parts[4], parts[3], table)
    return (kept["Policy"] if kept else "", parts[4])


_OURS: Final = {"sts": _trust_policy, "dynamodb": _table_policy}
