"""The deploy roles have what they need and no less: a missing action is noticed."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from rehearsal.local.engine import Outcome
from rehearsal.local.local import Local
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError
from strongroom.facts import names

NEEDED: Final = "dynamodb:CreateTable"
"""An action that a source's first deployment cannot do without."""
_STEP_POLICY: Final = "rehearsal-step-without"
_RUN_POLICY: Final = "rehearsal-run-without"


def a_missing_action_is_named(scene: Scene, stack: str) -> None:
    """Take one action from the deploy role, deploy, and give it back."""
    with _without(scene.local, stack, NEEDED):
        outcome = scene.pulumi(stack, "up", "--yes", "--skip-preview")
    it_is_named(outcome, NEEDED)


def it_is_named(outcome: Outcome, action: str) -> None:
    """Hold when a deployment failed for the lack of an action, and said so."""
    if outcome.code == 0:
        raise CheckError("exit code without the action", expected="not 0", got=0, log=outcome.log)
    refusals = [error for error in outcome.report.errors if "AccessDenied" in error and action in error]
    if not refusals:
        expected = f"AccessDenied that names {action}"
        raise CheckError("errors of the engine", expected=expected, got=outcome.report.errors, log=outcome.log)


def take_away(local: Local, action: str) -> None:
    """Take an action from every deploy role until the end: the rehearsal has to turn red when a stack needs it."""
    for stack in local.world.stacks:
        _deny(local, stack, action, _RUN_POLICY)


@contextmanager
def _without(local: Local, stack: str, action: str) -> Generator[None, None, None]:
    _deny(local, stack, action, _STEP_POLICY)
    try:
        yield
    finally:
        account = local.world.stacks[stack].accounts.own
        local.administrators.iam(account).delete_role_policy(RoleName=names.ROLE_DEPLOY, PolicyName=_STEP_POLICY)


def _deny(local: Local, stack: str, action: str, policy: str) -> None:
    statement = {"Effect": "Deny", "Action": action, "Resource": "*"}
    local.administrators.iam(local.world.stacks[stack].accounts.own).put_role_policy(
        RoleName=names.ROLE_DEPLOY,
        PolicyName=policy,
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )
