"""Step Functions: the role of a state machine has to let Step Functions in."""

from typing import Any, Final

from rehearsal.emulator import door, judgement
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.states.tasks import SERVICE

_GUIDE: Final = "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html"


@rule(_GUIDE, read="2026-11-22")
def refuse_a_role_that_does_not_trust_step_functions(role: str, may_assume: bool) -> None:
    """The role of a state machine lets Step Functions in for the machine's account."""
    if not may_assume:
        raise Refused(
            "AccessDeniedException",
            "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume "
            f"the provided role {role}.",
        )


@replaces("services.stepfunctions:_create_state_machine", read="4bc1231dda6925d2")
def create_state_machine(original: Any, data: door.Record) -> Any:
    """Refuse a role that Step Functions cannot act as."""
    return _checked(original, data)


@replaces("services.stepfunctions:_update_state_machine", read="476e0deee6a3d66b")
def update_state_machine(original: Any, data: door.Record) -> Any:
    """Refuse a role that Step Functions cannot act as."""
    return _checked(original, data)


def _checked(original: Any, data: door.Record) -> Any:
    role: str = data.get("roleArn", "")
    try:
        if role:
            may_assume = judgement.service_may_assume(role, SERVICE, door.account())
            refuse_a_role_that_does_not_trust_step_functions(role, may_assume)
    except Refused as refused:
        return door.responses.error_response_json(refused.code, str(refused), 400)
    return original(data)
