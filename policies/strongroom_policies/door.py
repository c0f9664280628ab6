"""Makes the policies of Pulumi's SDK of our rules."""

# The SDK hands over untyped values; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

from strongroom_policies.properties import Properties
from strongroom_policies.reading import read, read_of_stack
from strongroom_policies.resource import AWS, Resource, Stack
from strongroom_policies.rule import EXEMPT, MAY_BE_UNKNOWN, AnyRule, Rule, Sentence, StackRule, Unchecked, apart
from strongroom_policies.tokens import TypeToken

_POSITION: Final = re.compile(r"\[\d+\]")


class ResourcePolicy(ResourceValidationPolicy):
    """Pulumi's policy of a rule about one resource."""

    def __init__(self, looks_at: Callable[[str], bool], **about: Any) -> None:
        super().__init__(**about)
        self.looks_at = looks_at


def policy(rule: AnyRule) -> Policy:
    """Make Pulumi's policy of a rule."""
    about: dict[str, Any] = {
        "name": rule.name,
        "description": rule.description,
        "enforcement_level": EnforcementLevel(rule.level),
        "severity": Severity(rule.severity),
        "config_schema": PolicyConfigSchema({name: dict(option) for name, option in rule.every_option.items()}),
        "tags": [f"{framework} {one}" for framework, ids in rule.controls.items() for one in ids],
        "framework": _framework(rule),
    }
    if isinstance(rule, StackRule):
        return StackValidationPolicy(validate=_stack(rule), **about)
    return ResourcePolicy(_looks_at(rule), validate=_resource(rule), remediate=_mending(rule), **about)


def _framework(rule: AnyRule) -> PolicyComplianceFramework:
    name, ids = next(iter(rule.controls.items()))
    return PolicyComplianceFramework(name=name, specification=", ".join(ids))


def _resource(rule: Rule) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    looks_at = _looks_at(rule)

    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        if not looks_at(args.resource_type):
            return
        wanted = _configured(rule, args.get_config())
        resource = read(args)
        _report(rule, wanted, [(resource, one) for one in apart(rule.check(resource, wanted))], report)

    return validate


def _mending(rule: Rule) -> Callable[[ResourceValidationArgs], Any] | None:
    mend, looks_at = rule.mend, _looks_at(rule)
    if mend is None:
        return None

    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        wanted = _configured(rule, args.get_config())
        resource = read(args)
        if not looks_at(args.resource_type) or resource.name in wanted.texts(EXEMPT):
            return None
        if not list(rule.check(resource, wanted)):
            return None
        # Values are handed back as they came, because read through the SDK's proxy a secret would be one no more.
        raw: Mapping[str, Any] = args.props if isinstance(args.props, dict) else args.props["__target"]
        return {**raw, **mend(resource, wanted)}

    return remediate


def _stack(rule: StackRule) -> Callable[[StackValidationArgs, ReportViolation], None]:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        wanted = _configured(rule, args.get_config())
        stack = Stack((one.resource_type, partial(read_of_stack, one)) for one in args.resources)
        _report(rule, wanted, rule.check(stack, wanted), report)

    return validate


def _looks_at(rule: Rule) -> Callable[[str], bool]:
    tokens = frozenset[str](rule.on)
    return tokens.__contains__ if tokens else lambda given: given.startswith(AWS) or given == TypeToken.PROVIDER


def _report(
    rule: AnyRule, wanted: Properties, found: Iterable[tuple[Resource, Sentence]], report: ReportViolation
) -> None:
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
        " that"
        f" is known at preview, or name {path!r} in {MAY_BE_UNKNOWN} of {rule.name}"
    )


def _configured(rule: AnyRule, given: Mapping[str, Any]) -> Properties:
    """The rule's configuration over its defaults, which the engine fills in but nobody else does."""
    return Properties({**rule.defaults, **given}, f"the configuration of {rule.name}")
