"""The stack file of the new account is the plan's settings again, with the tables to adopt."""

from pathlib import Path

import pytest
import yaml

from strongroom.config import stackfile
from strongroom.config.settings import CentralCheck, SourceSettings
from strongroom.recovery.plans.plan import Plan
from strongroom.recovery.runs import stack_file
from tests.stacks import world
from tests.strongroom.recovery.loss import FRESH, LOST, Loss, settings

KEY = f"arn:aws:kms:eu-west-2:{LOST}:key/00000000-0000-0000-0000-000000000001"


@pytest.fixture
def plan() -> Plan:
    """Of all of prod."""
    return Loss().plan()


def read(plan: Plan, folder: Path) -> SourceSettings:
    """The settings as `strongroom` and Pulumi read them."""
    file = folder / stack_file.name(plan)
    file.write_text(stack_file.text(plan))
    found = stackfile.read(file)
    assert isinstance(found, SourceSettings)
    return found


def test_it_reads_back_as_the_plans_settings(plan: Plan, tmp_path: Path) -> None:
    found = read(plan, tmp_path)
    assert found.model_copy(update={"adopt": ()}) == plan.settings
    assert found.accounts.own == FRESH


def test_every_table_is_adopted_under_its_logical_name(plan: Plan, tmp_path: Path) -> None:
    adopted = {one.name: one.id for one in read(plan, tmp_path).adopt}
    assert adopted == {f"{table.name}-table": table.name for table in plan.settings.tables}


def test_the_central_check_is_on_whatever_it_was(tmp_path: Path) -> None:
    plan = Loss(settings(central={"check": "off"})).plan()
    assert read(plan, tmp_path).central.check is CentralCheck.REQUIRED


def test_a_key_that_went_with_the_account_is_left_out(tmp_path: Path) -> None:
    tables = [{"name": "receipts", "dataClass": "standard", "hashKey": {"name": "id"}, "kmsKeyArn": KEY}]
    plan = Loss(settings(tables=tables)).plan()
    assert plan.settings.tables[0].kms_key_arn == KEY
    assert read(plan, tmp_path).tables[0].kms_key_arn is None


def test_its_secrets_lie_where_those_of_the_lost_stack_did(plan: Plan) -> None:
    there = yaml.safe_load(world.file("prod").read_text())["secretsprovider"]
    assert yaml.safe_load(stack_file.text(plan))["secretsprovider"] == there
