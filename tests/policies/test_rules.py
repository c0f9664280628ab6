"""Each rule accepts its example, says one sentence when one thing of it is broken, and lets nothing unknown pass."""

from dataclasses import replace

import pytest
from strongroom_policies.catalogue import RULES
from strongroom_policies.rule import Rule

from tests.policies.example import Broken, Example
from tests.policies.examples.catalogue import EXAMPLES, STACK_EXAMPLES
from tests.policies.judging import UNKNOWN, judged, unchecked

BROKEN = [
    pytest.param(example, broken, id=f"{example.rule.name}-{broken.path}={broken.value!s:.20}")
    for example in EXAMPLES
    for broken in example.broken
]
OF_PROPERTIES = [case for case in BROKEN if "@" not in str(case.id)]
ACCEPTED = [
    pytest.param(example, path, value, id=f"{example.rule.name}-{path}={value!s:.20}")
    for example in EXAMPLES
    for path, value in example.accepted
]


def name_of(example: Example) -> str:
    return f"{example.rule.name}-{example.valid.kind.__name__}"


def test_every_rule_has_an_example() -> None:
    assert {one.rule.name for one in (*EXAMPLES, *STACK_EXAMPLES)} == {rule.name for rule in RULES}


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_what_is_valid_passes(example: Example) -> None:
    assert judged(example.rule, example.valid, example.configuration) == []


@pytest.mark.parametrize(("example", "path", "value"), ACCEPTED)
def test_the_right_side_of_a_bound_passes(example: Example, path: str, value: object) -> None:
    assert judged(example.rule, example.valid.but(path, value), example.configuration) == []


@pytest.mark.parametrize(("example", "broken"), BROKEN)
def test_one_broken_property_is_one_sentence(example: Example, broken: Broken) -> None:
    assert judged(example.rule, example.valid.but(broken.path, broken.value), example.configuration) == [
        broken.sentence
    ]


@pytest.mark.parametrize(("example", "broken"), OF_PROPERTIES)
def test_fails_when_what_could_be_broken_is_unknown(example: Example, broken: Broken) -> None:
    path = broken.unknown or broken.path
    said = judged(example.rule, example.valid.but(path, UNKNOWN), example.configuration)
    assert unchecked(example.rule, shown(example), path) in said
    assert all("could not be checked" in sentence for sentence in said)


@pytest.mark.parametrize(("example", "broken"), OF_PROPERTIES)
def test_what_configuration_allows_to_be_unknown_passes(example: Example, broken: Broken) -> None:
    path = broken.unknown or broken.path
    named = ".".join(step for step in path.split(".") if not step.isdigit())
    configured = {**example.configuration, "mayBeUnknown": [named]}
    assert judged(example.rule, example.valid.but(path, UNKNOWN), configured) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_a_resource_that_configuration_exempts_passes(example: Example) -> None:
    (first, *_) = example.broken
    configured = {**example.configuration, "exempt": [example.valid.name]}
    assert judged(example.rule, example.valid.but(first.path, first.value), configured) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_fails_when_configuration_names_an_option_that_is_none(example: Example) -> None:
    (said,) = judged(example.rule, example.valid, {**example.configuration, "minimumDay": 1})
    takes = ", ".join(example.rule.every_option)
    assert said == (
        f"the configuration of {example.rule.name} has no option 'minimumDay'; it takes {takes}: correct the name"
    )


@pytest.mark.parametrize("rule", [rule for rule in RULES if isinstance(rule, Rule) and rule.on])
def test_a_rule_leaves_other_types_alone(rule: Rule) -> None:
    other = next(one.valid for one in EXAMPLES if one.valid.token not in rule.on)
    assert judged(rule, replace(other, properties={}, protect=False)) == []


def shown(example: Example) -> str:
    module = example.valid.kind.__module__.split(".")[1]
    return f"{'aws' if module == 'provider' else module}.{example.valid.kind.__name__} {example.valid.name!r}"
