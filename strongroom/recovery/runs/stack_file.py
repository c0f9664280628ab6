"""The stack file of the new account: the plan's settings, with the restored tables to be taken in by their own names.

Every key is said, defaults too, so that the file means the same to a program whose defaults are others.
"""

from typing import Final

import yaml

from strongroom.config.problems import NAMESPACE
from strongroom.config.settings import Adopted, CentralSide, SourceSettings
from strongroom.facts import names
from strongroom.recovery.plans.plan import Plan

_WIDTH: Final = 1_000
"""Long enough that no ARN is broken in two."""


def name(plan: Plan) -> str:
    """Name of the file, as Pulumi looks for it."""
    return f"Pulumi.{plan.environment}.yaml"


def settings(plan: Plan) -> SourceSettings:
    """Settings of the new account's stack.

    A table's key that went with the lost account is left out, as the table was restored without it. The central check
    is on, whatever it was: the stack is to find out whether the new account may copy in.
    """
    declared = plan.settings
    tables = [table.model_copy(update={"kms_key_arn": plan.key_of(table.name)}) for table in declared.tables]
    adopt = tuple(Adopted(name=f"{one.table}-table", id=one.table) for one in plan.chosen)
    return declared.model_copy(update={"tables": tuple(tables), "adopt": adopt, "central": CentralSide()})


def empty(plan: Plan) -> tuple[str, ...]:
    """Tables of the file that this run does not bring back: `pulumi up` makes them empty, or finds them made."""
    chosen = {one.table for one in plan.chosen}
    return tuple(table.name for table in plan.settings.tables if table.name not in chosen)


def text(plan: Plan) -> str:
    """The file."""
    said = settings(plan).model_dump(mode="json", by_alias=True, exclude_none=True)
    key = (
        f"awskms://{names.STATE_KEY_ALIAS}?region={plan.region}&profile={names.STATE_PROFILE}"
        f"&context_stack={plan.environment}"
    )
    content = {"secretsprovider": key, "config": {f"{NAMESPACE}:{name}": value for name, value in said.items()}}
    head = (
        f"# Recovery {plan.run}: {plan.environment} in account {plan.target_account}. Take `adopt` out once `pulumi up`"
        " has taken the tables in.\n"
    )
    return head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=_WIDTH)
