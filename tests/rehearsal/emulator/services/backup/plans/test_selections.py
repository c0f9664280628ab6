import json
from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, make_role, plan, refusal

pytestmark = pytest.mark.emulator

_TABLE = f"arn:aws:dynamodb:{REGION}:{PROD}:table/receipts"
_INVALID = "InvalidParameterValueException"


def _selection(**changes: object) -> dict[str, object]:
    return {"SelectionName": "tables", "IamRoleArn": ROLE, "Resources": [_TABLE]} | changes


@pytest.fixture
def plan_id(emulator: Emulator, backup: Any) -> str:
    make_role(emulator)
    return backup.create_backup_plan(BackupPlan=plan())["BackupPlanId"]


def _made(backup: Any, plan_id: str, **changes: object) -> Any:
    made = backup.create_backup_selection(BackupPlanId=plan_id, BackupSelection=_selection(**changes))
    return backup.get_backup_selection(BackupPlanId=plan_id, SelectionId=made["SelectionId"])


def test_every_field_of_a_selection_is_read_back(backup: Any, plan_id: str) -> None:
    condition = {"ConditionKey": "aws:ResourceTag/tier", "ConditionValue": "daily"}
    full = _selection(
        NotResources=[f"{_TABLE}-scratch"],
        ListOfTags=[{"ConditionType": "STRINGEQUALS", "ConditionKey": "tier", "ConditionValue": "daily"}],
        Conditions={
            "StringEquals": [condition],
            "StringNotEquals": [condition],
            "StringLike": [condition],
            "StringNotLike": [condition],
        },
    )
    shown = _made(backup, plan_id, **full)
    assert (shown["BackupSelection"], shown["BackupPlanId"]) == (full, plan_id)
    [listed] = backup.list_backup_selections(BackupPlanId=plan_id)["BackupSelectionsList"]
    assert (listed["SelectionName"], listed["IamRoleArn"]) == ("tables", ROLE)


def test_a_deleted_selection_is_gone(backup: Any, plan_id: str) -> None:
    made = _made(backup, plan_id)["SelectionId"]
    backup.delete_backup_selection(BackupPlanId=plan_id, SelectionId=made)
    for call in (backup.get_backup_selection, backup.delete_backup_selection):
        assert refusal(call, BackupPlanId=plan_id, SelectionId=made) == "ResourceNotFoundException"
    assert backup.list_backup_selections(BackupPlanId=plan_id)["BackupSelectionsList"] == []


def test_fails_when_the_plan_of_a_selection_does_not_exist(backup: Any, plan_id: str) -> None:
    made = _made(backup, plan_id)["SelectionId"]
    assert refusal(backup.list_backup_selections, BackupPlanId="absent") == _INVALID
    assert refusal(backup.get_backup_selection, BackupPlanId="absent", SelectionId=made) == _INVALID
    code = refusal(backup.create_backup_selection, BackupPlanId="absent", BackupSelection=_selection())
    assert code == _INVALID


REFUSED: dict[str, dict[str, object]] = {
    "selects nothing": {"Resources": []},
    "has empty conditions only": {"Resources": [], "Conditions": {"StringEquals": []}},
    "has a name of another form": {"SelectionName": "not this"},
    "has 501 resources": {"Resources": [f"{_TABLE}{number}" for number in range(501)]},
    "has 31 patterns": {"Resources": [f"{_TABLE}{number}*" for number in range(31)]},
    "has 31 patterns to leave out": {"NotResources": [f"{_TABLE}{number}*" for number in range(31)]},
    "names a table without its ARN": {"Resources": ["receipts"]},
    "has a wildcard inside": {"Resources": [f"arn:aws:dynamodb:{REGION}:{PROD}:table/*-receipts"]},
    "has a tag condition of another type": {
        "ListOfTags": [{"ConditionType": "STRINGLIKE", "ConditionKey": "a", "ConditionValue": "b"}]
    },
    "names a role that does not exist": {"IamRoleArn": f"{ROLE}-absent"},
    "names a role of another account": {"IamRoleArn": f"arn:aws:iam::{BACKUP}:role/OrganizationAccountAccessRole"},
    "names no role": {"IamRoleArn": "backup"},
}
ACCEPTED: dict[str, dict[str, object]] = {
    "select by tag only": {
        "Resources": [],
        "ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "a", "ConditionValue": "b"}],
    },
    "select everything": {"Resources": ["*"]},
    "have 500 resources": {"Resources": [f"{_TABLE}{number}" for number in range(500)]},
    "have 30 patterns": {"Resources": [f"{_TABLE}{number}*" for number in range(30)]},
}


