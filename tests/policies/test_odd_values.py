"""No rule breaks at a value of a kind that it does not expect: an error in one rule would end the whole preview."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

import pytest
from strongroom_policies.rule import Rule, StackRule

from tests.policies.example import Example, StackExample
from tests.policies.examples.catalogue import EXAMPLES, STACK_EXAMPLES
from tests.policies.judging import UNKNOWN, judged, judged_together

_DOCUMENT: Final = '{"Statement": {"Effect": ["Allow"], "Principal": {"AWS": [1, null]}, "Condition": [1]}}'
ODD: Final[tuple[object, ...]] = (
    *(None, True, 0, -1, 2.5, [], {}, [None], [1], ["a"], {"a": None}, UNKNOWN),
    *("", "35", "true", "*", "{", "[]", "arn:aws:kms", "cron(", "2030-13-45", '{"Statement": [null, 3]}', _DOCUMENT),
)


def paths(value: object, above: str = "") -> Iterator[str]:
    """Every place in a property, by its steps with dots."""
    if above:
        yield above
    steps: Mapping[Any, object] = {}
    if isinstance(value, dict):
        steps = cast("dict[Any, object]", value)
    elif isinstance(value, list):
        steps = dict(enumerate(cast("list[object]", value)))
    for step, one in steps.items():
        # A dot in a key, as in a tag's, would be taken for a step.
        if "." not in str(step):
            yield from paths(one, f"{above}.{step}" if above else str(step))


def name_of(example: Example | StackExample) -> str:
    rule: Rule | StackRule = example.rule
    return rule.name


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_a_rule_about_a_resource_takes_any_value_anywhere(example: Example) -> None:
    for path in paths(dict(example.valid.properties)):
        for odd in ODD:
            judged(example.rule, example.valid.but(path, odd), example.configuration)


@pytest.mark.parametrize("example", STACK_EXAMPLES, ids=name_of)
def test_a_rule_about_a_stack_takes_any_value_anywhere(example: StackExample) -> None:
    for made in example.valid:
        others = [one for one in example.valid if one is not made]
        for path in paths(dict(made.properties)):
            for odd in ODD:
                judged_together(example.rule, [*others, made.but(path, odd)], example.configuration)
