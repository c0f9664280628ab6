"""Who made the AWS calls: pipeline roles, others only what their steps are for, and a root key never."""

import re
from collections.abc import Sequence
from typing import Final

from rehearsal.local import administrators, application
from rehearsal.local.control import Call
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError
from strongroom.facts import names

_READS: Final = re.compile(r"(Get|List|Describe|Head|BatchGet|Select|Query|Scan|Lookup|Decode|Simulate|Assume)")
"""How the operations begin that change nothing; taking a role is judged by what is done with it."""
_PIPELINE: Final = re.compile(
    rf"({names.ROLE_DEPLOY}|{re.escape(names.provisioner_role(''))}[a-z0-9-]+|{re.escape(names.state_role(''))}[a-z0-9-]+)"
)
_BY_ADMINISTRATORS: Final = frozenset(
    {
        # Behind Pulumi's back.
        "UpdateContinuousBackups",
        "PutRolePolicy",
        "DeleteRolePolicy",
        # An attack whose job fails only later.
        "StartCopyJob",
        # Day one of a fresh account.
        "CreateStack",
        "CreateServiceLinkedRole",
    }
)
"""What steps do as administrators."""
_ATTEMPTED: Final = frozenset(
    {
        "DeleteBackupVault",
        "DeleteBackupVaultAccessPolicy",
        "DeleteBackupVaultLockConfiguration",
        "DeleteObjectVersion",
        "DeleteRecoveryPoint",
        "DisableKey",
        "PutBackupVaultAccessPolicy",
        "PutBucketPolicy",
        "PutKeyPolicy",
        "ScheduleKeyDeletion",
        "UpdateRecoveryPointLifecycle",
    }
)
"""What steps try as administrators, and what has to be refused."""
_BY_OTHERS: Final = {
    application.ROLE: frozenset({"BatchWriteItem", "DeleteItem"}),
    names.ROLE_OPERATE: frozenset({"PutMetricData"}),
    names.ROLE_RECOVER: frozenset(
        {
            "CreateBackupVault",
            "CreateKey",
            "DeleteBackupVault",
            "DeleteRecoveryPoint",
            "PutBackupVaultAccessPolicy",
            "PutItem",
            "RestoreTableToPointInTime",
            "ScheduleKeyDeletion",
            "StartCopyJob",
            "StartRestoreJob",
            "TagResource",
            "UpdateContinuousBackups",
            "UpdateTable",
            "UpdateTimeToLive",
        }
    ),
}
"""What the application writes, what is measured, and what an operator does to bring something back."""
_SHOWN: Final = 5


def no_root_key_is_used(scene: Scene) -> None:
    """Look for calls by a root key since the seed was sealed."""
    refuse_root_keys(after_the_seal(scene.recorder.calls()))


def only_the_pipeline_changes_things(scene: Scene) -> None:
    """Look at every call that changed something since the seed was sealed."""
    refuse_changes_by_others(after_the_seal(scene.recorder.calls()))


def after_the_seal(calls: Sequence[Call]) -> list[Call]:
    """Return the calls since the seed was sealed.

    Raises:
        CheckError: there is none, so that nothing could be judged.
    """
    sealed = [call for call in calls if call.sealed]
    if not sealed:
        raise CheckError("calls since the seed was sealed", expected="at least one", got="none")
    return sealed


def refuse_root_keys(calls: Sequence[Call]) -> None:
    """Hold when no call was made by a root key."""
    _none("calls by a root key", [call for call in calls if call.kind == "root"])


def refuse_changes_by_others(calls: Sequence[Call]) -> None:
    """Hold when whatever changed something was the pipeline, or somebody who did what a step has them do."""
    changes = [call for call in calls if not _READS.match(call.operation)]
    others = [call for call in changes if not _allowed(call)]
    _none("changes that no step makes, by others than deploy, provisioner and state roles", others)
    if not any(_PIPELINE.fullmatch(_role(call)) for call in changes):
        raise CheckError("changes by the pipeline", expected="at least one", got="none")


def _allowed(call: Call) -> bool:
    role = _role(call)
    if role == administrators.ROLE:
        return call.operation in _BY_ADMINISTRATORS or (call.operation in _ATTEMPTED and call.error is not None)
    by_pipeline = bool(_PIPELINE.fullmatch(role))
    return call.kind == "role" and (by_pipeline or call.operation in _BY_OTHERS.get(role, frozenset()))


def _role(call: Call) -> str:
    """Name of the role in arn:aws:sts::111111111111:assumed-role/NAME/SESSION; empty for other principals."""
    kind, _, rest = call.principal.rpartition(":")[2].partition("/")
    return rest.partition("/")[0] if kind == "assumed-role" else ""


def _none(what: str, calls: Sequence[Call]) -> None:
    if calls:
        shown = ", ".join(
            f"{call.service}:{call.operation} by {call.principal or call.kind}" for call in calls[:_SHOWN]
        )
        raise CheckError(what, expected="none", got=f"{len(calls)}: {shown}")
