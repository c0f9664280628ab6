"""Who hands a role to a service needs iam:PassRole on it."""

# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html (read 2026-11-22)

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from rehearsal.emulator.authorization.request import Request

_ROLE_ELEMENT: Final = re.compile(rb"<Role>\s*([^<\s]+)\s*</Role>")


def passed_roles(request: Request) -> tuple[list[str], str]:
    """Return the ARNs of the roles that a request passes, and the service principal that gets them."""
    found = _PASSED.get((request.service, request.operation))
    if not found:
        return [], ""
    find, principal = found
    return [arn for arn in find(request) if arn], principal


def _in(*path: str) -> Callable[[Request], Iterable[str]]:
    def find(request: Request) -> Iterable[str]:
        value: Any = request.content
        for name in path:
            value = value.get(name) or {}
        return [value] if isinstance(value, str) else []

    return find


def _targets(request: Request) -> Iterable[str]:
    return [target.get("RoleArn", "") for target in request.content.get("Targets", [])]


def _replication(request: Request) -> Iterable[str]:
    return [found[1].decode() for found in _ROLE_ELEMENT.finditer(request.body)]


def _stack_role(request: Request) -> Iterable[str]:
    return [request.text("RoleARN")]


_PASSED: Final[dict[tuple[str, str], tuple[Callable[[Request], Iterable[str]], str]]] = {
    ("backup", "CreateBackupSelection"): (_in("BackupSelection", "IamRoleArn"), "backup.amazonaws.com"),
    ("backup", "StartBackupJob"): (_in("IamRoleArn"), "backup.amazonaws.com"),
    ("backup", "StartCopyJob"): (_in("IamRoleArn"), "backup.amazonaws.com"),
    ("backup", "StartRestoreJob"): (_in("IamRoleArn"), "backup.amazonaws.com"),
    ("backup", "CreateRestoreTestingSelection"): (_in("RestoreTestingSelection", "IamRoleArn"), "backup.amazonaws.com"),
    ("backup", "UpdateRestoreTestingSelection"): (_in("RestoreTestingSelection", "IamRoleArn"), "backup.amazonaws.com"),
    ("cloudformation", "CreateStack"): (_stack_role, "cloudformation.amazonaws.com"),
    ("cloudformation", "UpdateStack"): (_stack_role, "cloudformation.amazonaws.com"),
    ("events", "PutRule"): (_in("RoleArn"), "events.amazonaws.com"),
    ("events", "PutTargets"): (_targets, "events.amazonaws.com"),
    ("s3", "PutReplicationConfiguration"): (_replication, "s3.amazonaws.com"),
    ("scheduler", "CreateSchedule"): (_in("Target", "RoleArn"), "scheduler.amazonaws.com"),
    ("scheduler", "UpdateSchedule"): (_in("Target", "RoleArn"), "scheduler.amazonaws.com"),
    ("states", "CreateStateMachine"): (_in("roleArn"), "states.amazonaws.com"),
    ("states", "UpdateStateMachine"): (_in("roleArn"), "states.amazonaws.com"),
}
