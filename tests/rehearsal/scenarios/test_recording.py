from collections.abc import Sequence

import pytest

from rehearsal.local.control import Call
from rehearsal.scenarios import recording
from rehearsal.scenarios.step import CheckError

DEPLOY = "arn:aws:sts::111111111111:assumed-role/strongroom-deploy/prod-deploy"
STATE = "arn:aws:sts::444444444444:assumed-role/strongroom-state-prod/prod-deploy"
PROVISIONER = "arn:aws:sts::333333333333:assumed-role/strongroom-provisioner-ci/ci-deploy"
READER = "arn:aws:sts::333333333333:assumed-role/strongroom-reader-prod/prod-deploy"
PREVIEW = "arn:aws:sts::111111111111:assumed-role/strongroom-preview/prod-preview"
ADMINISTRATOR = "arn:aws:sts::111111111111:assumed-role/OrganizationAccountAccessRole/rehearsal"
USER = "arn:aws:iam::100000000001:user/administrator"


RECOVER = "arn:aws:sts::333333333333:assumed-role/strongroom-recover/backup-recover"
OPERATE = "arn:aws:sts::111111111111:assumed-role/strongroom-operate/prod-operate"
APPLICATION = "arn:aws:sts::111111111111:assumed-role/submit-application/prod"


def call(
    principal: str = DEPLOY,
    operation: str = "CreateTable",
    *,
    kind: str = "role",
    sealed: bool = True,
    error: str | None = None,
) -> Call:
    return Call.model_validate(
        {
            "n": 1,
            "kind": kind,
            "principal": principal,
            "account": "111111111111",
            "region": "eu-west-2",
            "service": "dynamodb",
            "operation": operation,
            "status": 403 if error else 200,
            "error": error,
            "sealed": sealed,
        }
    )


def changed(*calls: Call) -> None:
    recording.refuse_changes_by_others(calls)


@pytest.mark.parametrize("principal", [DEPLOY, STATE, PROVISIONER])
def test_roles_of_the_pipeline_may_change_things(principal: str) -> None:
    changed(call(principal))


@pytest.mark.parametrize("principal", [READER, PREVIEW, ADMINISTRATOR, f"{DEPLOY[:-12]}er/x"])
def test_fails_when_another_role_changes_something(principal: str) -> None:
    with pytest.raises(CheckError, match="dynamodb:CreateTable by"):
        changed(call(), call(principal))


@pytest.mark.parametrize(("principal", "kind"), [(USER, "user"), ("", "anonymous"), ("arn:aws:iam::1:root", "root")])
def test_fails_when_something_is_changed_by_no_role(principal: str, kind: str) -> None:
    with pytest.raises(CheckError):
        changed(call(), call(principal, kind=kind))


def test_anybody_may_look() -> None:
    changed(call(), call(READER, "DescribeTable"), call("", "AssumeRoleWithWebIdentity", kind="anonymous"))


def test_administrators_do_what_the_steps_have_them_do() -> None:
    changed(call(), call(ADMINISTRATOR, "UpdateContinuousBackups"), call(ADMINISTRATOR, "PutRolePolicy"))


def test_operators_bring_things_back_and_the_application_writes_items() -> None:
    changed(call(), call(RECOVER, "StartCopyJob"), call(APPLICATION, "BatchWriteItem"), call(OPERATE, "PutMetricData"))


@pytest.mark.parametrize(
    ("principal", "operation"), [(RECOVER, "DeleteTable"), (RECOVER, "PutKeyPolicy"), (APPLICATION, "StartCopyJob")]
)
def test_fails_when_operator_or_application_does_something_else(principal: str, operation: str) -> None:
    with pytest.raises(CheckError, match=f"dynamodb:{operation} by"):
        changed(call(), call(principal, operation))


def test_an_attack_may_be_refused_and_never_succeed() -> None:
    changed(call(), call(ADMINISTRATOR, "DeleteRecoveryPoint", error="AccessDeniedException"))
    with pytest.raises(CheckError, match="dynamodb:DeleteRecoveryPoint by"):
        changed(call(), call(ADMINISTRATOR, "DeleteRecoveryPoint"))


def test_fails_when_the_pipeline_changed_nothing_at_all() -> None:
    with pytest.raises(CheckError, match="changes by the pipeline"):
        changed(call(READER, "DescribeTable"))


def test_fails_when_a_root_key_calls() -> None:
    with pytest.raises(CheckError, match="calls by a root key: expected none, got 1"):
        recording.refuse_root_keys([call(), call("arn:aws:iam::1:root", "ListTables", kind="root")])


def test_what_was_called_before_the_seal_is_not_judged() -> None:
    seeding = call("arn:aws:iam::1:root", kind="root", sealed=False)
    assert recording.after_the_seal([seeding, call()]) == [call()]


@pytest.mark.parametrize("calls", [[], [call(sealed=False)]])
def test_fails_when_nothing_was_recorded(calls: Sequence[Call]) -> None:
    with pytest.raises(CheckError, match="calls since the seed was sealed"):
        recording.after_the_seal(calls)