@pytest.mark.parametrize("case", REFUSED)
def test_fails_when_a_selection(backup: Any, plan_id: str, case: str) -> None:
    asked = _selection(**REFUSED[case])
    assert refusal(backup.create_backup_selection, BackupPlanId=plan_id, BackupSelection=asked) == _INVALID


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_selection_may(backup: Any, plan_id: str, case: str) -> None:
    shown = _made(backup, plan_id, **ACCEPTED[case])["BackupSelection"]
    assert {name: shown[name] for name in ACCEPTED[case]} == ACCEPTED[case]


def test_fails_when_the_role_does_not_trust_aws_backup(emulator: Emulator, backup: Any, plan_id: str) -> None:
    role = make_role(emulator, "compute", "ec2.amazonaws.com")
    asked = _selection(IamRoleArn=role)
    with pytest.raises(backup.exceptions.InvalidParameterValueException, match="cannot be assumed by AWS Backup"):
        backup.create_backup_selection(BackupPlanId=plan_id, BackupSelection=asked)


_BY_TAG = {"ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "a", "ConditionValue": "b"}]}
_BY_CONDITION = {"Conditions": {"StringLike": [{"ConditionKey": "aws:ResourceTag/a", "ConditionValue": "b*"}]}}


@pytest.mark.parametrize("chosen", [_BY_TAG, _BY_CONDITION])
def test_fails_when_the_role_may_not_look_for_tags(
    emulator: Emulator, backup: Any, plan_id: str, chosen: dict[str, object]
) -> None:
    arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
    emulator.client("iam").detach_role_policy(RoleName="backup", PolicyArn=arn)
    with pytest.raises(backup.exceptions.InvalidParameterValueException, match="not authorized to call tag:GetRes"):
        backup.create_backup_selection(BackupPlanId=plan_id, BackupSelection=_selection(**chosen))
    assert _made(backup, plan_id)["SelectionId"]


@pytest.mark.parametrize(("account", "accepted"), [(PROD, True), (BACKUP, False)])
def test_the_conditions_of_the_roles_trust_count(
    emulator: Emulator, backup: Any, plan_id: str, account: str, accepted: bool
) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "backup.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    emulator.client("iam").update_assume_role_policy(RoleName="backup", PolicyDocument=document)
    if accepted:
        assert _made(backup, plan_id)["SelectionId"]
    else:
        asked = {"BackupPlanId": plan_id, "BackupSelection": _selection()}
        assert refusal(backup.create_backup_selection, **asked) == _INVALID


@pytest.mark.parametrize(("passed", "code"), [(ROLE, None), (f"{ROLE}-other", "AccessDeniedException")])
def test_who_selects_must_be_allowed_to_pass_the_role(
    emulator: Emulator, plan_id: str, passed: str, code: str | None
) -> None:
    iam = emulator.client("iam")
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{PROD}:root"}, "Action": "sts:AssumeRole"}
    iam.create_role(
        RoleName="deploy", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )
    statements = [
        {"Effect": "Allow", "Action": "backup:*", "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": passed,
            "Condition": {"StringEquals": {"iam:PassedToService": "backup.amazonaws.com"}},
        },
    ]
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    iam.put_role_policy(RoleName="deploy", PolicyName="rights", PolicyDocument=document)
    deployer = emulator.client("backup", role_arn=f"arn:aws:iam::{PROD}:role/deploy")
    if code is None:
        assert _made(deployer, plan_id)["SelectionId"]
    else:
        asked = {"BackupPlanId": plan_id, "BackupSelection": _selection()}
        assert refusal(deployer.create_backup_selection, **asked) == code
