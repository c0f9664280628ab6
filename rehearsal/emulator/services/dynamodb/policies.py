"""Resource policies of tables: what AWS refuses of one. Who judges by it is `authorization.resource_policies`."""

import json
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.refusing import refusing

_GUIDE: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide"
_READ: Final = "2026-11-22"
_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_STATEMENT: Final = {"Effect", "Principal", "Action", "Resource"}
_NEGATED: Final = {"NotPrincipal": "Principal", "NotAction": "Action", "NotResource": "Resource"}


differs("DynamoDB", "A resource policy that shuts its own caller out is taken without ConfirmRemoveSelfResourceAccess.")


@rule(f"{_GUIDE}/rbac-considerations.html", read=_READ)
def refuse_a_policy_that_is_none(policy: str) -> None:
    """A resource policy is a policy document whose statements have an effect, a principal, actions and resources."""
    document = json_object(policy)
    given: Any = document.get("Statement")
    statements: list[door.Record] = [given] if isinstance(given, dict) else given or []
    members = [{_NEGATED.get(member, member) for member in statement} for statement in statements]
    if not members or not all(found >= _STATEMENT for found in members):
        raise Refused("ValidationException", "Invalid policy document")


@replaces("services.dynamodb:_put_resource_policy", read="5b3fefd5ff240f89")
@refusing("dynamodb")
def put_resource_policy(original: Any, data: door.Record) -> Any:
    """Refuse what is no policy; the same policy again keeps its revision."""
    refuse_a_policy_that_is_none(data["Policy"])
    kept = _DYNAMODB._resource_policies.get(data["ResourceArn"])  # noqa: SLF001
    answer = original(data)
    if answer[0] == 200 and kept and json.loads(kept["Policy"]) == json.loads(data["Policy"]):
        _DYNAMODB._resource_policies[data["ResourceArn"]] = kept  # noqa: SLF001
        return door.responses.json_response({"RevisionId": kept["RevisionId"]})
    return answer
