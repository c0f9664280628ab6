"""The pack's numbers are those of the settings, although it knows nothing of them."""

from typing import Any

import pytest
from strongroom_policies import plans, tables
from strongroom_policies.catalogue import RULES
from strongroom_policies.rule import AnyRule

from strongroom.config.tiers import DAILY, MONTHLY, TIERS, DataClass
from strongroom.facts import limits, names
from tests.policies import configured
from tests.stacks import world

NAMES = {rule.name: rule for rule in RULES}


def default(rule: str, option: str) -> Any:
    return NAMES[rule].options[option]["default"]


@pytest.mark.parametrize("stack", world.STACKS)
def test_the_file_of_a_stack_says_what_its_settings_ask_for(stack: str) -> None:
    assert configured.read(stack) == configured.expected(stack)


@pytest.mark.parametrize("stack", world.STACKS)
def test_a_file_names_rules_and_options_that_exist(stack: str) -> None:
    for name, said in configured.read(stack).items():
        rule: AnyRule = NAMES[name]
        assert said in ("disabled", "mandatory") or set(said) <= set(rule.every_option)


@pytest.mark.parametrize("stack", world.STACKS)
def test_only_types_that_a_stack_registers_are_known(stack: str) -> None:
    registered = sorted({one.type for one in world.recorded(stack).resources})
    assert configured.expected(stack)["resource-types-known"] == {"types": registered}


def test_point_in_time_recovery_reaches_back_as_far_as_the_settings_default() -> None:
    assert default("dynamodb-table-pitr", "minimumDays") == limits.PITR_DAYS.high


def test_tiers_have_the_floors_and_ceilings_of_the_settings() -> None:
    assert default("backup-plan-tier-retention", "tiers") == {
        name: {"floorDays": tier.floor_days, "ceilingDays": tier.ceiling_days} for name, tier in TIERS.items()
    }


def test_data_classes_have_the_tiers_of_the_settings() -> None:
    assert default("backup-plan-tiers-of-data-class", "tiersOfDataClass") == {
        one.value: [tier.name for tier in one.tiers] for one in DataClass
    }
    assert default("backup-plan-tiers-of-data-class", "dataClassTag") == names.TAG_DATA_CLASS


def test_no_point_may_live_shorter_than_the_shortest_tier() -> None:
    assert default("backup-plan-lifecycle", "minimumDays") == DAILY.floor_days


def test_copies_stay_warm_as_long_as_the_longest_tier_may_last() -> None:
    assert default("backup-plan-copies-stay-warm", "warmDays") == MONTHLY.ceiling_days


def test_archives_are_kept_as_long_as_the_monthly_tier() -> None:
    assert default("s3-archive-retention", "minimumDays") == MONTHLY.floor_days
    assert default("s3-archive-retention", "maximumDays") == MONTHLY.ceiling_days


def test_a_compliance_lock_asks_for_more_grace_than_aws() -> None:
    assert default("backup-vault-lock", "minimumGraceDays") >= limits.LOCK_GRACE_DAYS.low


def test_a_key_can_be_saved_as_long_as_aws_allows() -> None:
    assert default("kms-key-lasting", "minimumWindowDays") == limits.KEY_DELETION_WINDOW_DAYS.high


def test_tables_carry_the_tags_that_selections_look_for() -> None:
    assert {names.TAG_DATA_CLASS, names.TAG_ENVIRONMENT} < set(default("backup-tags", "tags")["tables"])


def test_aws_bounds_are_those_of_the_facts() -> None:
    assert (limits.COLD_MINIMUM_DAYS, limits.RETENTION_DAYS.high) == (plans.COLD_MINIMUM_DAYS, plans.MOST_DAYS)
    assert limits.START_WINDOW_MINUTES.low == plans.LEAST_START_MINUTES
    assert limits.PITR_DAYS.high == tables.MOST_DAYS
