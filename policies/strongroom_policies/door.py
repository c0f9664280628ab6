"""The only door to Pulumi's policy SDK: makes its policies of our rules, and lets no unknown value end one."""

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
    PolicyResource,
    PolicyResourceOptions,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
    proxy,
)
from pulumi_policy.proxy import UnknownValueError

from strongroom_policies.properties import UNKNOWN, Properties
from strongroom_policies.resource import AWS, PROVIDER, Options, Resource, Stack, shown, token
from strongroom_policies.rule import EXEMPT, MAY_BE_UNKNOWN, AnyRule, Rule, Sentence, StackRule, Unchecked, apart

_POSITION: Final = re.compile(r"\[\d+\]")
_SENTINELS: Final = frozenset(value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_"))
"""What stands for unknown values where the SDK does not raise: in remediations."""


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
    return ResourceValidationPolicy(validate=_resource(rule), remediate=_mending(rule), **about)


def _framework(rule: AnyRule) -> PolicyComplianceFramework:
    name, ids = next(iter(rule.controls.items()))
    return PolicyComplianceFramework(name=name, specification=", ".join(ids))


def _resource(rule: Rule) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    looks_at = _looks_at(rule)

    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        if not looks_at(args.resource_type):
            return
        wanted = _configured(rule, args.get_config())
        resource = _read(args, args.provider.props if args.provider else None)
        _report(rule, wanted, [(resource, one) for one in apart(rule.check(resource, wanted))], report)

    return validate


def _mending(rule: Rule) -> Callable[[ResourceValidationArgs], Any] | None:
    mend, looks_at = rule.mend, _looks_at(rule)
    if mend is None:
        return None

    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        wanted = _configured(rule, args.get_config())
        resource = _read(args, None)
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
        stack = Stack((one.resource_type, partial(_read_of_stack, one)) for one in args.resources)
        _report(rule, wanted, rule.check(stack, wanted), report)

    return validate


def _looks_at(rule: Rule) -> Callable[[str], bool]:
    tokens = frozenset(token(kind) for kind in rule.on)
    return tokens.__contains__ if tokens else lambda given: given.startswith(AWS) or given == PROVIDER


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
    defaults = {name: option["default"] for name, option in rule.every_option.items()}
    return Properties({**defaults, **given}, f"the configuration of {rule.name}")


def _read(args: ResourceValidationArgs | PolicyResource, provider: Mapping[str, Any] | None) -> Resource:
    owner = shown(args.resource_type, args.name)
    return Resource(
        type=args.resource_type,
        name=args.name,
        urn=args.urn,
        properties=Properties(_plain(args.props), owner),
        options=_options(args.opts),
        provider=Properties(_plain(provider or {}), f"the provider of {owner}"),
    )


def _read_of_stack(resource: PolicyResource) -> Resource:
    read = _read(resource, resource.provider.props if resource.provider else None)
    waits_for = {
        key: frozenset(one.urn for one in others) for key, others in resource.property_dependencies.items() if others
    }
    return Resource(read.type, read.name, read.urn, read.properties, read.options, read.provider, waits_for)


def _options(options: PolicyResourceOptions) -> Options:
    return Options(options.protect, bool(options.delete_before_replace), frozenset(options.ignore_changes))


def _plain(value: Any) -> Any:
    """A value without the SDK's proxies, which raise at the touch of anything unknown."""
    if isinstance(value, Mapping):
        return {key: _touched(value, key) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_touched(value, at) for at in range(len(value))]
    return UNKNOWN if isinstance(value, str) and value in _SENTINELS else value


def _touched(container: Any, key: Any) -> Any:
    try:
        return _plain(container[key])
    except UnknownValueError:
        return UNKNOWN
