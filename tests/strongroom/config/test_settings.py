from collections.abc import Mapping
from pathlib import Path

import pytest

from strongroom.config import stackfile
from strongroom.config.lock import ACKNOWLEDGEMENT, LockMode
from strongroom.config.problems import SettingsError
from strongroom.config.settings import CentralSettings, SourceSettings, parse

ROOT = Path(__file__).parents[3]
ACCOUNTS = {
    "own": "111111111111",
    "backup": "333333333333",
    "pipeline": "444444444444",
    "management": "100000000001",
}
TABLE = {"name": "receipts", "dataClass": "critical", "hashKey": {"name": "id"}}


def source(**changed: object) -> Mapping[str, object]:
    return {**stackfile.values(ROOT / "Pulumi.prod.yaml"), **changed}


def central(**changed: object) -> Mapping[str, object]:
    return {**stackfile.values(ROOT / "Pulumi.backup.yaml"), **changed}


def refused(values: Mapping[str, object]) -> str:
    with pytest.raises(SettingsError) as problem:
        parse(values, file="Pulumi.prod.yaml")
    return str(problem.value)


@pytest.mark.parametrize(
    ("stack", "kind"), [("prod", SourceSettings), ("ci", SourceSettings), ("backup", CentralSettings)]
)
def test_the_stack_files_are_real_examples(stack: str, kind: type[object]) -> None:
    assert isinstance(stackfile.read(ROOT / f"Pulumi.{stack}.yaml"), kind)


def test_source_and_central_stack_say_the_same_of_each_source() -> None:
    backup = stackfile.read(ROOT / "Pulumi.backup.yaml")
    assert isinstance(backup, CentralSettings)
    for known in backup.sources:
        own = stackfile.read(ROOT / f"Pulumi.{known.environment}.yaml")
        assert isinstance(own, SourceSettings)
        assert (known.account, known.retention_days, known.archive) == (
            own.accounts.own,
            own.retention_days,
            own.archive,
        )


def test_fails_when_an_account_id_has_eleven_digits() -> None:
    accounts = {**ACCOUNTS, "own": "11111111111"}
    assert refused(source(accounts=accounts)) == (
        "Pulumi.prod.yaml: strongroom:accounts.own must be an account id of twelve digits in quotes, got '11111111111'"
    )


def test_fails_when_an_account_id_is_a_number_without_quotes() -> None:
    accounts = {**ACCOUNTS, "own": 111111111111}
    assert refused(source(accounts=accounts)).endswith("accounts.own must be text in quotes, got 111111111111")


def test_fails_when_a_key_is_unknown_and_suggests_the_nearest() -> None:
    assert refused(source(tabels=[TABLE])) == (
        "Pulumi.prod.yaml: strongroom:tabels is not a key of these settings; did you mean tables?"
    )


def test_fails_when_a_key_is_unknown_deep_inside_and_lists_what_is_allowed() -> None:
    problem = refused(source(tables=[{**TABLE, "xyz": 1}]))
    assert "strongroom:tables[0].xyz is not a key of these settings; allowed: name, dataClass" in problem


def test_an_empty_key_that_only_the_other_role_has_counts_as_absent() -> None:
    assert parse(source(sources=[], lock={}), file="f") == parse(source(), file="f")


def test_fails_when_a_key_of_the_other_role_says_something() -> None:
    assert "strongroom:lock is not a key of these settings" in refused(source(lock={"mode": "governance"}))


@pytest.mark.parametrize(
    ("tier", "floor", "ceiling"), [("daily", 35, 90), ("weekly", 90, 366), ("monthly", 2192, 3653)]
)
def test_retention_lies_between_the_tiers_floor_and_ceiling(tier: str, floor: int, ceiling: int) -> None:
    for days in (floor, ceiling):
        parse(source(retentionDays={tier: days}), file="f")
    for days in (floor - 1, ceiling + 1):
        assert refused(source(retentionDays={tier: days})) == (
            f"Pulumi.prod.yaml: strongroom:retentionDays.{tier} must be {floor} to {ceiling} days, got {days}"
        )


