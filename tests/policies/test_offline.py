"""Judged without the engine, everything is judged as with it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from strongroom_policies import offline
from strongroom_policies.catalogue import RULES
from strongroom_policies.offline_configuration import configured, faults

from stacks import recording
from tests.policies import configured as files
from tests.policies.served import served
from tests.stacks import world

pytestmark = pytest.mark.processes

PITR = "dynamodb-table-pitr"
TYPES = "resource-types-known"
TABLE = "prod-submit-receipts-table"


def resources(stack: str, *, preview: bool = False) -> list[dict[str, Any]]:
    seen = world.recorded(stack)
    return recording.resources(seen, preview=preview)


def without_recovery(value: object = None) -> list[dict[str, Any]]:
    found = resources("prod")
    for one in found:
        if one["name"] == TABLE:
            one["inputs"] = {**one["inputs"], "pointInTimeRecovery": value}
    return found


def judged(configuration: Mapping[str, Any]) -> list[offline.Violation]:
    said = {**files.read("prod"), **configuration}
    assert faults(RULES, said) == []
    return offline.judge(without_recovery(), said)


def test_without_configuration_the_engine_and_the_offline_judge_say_the_same() -> None:
    with served() as pack:
        pack.configure({})
        for stack in world.STACKS:
            by_engine = {(one.rule, one.sentence, one.mandatory) for one in pack.judge(world.recorded(stack))}
            here = offline.judge(resources(stack), {})
            assert {(one.rule, one.sentence, one.mandatory) for one in here} == by_engine
            assert here


@pytest.mark.parametrize(
    "kind",
    [
        "aws:cloudcontrol/resource:Resource",
        "command:local:Command",
        "pulumi-python:dynamic:Resource",
        "pulumi:providers:command",
        "strongroom:index:Another",
        "mine",
    ],
)
def test_a_type_that_the_configuration_does_not_name_is_refused_whoever_makes_it(kind: str) -> None:
    found = resources("prod")
    more = [*found, {**found[0], "type": kind, "urn": "mine"}]
    (said,) = [one for one in offline.judge(more, files.read("prod")) if one.rule == TYPES]
    assert (said.urn, f" is of type {kind}, of which" in said.sentence) == ("mine", True)
    assert offline.judge(more, {TYPES: {"types": []}}) == offline.judge(more, {})


def test_the_stack_itself_is_of_no_type_that_must_be_named() -> None:
    found = resources("prod")
    assert offline.judge([*found, {**found[0], "type": "pulumi:pulumi:Stack", "urn": "it"}], files.read("prod")) == []


@pytest.mark.parametrize("stack", world.STACKS)
def test_our_program_passes_with_nothing_unchecked(stack: str) -> None:
    assert offline.judge(resources(stack), files.read(stack)) == []


@pytest.mark.parametrize("stack", world.STACKS)
def test_our_program_passes_as_a_first_preview_sees_it(stack: str) -> None:
    values = recording.stackfile.values(world.file(stack))
    previewed = recording.recorded(stack, values, ("preview",))["preview"]
    assert offline.judge(previewed, files.read(stack)) == []


def test_fails_when_a_table_loses_its_recovery() -> None:
    (said,) = judged({})
    assert (said.rule, said.mandatory, said.urn.endswith(f"::{TABLE}")) == (PITR, True, True)


def test_a_rule_that_configuration_makes_advisory_stops_nothing() -> None:
    assert [one.mandatory for one in judged({PITR: "advisory"})] == [False]


def test_a_rule_that_is_to_remediate_stops_where_it_is_not_mended() -> None:
    assert [one.mandatory for one in judged({PITR: {"enforcementLevel": "remediate"}})] == [True]


@pytest.mark.parametrize("said", ["disabled", {"exempt": [TABLE]}])
def test_what_configuration_leaves_out_is_not_judged(said: object) -> None:
    assert judged({PITR: said}) == []


def test_a_rule_that_was_asked_to_be_left_out_is() -> None:
    assert offline.judge(without_recovery(), files.read("prod"), [PITR]) == []


def test_all_sets_the_level_of_every_rule_that_says_none_itself() -> None:
    found = configured(RULES, {"all": "advisory", PITR: "mandatory"})
    assert {name for name, one in found.items() if one.level != "advisory"} == {PITR}


def test_fails_when_what_must_be_checked_is_unknown() -> None:
    unknown = without_recovery("04da6b54-80e4-46f7-96ec-b56ff0331ba9")
    (said,) = offline.judge(unknown, files.read("prod"))
    assert f"dynamodb.Table '{TABLE}' could not be checked: pointInTimeRecovery is not known" in said.sentence
    named = {**files.read("prod"), PITR: {"mayBeUnknown": ["pointInTimeRecovery"]}}
    assert offline.judge(unknown, named) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ([], "is a list; an object is required, with a level or options for each rule"),
        ({PITR: 7}, f"{PITR} is 7; a level or an object with options is required"),
        (
            {PITR: "strict"},
            f"{PITR} has the level 'strict'; one of advisory, mandatory, remediate, disabled is required",
        ),
        ({PITR: {"enforcementLevel": "x"}}, f"{PITR} has the level 'x'; one of "),
        (
            {"dynamodb-table-pit": "disabled"},
            "names 'dynamodb-table-pit', which is no rule of this pack; did you mean ",
        ),
        ({PITR: {"minimumDay": 1}}, f"{PITR} has no option 'minimumDay'; it takes minimumDays, exempt, mayBeUnknown"),
        ({PITR: {"minimumDays": "7"}}, f"{PITR} has minimumDays '7'; integer is required"),
        ({PITR: {"minimumDays": -1}}, f"{PITR} has minimumDays -1; 0 or more is required"),
        ({PITR: {"minimumDays": True}}, f"{PITR} has minimumDays True; integer is required"),
        ({PITR: {"exempt": "x"}}, f"{PITR} has exempt 'x'; array is required"),
        ({PITR: {"exempt": [1]}}, f"{PITR} has exempt[0] 1; string is required"),
        (
            {"backup-retention-within-locks": {"locks": [{"vault": "x"}]}},
            "backup-retention-within-locks has locks[0] without minRetentionDays; it is required",
        ),
        (
            {"backup-plan-tier-retention": {"tiers": {"daily": {"floorDays": "x", "ceilingDays": 2}}}},
            "backup-plan-tier-retention has tiers.daily.floorDays 'x'; integer is required",
        ),
    ],
)
def test_fails_when_the_configuration_is_malformed(said: object, sentence: str) -> None:
    assert faults(RULES, said)[0].startswith(sentence)


@pytest.mark.parametrize("stack", world.STACKS)
def test_the_configuration_of_our_stacks_is_well_formed(stack: str) -> None:
    assert faults(RULES, files.read(stack)) == []


def test_a_malformed_configuration_judges_nothing_and_says_so() -> None:
    found = offline.answer({"prod": {"resources": without_recovery(), "configuration": {PITR: 7}}})["prod"]
    assert found["faults"]
    assert found["violations"] == []


def test_the_pack_answers_as_a_process_of_its_own() -> None:
    asked = {"judged": {"prod": {"resources": without_recovery(), "configuration": files.read("prod")}}}
    done = subprocess.run(
        [sys.executable, "-m", "strongroom_policies.offline"],
        cwd=files.PACK,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answer = json.loads(done.stdout)
    assert [one["rule"] for one in answer["judged"]["prod"]["violations"]] == [PITR]
    assert set(answer["rules"]) == {rule.name for rule in RULES}
