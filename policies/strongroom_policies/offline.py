"""Judges recorded resources by the rules of this pack, without the engine.

`python -m strongroom_policies.offline` reads one JSON document from standard input, `{"judged": {<name>: {"resources":
[...], "configuration": {...}, "leftOut": [...]}}}`, and writes what each is found to be. Resources go through the same
policies that the engine would run, so that there is one meaning of a rule, its configuration and unknown values.
"""

# The SDK is untyped where it matters here; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

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

from strongroom_policies.catalogue import RULES
from strongroom_policies.door import policy
from strongroom_policies.offline_configuration import Configured, configured, faults
from strongroom_policies.reading import Plain, plain
from strongroom_policies.resource import AWS
from strongroom_policies.tokens import TypeToken

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Violation:
    """One sentence of one rule."""

    rule: str
    mandatory: bool
    urn: str
    """Of the resource that it is about; empty where it is about the whole."""
    sentence: str


class _Stack:
    """Resources of one stack as the SDK hands them over; made once for all rules."""

    def __init__(self, resources: Sequence[Document]) -> None:
        providers = {one["urn"]: one for one in resources if one["type"] == TypeToken.PROVIDER}
        self.inputs: list[tuple[Document, Any, PolicyProviderResource | None]] = []
        made: dict[str, PolicyResource] = {}
        for one in resources:
            provider = _provider(providers.get(one["provider"]))
            if one["type"].startswith(AWS) or one["type"] == TypeToken.PROVIDER:
                self.inputs.append((one, _plain(one["inputs"]), provider))
            made[one["urn"]] = _whole(one, provider)
        for one in resources:
            waits = {key: [made[urn] for urn in urns if urn in made] for key, urns in one["waitsFor"].items()}
            made[one["urn"]].property_dependencies = waits
        self.whole = list(made.values())


def judge(
    resources: Sequence[Document], configuration: Mapping[str, Any], left_out: Collection[str] = ()
) -> list[Violation]:
    """Everything that the pack says of a stack.

    Args:
        resources: As `stacks.recording` writes them; the form stands in docs/check.md.
        configuration: Pack configuration in which `faults` found nothing.
        left_out: Rules that cannot be judged by what was recorded.
    """
    stack, found = _Stack(resources), list[Violation]()
    settings = configured(RULES, configuration)
    for rule in RULES:
        own = settings[rule.name]
        if own.level != "disabled" and rule.name not in left_out:
            found += _judged(policy(rule), own, stack)
    return list(dict.fromkeys(found))


def _judged(rule: object, own: Configured, stack: _Stack) -> list[Violation]:
    found: list[Violation] = []
    options = dict(own.options)

    def keep(name: str, sentence: str, urn: str | None) -> None:
        found.append(Violation(name, own.level != "advisory", urn or "", sentence))

    if isinstance(rule, StackValidationPolicy):
        rule.validate(StackValidationArgs(stack.whole, options), lambda says, urn=None: keep(rule.name, says, urn))
    elif isinstance(rule, ResourceValidationPolicy):
        for one, properties, provider in stack.inputs:
            given = ResourceValidationArgs(
                one["type"], properties, one["urn"], one["name"], _options(one), provider, options
            )
            rule.validate(given, lambda says, urn=None: keep(rule.name, says, urn))
    return found


def _whole(one: Document, provider: PolicyProviderResource | None) -> PolicyResource:
    properties = _plain(one["outputs"])
    return PolicyResource(one["type"], properties, one["urn"], one["name"], _options(one), provider, None, [], {})


def _options(one: Document) -> PolicyResourceOptions:
    timeouts = PolicyCustomTimeouts(0, 0, 0)
    return PolicyResourceOptions(
        one["protect"], list(one["ignoreChanges"]), one["deleteBeforeReplace"], [], timeouts, []
    )


def _provider(one: Document | None) -> PolicyProviderResource | None:
    if one is None:
        return None
    return PolicyProviderResource(one["type"], _plain(one["inputs"]), one["urn"], one["name"])


def _plain(properties: Document) -> Plain:
    return Plain(plain(properties))


def answer(asked: Mapping[str, Document]) -> dict[str, Document]:
    """What is found in each of several, by name: `faults` of its configuration, or `violations`."""
    found: dict[str, Document] = {}
    for name, one in asked.items():
        wrong = faults(RULES, one["configuration"])
        judged = [] if wrong else judge(one["resources"], one["configuration"], one.get("leftOut", ()))
        found[name] = {"faults": wrong, "violations": [asdict(violation) for violation in judged]}
    return found


def main() -> None:
    """Answer the question that stands on standard input."""
    judged = answer(json.load(sys.stdin)["judged"])
    rules = {rule.name: {"description": rule.description, "why": rule.why} for rule in RULES}
    json.dump({"rules": rules, "judged": judged}, sys.stdout)


if __name__ == "__main__":
    main()
