from typing import Any

import pytest

from rehearsal.emulator.services.backup.testing.testing_choice import chosen, eligible, meets, selects

_DAY = 86_400
_NOW = 1_000_000_000.0
_VAULT = "arn:aws:backup:eu-west-2:111111111111:backup-vault:vault"
_CHOICE: Any = {"Algorithm": "LATEST_WITHIN_WINDOW", "IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]}


def _point(age_days: float = 1, name: str = "a", **changes: Any) -> dict[str, Any]:
    return {
        "RecoveryPointArn": f"arn:{name}",
        "BackupVaultArn": _VAULT,
        "Status": "COMPLETED",
        "CreationDate": _NOW - age_days * _DAY,
        "ResourceArn": "arn:table",
        "ResourceType": "DynamoDB",
        "Tags": {},
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "age", "fits"),
    [
        ({}, 0, True),
        ({}, 30, True),
        ({}, 30.001, False),
        ({"SelectionWindowDays": 1}, 1, True),
        ({"SelectionWindowDays": 1}, 1.001, False),
        ({"SelectionWindowDays": 365}, 365, True),
        ({"IncludeVaults": [_VAULT]}, 1, True),
        ({"IncludeVaults": ["arn:aws:backup:*:*:backup-vault:va*"]}, 1, True),
        ({"IncludeVaults": ["arn:aws:backup:*:*:backup-vault:other"]}, 1, False),
        ({"ExcludeVaults": [_VAULT]}, 1, False),
        ({"ExcludeVaults": []}, 1, True),
        ({"RecoveryPointTypes": ["CONTINUOUS"]}, 1, False),
        ({"RecoveryPointTypes": ["CONTINUOUS", "SNAPSHOT"]}, 1, True),
    ],
)
def test_a_point_is_taken_from_the_vaults_and_the_window(changes: Any, age: float, fits: bool) -> None:
    assert eligible(_CHOICE | changes, _point(age), _NOW) is fits


@pytest.mark.parametrize("status", ["CREATING", "PARTIAL", "DELETING", "EXPIRED"])
def test_only_a_whole_point_is_tested(status: str) -> None:
    assert not eligible(_CHOICE, _point(Status=status), _NOW)


def _selection(**changes: Any) -> Any:
    return {
        "ProtectedResourceType": "DynamoDB",
        "ProtectedResourceArns": ["*"],
        "ProtectedResourceConditions": None,
    } | changes


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({}, True),
        ({"ProtectedResourceType": "EBS"}, False),
        ({"ProtectedResourceArns": ["arn:table"]}, True),
        ({"ProtectedResourceArns": ["arn:other"]}, False),
        ({"ProtectedResourceConditions": {"StringEquals": [{"Key": "tier", "Value": "gold"}]}}, True),
        ({"ProtectedResourceConditions": {"StringEquals": [{"Key": "tier", "Value": "iron"}]}}, False),
    ],
)
def test_a_resource_is_selected_by_its_arn_or_its_latest_points_tags(changes: Any, taken: bool) -> None:
    points = [_point(1, Tags={"tier": "gold"}), _point(9, Tags={"tier": "iron"})]
    assert selects(_selection(**changes), points) is taken


@pytest.mark.parametrize(
    ("conditions", "met"),
    [
        ({}, True),
        ({"StringEquals": [{"Key": "aws:ResourceTag/tier", "Value": "gold"}]}, True),
        ({"StringEquals": [{"Key": "tier", "Value": "gold"}, {"Key": "owner", "Value": "x"}]}, False),
        ({"StringNotEquals": [{"Key": "tier", "Value": "gold"}]}, False),
        ({"StringNotEquals": [{"Key": "tier", "Value": "iron"}, {"Key": "owner", "Value": "x"}]}, True),
    ],
)
def test_tags_meet_all_conditions(conditions: Any, met: bool) -> None:
    assert meets(conditions, {"tier": "gold"}) is met


def test_the_latest_point_is_chosen_or_one_by_chance() -> None:
    points = [_point(age, f"p{age}") for age in (3, 1, 2)]
    assert chosen(_CHOICE, points, "any")["RecoveryPointArn"] == "arn:p1"
    by_chance = _CHOICE | {"Algorithm": "RANDOM_WITHIN_WINDOW"}
    found = {chosen(by_chance, points, str(seed))["RecoveryPointArn"] for seed in range(50)}
    assert found == {"arn:p1", "arn:p2", "arn:p3"}
    assert chosen(by_chance, points, "7") == chosen(by_chance, points, "7")
