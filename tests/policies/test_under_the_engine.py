"""The whole pack under the real engine: it stops what is weak before anything is made, and mends where it is asked."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.emulator_process import PROD, REGION
from tests.policies.configured import PACK
from tests.rehearsal.provider.engine import PROFILE, Project

pytestmark = [pytest.mark.engine, pytest.mark.emulator]

PITR: Final = "dynamodb-table-pitr"
TABLE: Final = "ledger"

PROGRAM: Final = f"""
import pulumi
import pulumi_aws as aws

config = pulumi.Config()
prod = aws.Provider(
    "prod",
    profile="{PROFILE}",
    region="{REGION}",
    allowed_account_ids=["{PROD}"],
    default_tags={{
        "tags": {{"owner": "books", "strongroom:data-class": "critical", "strongroom:environment": "prod"}}
    }},
)
table = aws.dynamodb.Table(
    "{TABLE}",
    name="{TABLE}",
    region="{REGION}",
    billing_mode="PAY_PER_REQUEST",
    hash_key="account",
    attributes=[{{"name": "account", "type": "S"}}],
    point_in_time_recovery={{"enabled": True, "recovery_period_in_days": config.require_int("days")}},
    deletion_protection_enabled=True,
    opts=pulumi.ResourceOptions(provider=prod, protect=True, retain_on_delete=True),
)
"""
ELSEWHERE: Final[Mapping[str, Any]] = {"dynamodb-table-in-a-plan": {"selectedElsewhere": [TABLE]}}
"""The plan that takes the table in belongs to another stack, as the pack has to be told."""


@pytest.fixture
def stack(empty_stack: Project) -> Project:
    empty_stack.program(PROGRAM)
    return empty_stack


def judged_by(stack: Project, days: int, **levels: object) -> list[str]:
    stack.ok("config", "set", "days", str(days))
    configuration = stack.folder / "pack.json"
    configuration.write_text(json.dumps({**ELSEWHERE, **levels}))
    return ["--policy-pack", str(PACK), "--policy-pack-config", str(configuration)]


def tables(stack: Project) -> list[str]:
    return stack.aws.client("dynamodb").list_tables()["TableNames"]


def days_of_recovery(stack: Project) -> int:
    said = stack.aws.client("dynamodb").describe_continuous_backups(TableName=TABLE)
    recovery = said["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"
    return recovery["RecoveryPeriodInDays"]


@pytest.mark.parametrize("how", [("preview",), ("up", "--yes"), ("up", "--yes", "--skip-preview")])
def test_a_weak_table_is_stopped_before_anything_is_made(stack: Project, how: tuple[str, ...]) -> None:
    done = stack.pulumi(*how, *judged_by(stack, 7))
    assert done.code != 0
    assert f"dynamodb.Table '{TABLE}' can be restored to the last 7 days only; 35 are required" in done.text
    assert tables(stack) == []


def test_a_table_that_is_right_is_made(stack: Project) -> None:
    pack = judged_by(stack, 35)
    stack.ok("preview", *pack)
    stack.ok("up", "--yes", *pack)
    assert tables(stack) == [TABLE]
    assert days_of_recovery(stack) == 35


def test_a_weak_table_is_mended_where_configuration_asks_for_it(stack: Project) -> None:
    pack = judged_by(stack, 7, **{PITR: {"enforcementLevel": "remediate"}})
    stack.ok("up", "--yes", *pack)
    assert days_of_recovery(stack) == 35
    stack.ok("preview", "--expect-no-changes", *pack)
