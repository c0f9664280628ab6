"""Answers the engine as the SDK's servicer does, but reads a resource once, and only for rules that look at it.

The SDK turns a resource's properties into Python anew for every policy, and all resources of a stack anew for every
stack policy; that alone costs more than all rules together: `python -m bench.policies` measures it, docs/adr/0014
tells.
"""

# The SDK and its messages are untyped; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateUsage=false

from typing import Any

from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import EnforcementLevel, Policy, ReportViolation
from pulumi_policy import policy as sdk

from strongroom_policies.door import ResourcePolicy, StackPolicy
from strongroom_policies.judging import Left, configured, judge, judge_left, judge_together
from strongroom_policies.properties import Properties
from strongroom_policies.reading import message_member, read_message
from strongroom_policies.resource import Stack


class Servicer(sdk._PolicyAnalyzerServicer):  # noqa: SLF001 - what PolicyPack serves has no other name
    """What the engine calls: once for each resource, and once for the stack."""

    def __init__(self, name: str, version: str, policies: list[Policy], *about: Any) -> None:
        super().__init__(name, version, policies, *about)
        self._of_resources = [one for one in policies if isinstance(one, ResourcePolicy)]
        self._of_stacks = [one for one in policies if isinstance(one, StackPolicy)]
        self._of_keys = [one for one in self._of_resources if one.rule.keys]
        self._left: dict[str, dict[str, Left]] = {one.name: {} for one in self._of_keys}
        """By policy and urn, what only the stack can tell; an update, to which more is known, writes it anew."""

    def Analyze(self, request: Any, _context: object) -> Any:  # noqa: N802 - the engine's name
        """Judge one resource by its inputs."""
        response = analyzer_pb2.AnalyzeResponse()
        looking = [one for one in self._of_resources if one.rule.looks_at(request.type) and self._is_on(one)]
        if looking:
            resource = read_message(request)
            for policy in looking:
                left = judge(policy.rule, resource, self._wanted(policy), self._reporter(policy, response))
                if policy.rule.keys:
                    self._left[policy.name][request.urn] = left
        return response

    def AnalyzeStack(self, request: Any, _context: object) -> Any:  # noqa: N802 - the engine's name
        """Judge all resources together, by their outputs, and the keys that were not known when each came alone."""
        response = analyzer_pb2.AnalyzeResponse()
        urns = {one.urn for one in request.resources}
        stack = Stack(message_member(one, urns) for one in request.resources)
        for policy in filter(self._is_on, self._of_keys):
            left = self._left[policy.name]
            judge_left(policy.rule, left, stack, self._wanted(policy), self._reporter(policy, response))
        for policy in filter(self._is_on, self._of_stacks):
            judge_together(policy.rule, stack, self._wanted(policy), self._reporter(policy, response))
        return response

    def Remediate(self, request: Any, context: object) -> Any:  # noqa: N802 - the engine's name
        """Mend one resource, where configuration asks any rule to; most never do, and then nothing is read."""
        if any(self._get_enforcement_level(one) is EnforcementLevel.REMEDIATE for one in self._of_resources):
            return super().Remediate(request, context)
        return analyzer_pb2.RemediateResponse()

    def _is_on(self, policy: Policy) -> bool:
        return self._get_enforcement_level(policy) is not EnforcementLevel.DISABLED

    def _wanted(self, policy: ResourcePolicy | StackPolicy) -> Properties:
        return configured(policy.rule, self._get_policy_config(policy.name) or {})

    def _reporter(self, policy: Policy, response: Any) -> ReportViolation:
        level = self._get_enforcement_level(policy)
        # What is still wrong after it was mended, or cannot be mended, is refused.
        level = EnforcementLevel.MANDATORY if level is EnforcementLevel.REMEDIATE else level
        return self._create_report_violation(response, policy.name, policy.description, level, policy.severity)


def serve_by_this() -> None:
    """Let the SDK's PolicyPack, which starts the server and takes no servicer, answer by this one."""
    sdk._PolicyAnalyzerServicer = Servicer  # noqa: SLF001 - as above
