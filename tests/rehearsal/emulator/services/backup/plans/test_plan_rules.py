from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator_process import BACKUP
from tests.rehearsal.emulator.services.backup.asking import plan, refusal, rule, vault_arn

pytestmark = pytest.mark.emulator

_INVALID = "InvalidParameterValueException"


def _copies(number: int) -> dict[str, object]:
    return rule(
        CopyActions=[{"DestinationBackupVaultArn": vault_arn(f"central-{copy}", BACKUP)} for copy in range(number)]
    )


def _copy(**changes: object) -> dict[str, object]:
    return rule(CopyActions=[{"DestinationBackupVaultArn": vault_arn("central", BACKUP)} | changes])


def _option(value: str) -> dict[str, object]:
    return plan(AdvancedBackupSettings=[{"ResourceType": "EC2", "BackupOptions": {"WindowsVSS": value}}])


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "a rule name of another form": (plan(rule(RuleName="not this")), _INVALID),
    "a plan name that is too long": (plan(BackupPlanName="a" * 51), _INVALID),
    "a plan name of another form": (plan(BackupPlanName="not this"), _INVALID),
    "no rule": (plan(Rules=[]), _INVALID),
    "eleven rules": (plan(*(rule(RuleName=f"r{number}") for number in range(11))), "LimitExceededException"),
    "six copies": (plan(_copies(6)), "LimitExceededException"),
    "an absent vault": (plan(rule(TargetBackupVaultName="absent")), _INVALID),
    "a copy to no vault": (plan(_copy(DestinationBackupVaultArn="arn:aws:s3:::central")), _INVALID),
    "a copy to a bare name": (plan(_copy(DestinationBackupVaultArn="central")), _INVALID),
    "a start window of 59": (plan(rule(StartWindowMinutes=59)), _INVALID),
    "a start window beyond 100 years": (plan(rule(StartWindowMinutes=52_560_001)), _INVALID),
    "completion before start": (plan(rule(StartWindowMinutes=120, CompletionWindowMinutes=119)), _INVALID),
    "an unknown time zone": (plan(rule(ScheduleExpressionTimezone="Europe/Londinium")), _INVALID),
    "a rate": (plan(rule(ScheduleExpression="rate(1 day)")), _INVALID),
    "every ten minutes": (plan(rule(ScheduleExpression="cron(0/10 * ? * * *)")), _INVALID),
    "a life of no day": (plan(rule(Lifecycle={"DeleteAfterDays": 0})), _INVALID),
    "cold on day 0": (plan(rule(Lifecycle={"MoveToColdStorageAfterDays": 0, "DeleteAfterDays": 200})), _INVALID),
    "89 days of cold": (plan(rule(Lifecycle={"MoveToColdStorageAfterDays": 30, "DeleteAfterDays": 119})), _INVALID),
    "a copy with 89 days of cold": (
        plan(_copy(Lifecycle={"MoveToColdStorageAfterDays": 30, "DeleteAfterDays": 119})),
        _INVALID,
    ),
    "continuous for 36 days": (plan(rule(EnableContinuousBackup=True, Lifecycle={"DeleteAfterDays": 36})), _INVALID),
    "an unknown option": (_option("perhaps"), _INVALID),
}
ACCEPTED = {
    "a rule name with every kind of letter": plan(rule(RuleName="A-b_9.c")),
    "a plan name of 50": plan(BackupPlanName="a" * 50),
    "ten rules": plan(*(rule(RuleName=f"r{number}") for number in range(10))),
    "five copies": plan(_copies(5)),
    "a copy without a life of its own": plan(_copy()),
    "a start window of 60": plan(rule(StartWindowMinutes=60)),
    "a start window of 100 years": plan(rule(StartWindowMinutes=52_560_000)),
    "completion with start": plan(rule(StartWindowMinutes=120, CompletionWindowMinutes=120)),
    "a time zone": plan(rule(ScheduleExpressionTimezone="Europe/London")),
    "every hour": plan(rule(ScheduleExpression="cron(15 * ? * * *)")),
    "a life of a day": plan(rule(Lifecycle={"DeleteAfterDays": 1})),
    "90 days of cold": plan(rule(Lifecycle={"MoveToColdStorageAfterDays": 1, "DeleteAfterDays": 91})),
    "a copy with 90 days of cold": plan(_copy(Lifecycle={"MoveToColdStorageAfterDays": 30, "DeleteAfterDays": 120})),
    "continuous for 35 days": plan(rule(EnableContinuousBackup=True, Lifecycle={"DeleteAfterDays": 35})),
    "an option": _option("enabled"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_fails_when_a_plan_has(backup: Any, case: str) -> None:
    document, code = REFUSED[case]
    assert refusal(backup.create_backup_plan, BackupPlan=document) == code
    assert backup.list_backup_plans()["BackupPlansList"] == []


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_plan_may_have(backup: Any, case: str) -> None:
    assert backup.create_backup_plan(BackupPlan=ACCEPTED[case])["BackupPlanId"]


def test_a_refusal_names_the_rule_at_fault(backup: Any) -> None:
    with pytest.raises(ClientError, match="Error in rule second : Invalid lifecycle"):
        backup.create_backup_plan(BackupPlan=plan(rule(), rule(RuleName="second", Lifecycle={"DeleteAfterDays": 0})))
