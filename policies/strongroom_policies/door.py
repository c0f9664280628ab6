"""Makes the policies of Pulumi's SDK of our rules."""

# The SDK hands over untyped values; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Mapping
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

from strongroom_policies.judging import configured, judge, judge_left, judge_together
from strongroom_policies.reading import member, read
from strongroom_policies.resource import Stack, alone
from strongroom_policies.rule import EXEMPT, AnyRule, Rule, StackRule


class ResourcePolicy(ResourceValidationPolicy):
    """Pulumi's policy of a rule about one resource."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(validate=self._validate, remediate=self._mended if rule.mend else None, **_about(rule))
        self.rule = rule

    def _validate(self, args: ResourceValidationArgs, report: ReportViolation) -> None:
        if not self.rule.looks_at(args.resource_type):
            return
        resource, wanted = read(args), configured(self.rule, args.get_config())
        left = judge(self.rule, resource, wanted, report)
        # Who asks this way, as the SDK's own servicer does, asks for no more: what only the stack can tell is refused.
        judge_left(self.rule, {resource.urn: left}, Stack([alone(resource)]), wanted, report)

    def _mended(self, args: ResourceValidationArgs) -> Any:
        if self.rule.mend is None or not self.rule.looks_at(args.resource_type):
            return None
        wanted, resource = configured(self.rule, args.get_config()), read(args)
        if resource.name in wanted.texts(EXEMPT) or not list(self.rule.check(resource, wanted)):
            return None
        # Values are handed back as they came, because read through the SDK's proxy a secret would be one no more.
        raw: Mapping[str, Any] = args.props if isinstance(args.props, dict) else args.props["__target"]
        return {**raw, **self.rule.mend(resource, wanted)}


class StackPolicy(StackValidationPolicy):
    """Pulumi's policy of a rule about resources together."""

    def __init__(self, rule: StackRule) -> None:
        super().__init__(validate=self._validate, **_about(rule))
        self.rule = rule

    def _validate(self, args: StackValidationArgs, report: ReportViolation) -> None:
        stack = Stack(member(one) for one in args.resources)
        judge_together(self.rule, stack, configured(self.rule, args.get_config()), report)


def policy(rule: AnyRule) -> ResourcePolicy | StackPolicy:
    """Make Pulumi's policy of a rule."""
    return StackPolicy(rule) if isinstance(rule, StackRule) else ResourcePolicy(rule)


def _about(rule: AnyRule) -> dict[str, Any]:
    framework, ids = next(iter(rule.controls.items()))
    return {
        "name": rule.name,
        "description": rule.description,
        "enforcement_level": EnforcementLevel(rule.level),
        "severity": Severity(rule.severity),
        "config_schema": PolicyConfigSchema({name: dict(option) for name, option in rule.every_option.items()}),
        "tags": [f"{framework} {one}" for framework, ids in rule.controls.items() for one in ids],
        "framework": PolicyComplianceFramework(name=framework, specification=", ".join(ids)),
    }