@pytest.mark.parametrize("name", ["ab", "with space", "x" * 256, "ünicode"])
def test_fails_when_a_table_cannot_have_that_name(name: str) -> None:
    assert "strongroom:tables[0].name must be 3 to 255" in refused(source(tables=[{**TABLE, "name": name}]))


@pytest.mark.parametrize("name", ["abc", "a.b-c_D1", "x" * 255])
def test_a_table_may_have_any_name_that_dynamodb_takes(name: str) -> None:
    parse(source(tables=[{**TABLE, "name": name}]), file="f")


def test_fails_when_a_table_is_named_twice() -> None:
    assert refused(source(tables=[TABLE, TABLE])).endswith(
        "strongroom:tables names 'receipts' twice; every name may stand once"
    )


def test_fails_when_both_keys_are_one_attribute() -> None:
    table = {**TABLE, "rangeKey": {"name": "id"}}
    assert "rangeKey must be another attribute than hashKey" in refused(source(tables=[table]))


@pytest.mark.parametrize("days", [0, 36])
def test_fails_when_point_in_time_recovery_cannot_reach_that_far(days: int) -> None:
    assert f"must be 1 to 35, got {days}" in refused(source(tables=[{**TABLE, "pitrDays": days}]))


@pytest.mark.parametrize("days", [1, 35])
def test_point_in_time_recovery_reaches_as_far_as_aws_lets_it(days: int) -> None:
    parse(source(tables=[{**TABLE, "pitrDays": days}]), file="f")


def test_fails_with_every_fault_at_once_one_line_each() -> None:
    assert len(refused(source(environment="PROD", disposable="no", alarms={"emails": []})).splitlines()) == 3


def test_a_list_of_refused_entries_is_not_called_empty_as_well() -> None:
    assert len(refused(source(alarms={"emails": ["nobody"]})).splitlines()) == 1


@pytest.mark.parametrize("role", [None, "both"])
def test_fails_when_the_role_is_not_one_of_two(role: str | None) -> None:
    values = {**source(), "role": role} if role else {k: v for k, v in source().items() if k != "role"}
    problem = refused(values)
    assert "source" in problem
    assert "central" in problem


@pytest.mark.parametrize("name", ["backup", "state"])
def test_fails_when_a_source_has_the_name_of_another_profile(name: str) -> None:
    assert "strongroom:environment must be another name than backup and state" in refused(source(environment=name))


def test_fails_when_the_sources_path_lies_in_another_organization() -> None:
    organization = {"id": "o-exampleorg1", "sourcesPath": "o-exampleorg2/r-exam/"}
    assert "sourcesPath must begin with o-exampleorg1/" in refused(source(organization=organization))


def test_fails_when_the_time_zone_does_not_exist() -> None:
    assert "got 'Europe/Atlantis'" in refused(source(schedule={"timeZone": "Europe/Atlantis"}))


def test_fails_when_the_central_stack_lies_outside_the_backup_account() -> None:
    accounts = {**ACCOUNTS, "own": "999999999999"}
    assert "accounts.own must be accounts.backup (333333333333)" in refused(central(accounts=accounts))


def test_fails_when_a_compliance_lock_is_not_acknowledged() -> None:
    assert f"needs acknowledge: {ACKNOWLEDGEMENT!r}" in refused(central(lock={"mode": "compliance", "graceDays": 14}))


@pytest.mark.parametrize(("days", "accepted"), [(2, False), (3, True), (36_500, True), (36_501, False)])
def test_a_compliance_lock_has_the_grace_that_aws_allows(days: int, accepted: bool) -> None:
    values = central(lock={"mode": "compliance", "graceDays": days, "acknowledge": ACKNOWLEDGEMENT})
    if accepted:
        settings = parse(values, file="f")
        assert isinstance(settings, CentralSettings)
        assert settings.lock.mode is LockMode.COMPLIANCE
    else:
        assert "lock grace in days must be 3 to 36500" in refused(values)


def test_fails_when_a_governance_lock_has_a_grace() -> None:
    assert "graceDays belongs to mode compliance" in refused(central(lock={"mode": "governance", "graceDays": 14}))
