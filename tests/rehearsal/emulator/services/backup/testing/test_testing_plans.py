from typing import Any

import pytest

from tests.emulator_process import PROD, REGION
from tests.rehearsal.emulator.services.backup.asking import ROLE, refusal, vault_arn

pytestmark = pytest.mark.emulator

_INVALID = "InvalidParameterValueException"
_MISSING = "MissingParameterValueException"
_CHOICE = {"Algorithm": "LATEST_WITHIN_WINDOW", "IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]}
_TABLE = f"arn:aws:dynamodb:{REGION}:{PROD}:table/receipts"


def _plan(name: str = "weekly", **changes: Any) -> dict[str, Any]:
    return {
        "RestoreTestingPlanName": name,
        "ScheduleExpression": "cron(0 5 ? * SUN *)",
        "RecoveryPointSelection": _CHOICE,
    } | changes


def _make(backup: Any, name: str = "weekly", **changes: Any) -> dict[str, Any]:
    return backup.create_restore_testing_plan(RestoreTestingPlan=_plan(name, **changes))


def _choice(**changes: Any) -> dict[str, Any]:
    return {"RecoveryPointSelection": _CHOICE | changes}


def _selection(name: str = "tables", **changes: Any) -> dict[str, Any]:
    return {
        "RestoreTestingSelectionName": name,
        "ProtectedResourceType": "DynamoDB",
        "IamRoleArn": ROLE,
        "ProtectedResourceArns": ["*"],
    } | changes


def _select(backup: Any, **changes: Any) -> dict[str, Any]:
    return backup.create_restore_testing_selection(
        RestoreTestingPlanName="weekly", RestoreTestingSelection=_selection(**changes)
    )


def test_a_plan_is_shown_as_it_was_made(backup: Any) -> None:
    made = _make(backup, ScheduleExpressionTimezone="Europe/London", StartWindowHours=8)
    shown = backup.get_restore_testing_plan(RestoreTestingPlanName="weekly")["RestoreTestingPlan"]
    assert shown["RestoreTestingPlanArn"] == made["RestoreTestingPlanArn"]
    assert made["RestoreTestingPlanArn"].startswith(f"arn:aws:backup:{REGION}:{PROD}:restore-testing-plan:weekly-")
    assert (shown["StartWindowHours"], shown["ScheduleExpressionTimezone"]) == (8, "Europe/London")
    assert shown["RecoveryPointSelection"] == _CHOICE
    [listed] = backup.list_restore_testing_plans()["RestoreTestingPlans"]
    assert listed["RestoreTestingPlanName"] == "weekly"


def test_a_plan_starts_in_utc_within_a_day_unless_it_says_so(backup: Any) -> None:
    _make(backup)
    shown = backup.get_restore_testing_plan(RestoreTestingPlanName="weekly")["RestoreTestingPlan"]
    assert (shown["StartWindowHours"], shown["ScheduleExpressionTimezone"]) == (24, "UTC")


def test_an_update_changes_what_it_names(backup: Any) -> None:
    _make(backup, StartWindowHours=8)
    call = backup.update_restore_testing_plan
    updated = call(RestoreTestingPlanName="weekly", RestoreTestingPlan={"ScheduleExpression": "cron(0 6 ? * * *)"})
    assert updated["UpdateTime"]
    shown = backup.get_restore_testing_plan(RestoreTestingPlanName="weekly")["RestoreTestingPlan"]
    assert (shown["ScheduleExpression"], shown["StartWindowHours"]) == ("cron(0 6 ? * * *)", 8)
    bad = {"StartWindowHours": 169}
    assert refusal(call, RestoreTestingPlanName="weekly", RestoreTestingPlan=bad) == _INVALID


@pytest.mark.parametrize("name", ["", "a" * 51, "with-hyphen", "with space"])
def test_fails_when_the_name_is_none_of_a_plan(backup: Any, name: str) -> None:
    assert refusal(_make, backup=backup, name=name) == _INVALID


@pytest.mark.parametrize("name", ["a", "A_0" * 16 + "zz"])
def test_a_name_has_1_to_50_letters_digits_and_underscores(backup: Any, name: str) -> None:
    assert _make(backup, name)["RestoreTestingPlanName"] == name


def test_fails_when_the_name_of_a_plan_is_taken(backup: Any) -> None:
    first = backup.create_restore_testing_plan(RestoreTestingPlan=_plan(), CreatorRequestId="one")
    again = backup.create_restore_testing_plan(RestoreTestingPlan=_plan(), CreatorRequestId="one")
    assert again["RestoreTestingPlanArn"] == first["RestoreTestingPlanArn"]
    assert refusal(_make, backup=backup) == "AlreadyExistsException"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ScheduleExpression": "rate(1 day)"}, _INVALID),
        ({"ScheduleExpression": "cron(0 5 * * *)"}, _INVALID),
        ({"ScheduleExpressionTimezone": "Europe/Nowhere"}, _INVALID),
        ({"StartWindowHours": 0}, _INVALID),
        ({"StartWindowHours": 169}, _INVALID),
        (_choice(SelectionWindowDays=0), _INVALID),
        (_choice(SelectionWindowDays=366), _INVALID),
        (_choice(IncludeVaults=[]), _MISSING),
        (_choice(RecoveryPointTypes=[]), _MISSING),
        ({"RecoveryPointSelection": {"IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]}}, _MISSING),
        (_choice(Algorithm="OLDEST"), _INVALID),
        (_choice(IncludeVaults=["strongroom"]), _INVALID),
        (_choice(IncludeVaults=["*", vault_arn()]), _INVALID),
        (_choice(IncludeVaults=[vault_arn()] * 31), _INVALID),
        (_choice(ExcludeVaults=["strongroom"]), _INVALID),
    ],
)
def test_fails_when_a_plan_is_none(backup: Any, changes: dict[str, Any], code: str) -> None:
    assert refusal(_make, backup=backup, **changes) == code


@pytest.mark.parametrize(
    "changes",
    [
        {"StartWindowHours": 1},
        {"StartWindowHours": 168},
        _choice(SelectionWindowDays=1),
        _choice(SelectionWindowDays=365),
        _choice(IncludeVaults=[vault_arn()] * 30),
        _choice(IncludeVaults=["arn:aws:backup:*:*:backup-vault:strong*"], ExcludeVaults=[vault_arn()]),
        _choice(Algorithm="RANDOM_WITHIN_WINDOW", RecoveryPointTypes=["SNAPSHOT", "CONTINUOUS"]),
    ],
)
def test_a_plan_may_have_all_that_is_inside_its_bounds(backup: Any, changes: dict[str, Any]) -> None:
    assert _make(backup, **changes)["RestoreTestingPlanName"] == "weekly"


def test_an_account_has_at_most_100_plans(backup: Any) -> None:
    for number in range(100):
        _make(backup, f"plan_{number}")
    assert refusal(_make, backup=backup) == "LimitExceededException"
    backup.delete_restore_testing_plan(RestoreTestingPlanName="plan_0")
    _make(backup)


def test_fails_when_a_plan_or_selection_does_not_exist(backup: Any) -> None:
    absent = {"RestoreTestingPlanName": "absent"}
    missing = "ResourceNotFoundException"
    assert refusal(backup.get_restore_testing_plan, **absent) == missing
    assert refusal(backup.update_restore_testing_plan, **absent, RestoreTestingPlan={}) == missing
    assert refusal(backup.list_restore_testing_selections, **absent) == missing
    created = {"RestoreTestingSelection": _selection()}
    assert refusal(backup.create_restore_testing_selection, **absent, **created) == missing
    _make(backup)
    named = {"RestoreTestingPlanName": "weekly", "RestoreTestingSelectionName": "absent"}
    for call in (backup.get_restore_testing_selection, backup.delete_restore_testing_selection):
        assert refusal(call, **named) == missing
    assert refusal(backup.update_restore_testing_selection, **named, RestoreTestingSelection={}) == missing


def test_a_plan_is_deleted_after_its_selections(backup: Any) -> None:
    _make(backup)
    _select(backup)
    call = backup.delete_restore_testing_plan
    assert refusal(call, RestoreTestingPlanName="weekly") == "InvalidRequestException"
    backup.delete_restore_testing_selection(RestoreTestingPlanName="weekly", RestoreTestingSelectionName="tables")
    call(RestoreTestingPlanName="weekly")
    assert backup.list_restore_testing_plans()["RestoreTestingPlans"] == []


def test_a_selection_is_shown_as_it_was_made_and_changed(backup: Any) -> None:
    _make(backup)
    overrides = {"encryptionType": "KMS"}
    made = _select(backup, RestoreMetadataOverrides=overrides, ValidationWindowHours=5)
    named = {"RestoreTestingPlanName": "weekly", "RestoreTestingSelectionName": "tables"}
    assert made["RestoreTestingPlanArn"].endswith(made["RestoreTestingPlanArn"].rpartition(":")[2])
    shown = backup.get_restore_testing_selection(**named)["RestoreTestingSelection"]
    assert (shown["RestoreMetadataOverrides"], shown["ValidationWindowHours"]) == (overrides, 5)
    changed = {"ValidationWindowHours": 0, "ProtectedResourceArns": [_TABLE]}
    backup.update_restore_testing_selection(**named, RestoreTestingSelection=changed)
    shown = backup.get_restore_testing_selection(**named)["RestoreTestingSelection"]
    assert (shown["ProtectedResourceArns"], shown["ValidationWindowHours"]) == ([_TABLE], 0)
    assert shown["RestoreMetadataOverrides"] == overrides
    [listed] = backup.list_restore_testing_selections(RestoreTestingPlanName="weekly")["RestoreTestingSelections"]
    assert listed["RestoreTestingSelectionName"] == "tables"


_TAG = {"StringEquals": [{"Key": "aws:ResourceTag/tier", "Value": "gold"}]}
_THIRTY = {"StringEquals": [{"Key": "k", "Value": "v"}] * 15, "StringNotEquals": [{"Key": "k", "Value": "w"}] * 15}
_MORE = {**_THIRTY, "StringEquals": [{"Key": "k", "Value": "v"}] * 16}


@pytest.mark.parametrize(
    "changes",
    [
        {"RestoreTestingSelectionName": "with-hyphen"},
        {"ProtectedResourceType": "Toaster"},
        {"ProtectedResourceArns": []},
        {"ProtectedResourceArns": ["*", _TABLE]},
        {"ProtectedResourceArns": [_TABLE] * 31},
        {"ProtectedResourceArns": [_TABLE], "ProtectedResourceConditions": _TAG},
        {"ProtectedResourceConditions": _MORE},
        {"ValidationWindowHours": -1},
        {"ValidationWindowHours": 169},
        {"RestoreMetadataOverrides": {"targetTableName": "again"}},
        {"RestoreMetadataOverrides": {"deletionProtection": "true"}},
    ],
)
def test_fails_when_a_selection_is_none(backup: Any, changes: dict[str, Any]) -> None:
    _make(backup)
    asked = {"RestoreTestingPlanName": "weekly", "RestoreTestingSelection": _selection() | changes}
    assert refusal(backup.create_restore_testing_selection, **asked) == _INVALID


@pytest.mark.parametrize(
    "changes",
    [
        {"ProtectedResourceArns": [_TABLE] * 30},
        {"ProtectedResourceConditions": _TAG},
        {"ProtectedResourceConditions": _THIRTY},
        {"ValidationWindowHours": 0},
        {"ValidationWindowHours": 168},
        {"RestoreMetadataOverrides": {"ENCRYPTIONTYPE": "KMS", "kmsMasterKeyArn": "arn"}},
    ],
)
def test_a_selection_may_have_all_that_is_inside_its_bounds(backup: Any, changes: dict[str, Any]) -> None:
    _make(backup)
    assert _select(backup, **changes)["RestoreTestingSelectionName"] == "tables"


def test_a_selection_may_have_conditions_alone(backup: Any) -> None:
    _make(backup)
    selection = _selection(ProtectedResourceConditions=_TAG)
    del selection["ProtectedResourceArns"]
    backup.create_restore_testing_selection(RestoreTestingPlanName="weekly", RestoreTestingSelection=selection)


def test_a_plan_has_at_most_30_selections_of_different_names(backup: Any) -> None:
    _make(backup)
    for number in range(30):
        _select(backup, RestoreTestingSelectionName=f"selection_{number}")
    asked = {"RestoreTestingPlanName": "weekly", "RestoreTestingSelection": _selection()}
    assert refusal(backup.create_restore_testing_selection, **asked) == "LimitExceededException"
    named = {"RestoreTestingPlanName": "weekly", "RestoreTestingSelectionName": "selection_0"}
    backup.delete_restore_testing_selection(**named)
    _select(backup)
    assert refusal(backup.create_restore_testing_selection, **asked) == "AlreadyExistsException"
