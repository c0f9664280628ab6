"""Judges resources by a rule and its configuration; knows nothing of Pulumi's SDK."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from strongroom_policies.links import from_a_key, sources
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import EXEMPT, MAY_BE_UNKNOWN, AnyRule, Rule, Sentence, StackRule, Unchecked, apart

Report = Callable[[str, str | None], None]
"""Takes a sentence, and the urn of the resource that it is about; None where it is about the configuration."""

Left = tuple[Unchecked, ...]
"""What nobody can tell of one resource alone."""


def configured(rule: AnyRule, given: Mapping[str, object]) -> Properties:
    """The rule's configuration over its defaults, which the engine fills in but nobody else does."""
    return Properties({**rule.defaults, **given}, f"the configuration of {rule.name}")


def judge(rule: Rule, resource: Resource, wanted: Properties, report: Report) -> Left:
    """Report each violation of one resource, and what cannot be checked yet.

    Returns:
        Keys that are not known yet: what `judge_left` must be asked about once the whole stack is there.
    """
    _report_misspelt(rule, wanted, report)
    found = list(apart(rule.check(resource, wanted)))
    left = tuple(one for one in found if isinstance(one, Unchecked) and one.name in rule.keys)
    _report(rule, wanted, [(resource, one) for one in found if one not in left], report)
    return left


def judge_left(rule: Rule, left: Mapping[str, Left], stack: Stack, wanted: Properties, report: Report) -> None:
    """Report each key that is not known yet, and was not computed from a key of the stack.

    Args:
        rule: The rule that could not tell.
        left: What `judge` returned, by the urn of the resource.
        stack: All resources.
        wanted: The rule's configuration.
        report: Told of each.
    """
    named = [(stack.named(urn), one) for urn, keys in left.items() for one in keys]
    found = [(resource, _of_a_stranger(one, resource, stack)) for resource, one in named if resource]
    _report(rule, wanted, [(resource, one) for resource, one in found if one], report)


def _of_a_stranger(key: Unchecked, resource: Resource, stack: Stack) -> Unchecked | None:
    name = key.name.split(".")[0]
    if from_a_key(stack, resource, name):
        return None
    known = f"was computed from {sources(stack, resource, name)}"
    return replace(key, because=f"{known}; a KMS key of this stack is required: pass its arn")


def judge_together(rule: StackRule, stack: Stack, wanted: Properties, report: Report) -> None:
    """Report each violation among the resources of a stack, and what cannot be checked yet."""
    _report_misspelt(rule, wanted, report)
    _report(rule, wanted, rule.check(stack, wanted), report)


def _report_misspelt(rule: AnyRule, wanted: Properties, report: Report) -> None:
    for name in wanted:
        if name not in rule.every_option:
            report(_misspelt(rule, name), None)


def _report(rule: AnyRule, wanted: Properties, found: Iterable[tuple[Resource, Sentence]], report: Report) -> None:
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
    return any(unchecked.name == name or unchecked.name.startswith(f"{name}.") for name in names)


def _unchecked(rule: AnyRule, unchecked: Unchecked) -> str:
    because = f" and {unchecked.because}," if unchecked.because else ";"
    return (
        f"{unchecked.owner} could not be checked: {unchecked.path} is not known before `pulumi up`{because} give it a"
        f" value that is known at preview, or name {unchecked.name!r} in {MAY_BE_UNKNOWN} of {rule.name}"
    )
