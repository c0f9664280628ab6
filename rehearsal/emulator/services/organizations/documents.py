"""Organizations: what a service control policy may say."""

import json
from collections.abc import Mapping
from typing import Any, Final, cast

from rehearsal.emulator import door
from rehearsal.emulator.authorization.service_controls import KIND
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule

_SYNTAX: Final = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html"
_QUOTAS: Final = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html"
_READ: Final = "2026-11-22"
_TABLE: Final = "services.organizations:_DISPATCH"
_LONGEST: Final = 5120
_ELEMENTS: Final = frozenset({"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"})


@rule(_SYNTAX, read=_READ)
def refuse_what_is_no_service_control_policy(statements: list[Any] | None) -> None:
    """A service control policy is one JSON object with statements."""
    if not statements or not all(isinstance(one, dict) for one in statements):
        raise _malformed()


@rule(_SYNTAX, read=_READ)
def refuse_an_element_of_other_policies(statement: Mapping[str, Any]) -> None:
    """A statement of a service control policy names no principal, and nothing that IAM does not know."""
    if statement.keys() - _ELEMENTS:
        raise _malformed()


@rule(_SYNTAX, read=_READ)
def refuse_an_incomplete_statement(statement: Mapping[str, Any]) -> None:
    """A statement of a service control policy has an effect, an action and a resource, each one way only."""
    pairs = (("Action", "NotAction"), ("Resource", "NotResource"))
    complete = all((one in statement) != (other in statement) for one, other in pairs)
    if statement.get("Effect") not in ("Allow", "Deny") or not complete:
        raise _malformed()


@rule(_QUOTAS, read=_READ)
def refuse_a_long_service_control_policy(content: str) -> None:
    """A service control policy has at most 5,120 characters."""
    if len(content) > _LONGEST:
        raise Refused("ConstraintViolationException", "You have exceeded the maximum policy size.")


@replaces(f"{_TABLE}[CreatePolicy]", read="138fd2f1dba5b7e0")
def create_policy(original: Any, asked: dict[str, str]) -> Any:
    """Keep a policy whose document Organizations takes."""
    if asked.get("Type") == KIND:
        _check(asked["Content"])
    return original(asked)


@replaces(f"{_TABLE}[UpdatePolicy]", read="8eead6c2503b3bce")
def update_policy(original: Any, asked: dict[str, str]) -> Any:
    """Change a policy to a document that Organizations takes."""
    kept = door.organizations._policies.get(asked["PolicyId"])  # noqa: SLF001 - MiniStack has no public look-up
    if kept and kept["Type"] == KIND and "Content" in asked:
        _check(asked["Content"])
    return original(asked)


def _check(content: str) -> None:
    refuse_a_long_service_control_policy(content)
    statements = _statements(content)
    refuse_what_is_no_service_control_policy(statements)
    for statement in statements or []:
        refuse_an_element_of_other_policies(statement)
        refuse_an_incomplete_statement(statement)


def _statements(content: str) -> list[Any] | None:
    try:
        policy: Any = json.loads(content)
    except ValueError:
        return None
    found: Any = cast("dict[str, Any]", policy).get("Statement") if isinstance(policy, dict) else None
    if isinstance(found, dict):
        return [cast("dict[str, Any]", found)]
    return cast("list[Any]", found) if isinstance(found, list) else None


def _malformed() -> Refused:
    return Refused(
        "MalformedPolicyDocumentException",
        "The provided policy document does not meet the requirements of the specified policy type.",
    )
