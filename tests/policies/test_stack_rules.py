"""Each rule about a stack accepts its example, says one sentence when a thing is broken, and skips nothing unknown."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from tests.policies.example import BrokenStack, StackExample
from tests.policies.examples.catalogue import STACK_EXAMPLES
from tests.policies.judging import UNKNOWN, Made, judged_together, unchecked


def cases(wanted: Callable[[BrokenStack], object]) -> list[ParameterSet]:
    return [
        pytest.param(example, broken, id=f"{example.rule.name}-{broken.resource}.{broken.path}={broken.value!s:.20}")
        for example in STACK_EXAMPLES
        for broken in example.broken
        if wanted(broken)
    ]


BROKEN = cases(lambda _: True)
CHANGED = cases(lambda broken: broken.path)
LINKED = cases(lambda broken: broken.link)
ACCEPTED = [
    pytest.param(example, *accepted, id=f"{example.rule.name}-{accepted[0]}.{accepted[1]}={accepted[2]!s:.20}")
    for example in STACK_EXAMPLES
    for accepted in example.accepted
]


def name_of(example: StackExample) -> str:
    return example.rule.name


def but(stack: Sequence[Made], resource: str, path: str, value: Any) -> list[Made]:
    if not path:
        return [one for one in stack if one.name != resource]
    return [one.but(path, value) if one.name == resource else one for one in stack]


@pytest.mark.parametrize("example", STACK_EXAMPLES, ids=name_of)
def test_what_is_valid_passes(example: StackExample) -> None:
    assert judged_together(example.rule, example.valid, example.configuration) == []


@pytest.mark.parametrize(("example", "resource", "path", "value"), ACCEPTED)
def test_the_right_side_of_a_bound_passes(example: StackExample, resource: str, path: str, value: object) -> None:
    stack = but(example.valid, resource, path, value)
    assert judged_together(example.rule, stack, example.configuration) == []


@pytest.mark.parametrize(("example", "broken"), BROKEN)
def test_one_broken_thing_is_one_sentence(example: StackExample, broken: BrokenStack) -> None:
    stack = but(example.valid, broken.resource, broken.path, broken.value)
    assert judged_together(example.rule, stack, example.configuration) == [(broken.about, broken.sentence)]


@pytest.mark.parametrize(("example", "broken"), CHANGED)
def test_fails_when_what_could_be_broken_is_unknown(example: StackExample, broken: BrokenStack) -> None:
    stack = but(example.valid, broken.resource, broken.path, UNKNOWN)
    said = judged_together(example.rule, stack, example.configuration)
    assert (broken.about, unchecked(example.rule, shown(example, broken.resource), broken.path)) in said
    assert all("could not be checked" in sentence for _, sentence in said)


@pytest.mark.parametrize("example", STACK_EXAMPLES, ids=name_of)
def test_fails_when_configuration_names_an_option_that_is_none(example: StackExample) -> None:
    ((_, said),) = judged_together(example.rule, example.valid, {**example.configuration, "tiers": ["daily"]})
    assert said.startswith(f"the configuration of {example.rule.name} has no option 'tiers'; it takes ")


@pytest.mark.parametrize(("example", "broken"), LINKED)
def test_fails_when_nothing_tells_to_whom_a_resource_belongs(example: StackExample, broken: BrokenStack) -> None:
    stack = but(example.valid, broken.resource, broken.link, UNKNOWN)
    assert judged_together(example.rule, stack, example.configuration) == [
        (broken.about, unchecked(example.rule, shown(example, broken.resource), broken.link))
    ]


@pytest.mark.parametrize(("example", "broken"), LINKED)
def test_a_dependency_tells_to_whom_a_resource_belongs(example: StackExample, broken: BrokenStack) -> None:
    stack = [
        replace(one, waits_for={broken.link: broken.about}) if one.name == broken.resource else one
        for one in but(example.valid, broken.resource, broken.link, UNKNOWN)
    ]
    assert judged_together(example.rule, stack, example.configuration) == []


@pytest.mark.parametrize(("example", "broken"), LINKED)
def test_fails_when_a_dependency_tells_that_a_resource_belongs_to_another(
    example: StackExample, broken: BrokenStack
) -> None:
    other = replace(next(one for one in example.valid if one.name == broken.about), name="other", properties={})
    stack = [
        replace(one, waits_for={broken.link: other.name}) if one.name == broken.resource else one
        for one in but(example.valid, broken.resource, broken.link, UNKNOWN)
    ]
    said = judged_together(example.rule, [*stack, other], {**example.configuration, "exempt": [other.name]})
    assert said == [(broken.about, broken.sentence)]


def shown(example: StackExample, name: str) -> str:
    kind = next(one.kind for one in example.valid if one.name == name)
    return f"{kind.__module__.split('.')[1]}.{kind.__name__} {name!r}"
