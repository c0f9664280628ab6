"""The tests' door to Pulumi's policy SDK: hands made-up resources to a rule's policy, as the engine does."""

# The SDK is untyped where it matters here; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pulumi
from pulumi.runtime import rpc
from pulumi_policy import (
    PolicyCustomTimeouts,
    PolicyProviderResource,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.proxy import unknown_checking_proxy
from strongroom_policies.door import policy
from strongroom_policies.judging import configured, judge, judge_left
from strongroom_policies.reading import member, read
from strongroom_policies.resource import Stack
from strongroom_policies.rule import AnyRule, Rule, StackRule

UNKNOWN: Final = rpc.UNKNOWN
GONE: Final = object()
"""In place of a value: the property is left out."""


@dataclass(frozen=True)
class Made:
    """A resource that a program asks for."""

    kind: type[pulumi.Resource]
    properties: Mapping[str, Any]
    name: str = "it"
    protect: bool = True
    delete_before_replace: bool = True
    ignore_changes: tuple[str, ...] = ()
    provider: Mapping[str, Any] = field(default_factory=dict[str, Any])
    waits_for: Mapping[str, str] = field(default_factory=dict[str, str])
    """Names of the resources that properties were computed from."""
    parent: str = ""
    """Name of the parent, if it is not the stack."""

    @property
    def token(self) -> str:
        """Its type."""
        token = pulumi.get_type_token(self.kind)
        assert token is not None
        return token

    @property
    def urn(self) -> str:
        """Its urn."""
        return f"urn:pulumi:stack::project::{self.token}::{self.name}"

    def but(self, path: str, value: object) -> "Made":
        """The same with one property changed, or one resource option where `path` begins with @."""
        if path.startswith("@"):
            return replace(self, **{path[1:]: value})
        return replace(self, properties=changed(self.properties, path, value))


class Box(pulumi.ComponentResource):
    """A component, of which only the type is asked."""

    pulumi_type = "acme:index:Box"


BOX: Final = Made(Box, {}, "box")


def changed(properties: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """Properties with the one at `path` changed or, where `value` is GONE, left out."""
    whole: dict[str, Any] = copy.deepcopy(dict(properties))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    part: Any = whole
    for step in way:
        part = part[step] if isinstance(step, int) else part.setdefault(step, {})
    if value is GONE:
        del part[last]
    else:
        part[last] = value
    return whole


def judged(rule: Rule, made: Made, configuration: Mapping[str, Any] | None = None) -> list[str]:
    """What the rule says of one resource."""
    checked = policy(rule)
    assert isinstance(checked, ResourceValidationPolicy)
    said: list[str] = []
    checked.validate(arguments(made, configuration), lambda sentence, _=None: said.append(sentence))
    return said


def mended(rule: Rule, made: Made, configuration: Mapping[str, Any] | None = None) -> Any:
    """What the rule makes of one resource."""
    checked = policy(rule)
    assert isinstance(checked, ResourceValidationPolicy)
    return checked.remediate(arguments(made, configuration))


def arguments(made: Made, configuration: Mapping[str, Any] | None = None) -> ResourceValidationArgs:
    """What the SDK hands to a policy."""
    given = unknown_checking_proxy(dict(made.properties))
    return ResourceValidationArgs(
        made.token, given, made.urn, made.name, _options(made), _provider(made), configuration
    )


def judged_together(
    rule: StackRule, stack: Sequence[Made], configuration: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    """What the rule says of a stack, with the name of the resource that each sentence is about."""
    checked = policy(rule)
    assert isinstance(checked, StackValidationPolicy)
    said: list[tuple[str, str]] = []
    checked.validate(
        StackValidationArgs(_resources(stack), configuration),
        lambda sentence, urn=None: said.append((str(urn).rsplit("::", 1)[-1], sentence)),
    )
    return said


def _resources(stack: Sequence[Made]) -> list[PolicyResource]:
    made = {
        one.name: PolicyResource(
            one.token,
            unknown_checking_proxy(dict(one.properties)),
            one.urn,
            one.name,
            _options(one),
            _provider(one),
            None,
            [],
            {},
        )
        for one in stack
    }
    for one in stack:
        made[one.name].property_dependencies = {key: [made[other]] for key, other in one.waits_for.items()}
        made[one.name].parent = made.get(one.parent)
    return list(made.values())


def _options(made: Made) -> PolicyResourceOptions:
    return PolicyResourceOptions(
        made.protect,
        list(made.ignore_changes),
        made.delete_before_replace,
        [],
        PolicyCustomTimeouts(0, 0, 0),
        [],
    )


def _provider(made: Made) -> PolicyProviderResource | None:
    if not made.provider:
        return None
    given = unknown_checking_proxy(dict(made.provider))
    return PolicyProviderResource("pulumi:providers:aws", given, f"{made.urn}-provider", "provider")


def judged_among(
    rule: Rule, stack: Sequence[Made], configuration: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    """What the rule says of each resource of a stack, with its name: of each alone, and then of what was left."""
    said: list[tuple[str, str]] = []
    wanted = configured(rule, configuration or {})

    def report(sentence: str, urn: str | None) -> None:
        said.append((str(urn).rsplit("::", 1)[-1], sentence))

    alone = [read(arguments(one)) for one in stack if rule.looks_at(one.token)]
    left = {one.urn: judge(rule, one, wanted, report) for one in alone}
    judge_left(rule, left, Stack(member(one) for one in _resources(stack)), wanted, report)
    return said


def unchecked(rule: AnyRule, owner: str, path: str, computed_from: str = "nothing of this stack") -> str:
    """The sentence about something that is not known yet."""
    named = ".".join(step for step in path.split(".") if not step.isdigit())
    key = f" and was computed from {computed_from}; a KMS key of this stack is required: pass its arn,"
    return (
        f"{owner} could not be checked: {_spelled(path)} is not known before `pulumi up`"
        f"{key if isinstance(rule, Rule) and named in rule.keys else ';'} give it a value that is known"
        f" at preview, or name {named!r} in mayBeUnknown of {rule.name}"
    )


def _spelled(path: str) -> str:
    first, *rest = path.split(".")
    return first + "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in rest)
