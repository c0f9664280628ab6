"""The pack as the engine meets it, and our own program before it."""

import ast
import inspect
import re
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest
from strongroom_policies.catalogue import RULES
from strongroom_policies.rule import AnyRule, Level

from tests.policies import configured
from tests.policies.served import Pack, served
from tests.recorder import Recording, run
from tests.stacks import world

pytestmark = pytest.mark.processes

PITR = "dynamodb-table-pitr"


@pytest.fixture(scope="module")
def running() -> Generator[Pack]:
    with served() as pack:
        yield pack


def named(rule: AnyRule) -> str:
    return rule.name


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_rule_says_in_sentences_what_it_checks_and_why(rule: AnyRule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert re.fullmatch(r"Checks that [^.]+\.", rule.description)
    assert rule.why.endswith(".")
    assert all(ids for ids in rule.controls.values())


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_an_option_says_what_it_is_and_has_a_default(rule: AnyRule) -> None:
    for option in rule.every_option.values():
        assert {"type", "default", "description"} <= set(option)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_what_is_unknown_is_met_only_while_a_check_is_run(rule: AnyRule) -> None:
    # A check that is no generator would meet it when it is called, and end its rule.
    assert inspect.isgeneratorfunction(rule.check)


@pytest.mark.parametrize("file", sorted(configured.PACK.rglob("*.py")), ids=lambda file: file.name)
def test_the_pack_knows_nothing_of_the_program(file: Path) -> None:
    ours = {"strongroom", "components", "stacks", "rehearsal"}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not {one.split(".")[0] for one in named} & ours


def test_the_pack_serves_every_rule(running: Pack) -> None:
    said = running.rules()
    assert set(said) == {rule.name for rule in RULES}
    for rule in RULES:
        assert said[rule.name].enforcementLevel == (1 if rule.level is Level.MANDATORY else 0)
        assert set(said[rule.name].configSchema.properties.fields) == set(rule.every_option)
        assert list(said[rule.name].tags) == [f"{name} {one}" for name, ids in rule.controls.items() for one in ids]


@pytest.mark.parametrize("stack", world.STACKS)
def test_our_program_passes_with_nothing_unchecked(running: Pack, stack: str) -> None:
    running.configure(configured.read(stack))
    assert running.judge(world.recorded(stack)) == []


@pytest.mark.parametrize("stack", world.STACKS)
def test_fails_when_our_program_is_judged_without_its_configuration(running: Pack, stack: str) -> None:
    running.configure({})
    assert running.judge(world.recorded(stack))


@pytest.mark.parametrize("stack", world.STACKS)
def test_our_program_is_refused_nothing_at_preview(running: Pack, stack: str) -> None:
    running.configure(configured.read(stack))
    assert running.judge(run(world.the(world.everything()), world.stack(stack, preview=True))) == []


def test_fails_when_a_table_of_our_program_loses_its_recovery(running: Pack) -> None:
    running.configure(configured.read("prod"))
    (said,) = running.judge(without_recovery(world.recorded("prod")))
    assert (said.rule, said.resource, said.mandatory) == (PITR, "prod-submit-receipts-table", True)
    assert said.sentence.startswith("dynamodb.Table 'prod-submit-receipts-table' has no point-in-time recovery;")


def test_remediation_switches_recovery_on_and_leaves_the_rest(running: Pack) -> None:
    running.configure({PITR: {"enforcementLevel": "remediate"}})
    before = without_recovery(world.recorded("prod"))["prod-submit-receipts-table"]
    after = running.remediate(before)
    assert after == {**before.inputs, "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}}


def test_remediation_leaves_a_table_alone_that_is_right(running: Pack) -> None:
    running.configure({PITR: {"enforcementLevel": "remediate"}})
    assert running.remediate(world.recorded("prod")["prod-submit-receipts-table"]) == {}


def test_nothing_is_remediated_unless_configuration_asks_for_it(running: Pack) -> None:
    running.configure({})
    assert running.remediate(without_recovery(world.recorded("prod"))["prod-submit-receipts-table"]) == {}


def without_recovery(program: Recording) -> Recording:
    table = program["prod-submit-receipts-table"]
    bare = replace(table, inputs={key: one for key, one in table.inputs.items() if key != "pointInTimeRecovery"})
    return Recording([bare if one is table else one for one in program.resources])
