"""Judges resources by a rule and its configuration; knows nothing of Pulumi's SDK."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import EXEMPT, MAY_BE_UNKNOWN, AnyRule, Rule, Sentence, StackRule, Unchecked, apart

Report = Callable[[str, str | None], None]
"""Takes a sentence, and the urn of the resource that it is about; None where it is about the configuration."""

_POSITION: Final = re.compile(r"\[\d+\]")


def configured(rule: AnyRule, given: Mapping[str, object]) -> Properties:
    """The rule's configuration over its defaults, which the engine fills in but nobody else does."""
    return Properties({**rule.defaults, **given}, f"the configuration of {rule.name}")


def judge(rule: Rule, resource: Resource, wanted: Properties, report: Report) -> None:
    """Report each violation of one resource, and what cannot be checked yet."""
    _report(rule, wanted, [(resource, one) for one in apart(rule.check(resource, wanted))], report)


def judge_together(rule: StackRule, stack: Stack, wanted: Properties, report: Report) -> None:
    """Report each violation among the resources of a stack, and what cannot be checked yet."""
    _report(rule, wanted, rule.check(stack, wanted), report)


def _report(rule: AnyRule, wanted: Properties, found: Iterable[tuple[Resource, Sentence]], report: Report) -> None:
    for name in wanted:
        if name not in rule.every_option:
            report(_misspelt(rule, name), None)
    exempt, may_be_unknown = wanted.texts(EXEMPT), wanted.texts(MAY_BE_UNKNOWN)
    for resource, sentence in found:
        if resource.name in exempt:
            continue
        if isinstance(sentence, str):
            report(sentence, resource.urn)
        elif not _named(sentence, may_be_unknown):
            report(_unchecked(rule, sentence), resource.urn)


def _misspelt(rule: AnyRule, name: str) -> str:
    """The engine checks the values of options, and passes over those that no rule has."""
    options = ", ".join(rule.every_option)
    return f"the configuration of {rule.name} has no option {name!r}; it takes {options}: correct the name"


def _named(unchecked: Unchecked, names: Sequence[str]) -> bool:
    path = _POSITION.sub("", unchecked.path)
    return any(path == name or path.startswith(f"{name}.") for name in names)


def _unchecked(rule: AnyRule, unchecked: Unchecked) -> str:
    path = _POSITION.sub("", unchecked.path)
    return (
        f"{unchecked.owner} could not be checked: {unchecked.path} is not known before `pulumi up`; give it a value"
        f" that is known at preview, or name {path!r} in {MAY_BE_UNKNOWN} of {rule.name}"
    )
