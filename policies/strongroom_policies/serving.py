"""Answers the engine: as the SDK's servicer does, but a resource is read once, and only for rules that look at it.

The SDK turns a resource's properties into Python anew for every policy, and all resources of a stack anew for every
stack policy; that alone costs more than all rules together: `python -m bench.policies` measures it, docs/adr/0014
tells.
"""

# The SDK and its messages are untyped where it matters here; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateUsage=false

from typing import Any

from google.protobuf import json_format
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyProviderResource,
    PolicyResource,
    PolicyResourceOptions,
    ReportViolation,
    ResourceValidationArgs,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy import policy as sdk
from pulumi_policy.deserialize import deserialize_properties

from strongroom_policies.door import ResourcePolicy
from strongroom_policies.reading import Plain, plain


class Servicer(sdk._PolicyAnalyzerServicer):  # noqa: SLF001 - the SDK takes no other from outside
    """What the engine calls, once for each resource and once for the stack."""

    def __init__(self, name: str, version: str, policies: list[Policy], *about: Any) -> None:
        super().__init__(name, version, policies, *about)
        self._of_resources = [one for one in policies if isinstance(one, ResourcePolicy)]
        self._of_stacks = [one for one in policies if isinstance(one, StackValidationPolicy)]

    def Analyze(self, request: Any, _context: object) -> Any:  # noqa: N802 - the engine's name
        """Judge one resource by its inputs."""
        response = analyzer_pb2.AnalyzeResponse()
        looking = [one for one in self._of_resources if one.looks_at(request.type) and self._is_on(one)]
        if looking:
            whole = self._whole(request)
            for policy in looking:
                config = self._get_policy_config(policy.name)
                given = ResourceValidationArgs(
                    whole.resource_type, whole.props, whole.urn, whole.name, whole.opts, whole.provider, config
                )
                policy.validate(given, self._reporter(policy, response))
        return response

    def AnalyzeStack(self, request: Any, _context: object) -> Any:  # noqa: N802 - the engine's name
        """Judge all resources together, by their outputs."""
        response = analyzer_pb2.AnalyzeResponse()
        made = {one.urn: self._whole(one) for one in request.resources}
        for one in request.resources:
            waits = {key: [made[urn] for urn in on.urns if urn in made] for key, on in one.propertyDependencies.items()}
            made[one.urn].property_dependencies = waits
        whole = list(made.values())
        for policy in filter(self._is_on, self._of_stacks):
            given = StackValidationArgs(whole, self._get_policy_config(policy.name))
            policy.validate(given, self._reporter(policy, response))
        return response

    def Remediate(self, request: Any, context: object) -> Any:  # noqa: N802 - the engine's name
        """Mend one resource, where configuration asks a rule that looks at it to."""
        mending = EnforcementLevel.REMEDIATE
        if any(
            one.looks_at(request.type) and self._get_enforcement_level(one) is mending for one in self._of_resources
        ):
            return super().Remediate(request, context)
        return analyzer_pb2.RemediateResponse()

    def _is_on(self, policy: Policy) -> bool:
        return self._get_enforcement_level(policy) is not EnforcementLevel.DISABLED

    def _reporter(self, policy: Policy, response: Any) -> ReportViolation:
        level = self._get_enforcement_level(policy)
        # What is still wrong after it was mended, or cannot be mended, is refused.
        level = EnforcementLevel.MANDATORY if level is EnforcementLevel.REMEDIATE else level
        return self._create_report_violation(response, policy.name, policy.description, level, policy.severity)

    def _whole(self, message: Any) -> PolicyResource:
        options: PolicyResourceOptions = self._get_resource_options(message)
        read = _read(message.properties)
        return PolicyResource(message.type, read, message.urn, message.name, options, _provider(message), None, [], {})


def _provider(message: Any) -> PolicyProviderResource | None:
    if not message.HasField("provider"):
        return None
    one = message.provider
    return PolicyProviderResource(one.type, _read(one.properties), one.urn, one.name)


def _read(properties: Any) -> Plain:
    return Plain(plain(deserialize_properties(json_format.MessageToDict(properties))))


def serve_by_this() -> None:
    """Let the SDK's PolicyPack, which starts the server, answer by this servicer."""
    sdk._PolicyAnalyzerServicer = Servicer  # noqa: SLF001
