"""An attempt counts as stopped only by its own mechanism, both sides."""

from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from rehearsal.report.findings import Findings
from rehearsal.scenarios import attempts
from rehearsal.scenarios.attempts import LOCK_BOUNDS, VAULT_POLICY, Attack, Mechanism, StoppedError
from rehearsal.scenarios.step import CheckError

BY_POLICY = "not authorized to perform: backup:DeleteRecoveryPoint with an explicit deny in a resource-based policy"


def refused(code: str, message: str) -> Callable[[], object]:
    def do() -> object:
        raise ClientError({"Error": {"Code": code, "Message": message}}, "DeleteRecoveryPoint")

    return do


def attack(do: Callable[[], object], mechanism: Mechanism = VAULT_POLICY) -> Attack:
    return Attack("administrator of prod", "backup:DeleteRecoveryPoint", "point", mechanism, do)


def test_the_mechanism_stops_it_with_its_own_code() -> None:
    findings = Findings()
    attempts.all_are_stopped([attack(refused("AccessDeniedException", BY_POLICY))], findings)
    assert [(one.got_code, one.stopped) for one in findings.found().attempts] == [("AccessDeniedException", True)]


@pytest.mark.parametrize(
    "do",
    [
        pytest.param(lambda: None, id="it succeeded"),
        pytest.param(refused("AccessDeniedException", "no identity-based policy allows it"), id="for another reason"),
        pytest.param(refused("ThrottlingException", BY_POLICY), id="another code"),
        pytest.param(refused("ResourceNotFoundException", "no such vault"), id="the target was not there"),
    ],
)
def test_fails_when_something_else_or_nothing_stops_it(do: Callable[[], object]) -> None:
    findings = Findings()
    with pytest.raises(CheckError, match="access policy of the vault"):
        attempts.all_are_stopped([attack(do)], findings)
    assert [one.stopped for one in findings.found().attempts] == [False]


def test_every_attack_is_tried_also_after_one_went_through() -> None:
    findings = Findings()
    with pytest.raises(CheckError, match="success"):
        attempts.all_are_stopped([attack(lambda: None), attack(refused("AccessDeniedException", BY_POLICY))], findings)
    assert len(findings.found().attempts) == 2


def test_a_job_that_fails_counts_by_its_state_and_message() -> None:
    def job() -> object:
        raise StoppedError("FAILED", "Copy job failed. Retention period is outside the lock")

    tried, _ = attempts.attempt(attack(job, LOCK_BOUNDS))
    assert tried.stopped
    assert tried.got_code == "FAILED"
