"""Judges recorded resources by the rules of this pack, without the engine.

`python -m strongroom_policies.offline` reads one JSON document from standard input, `{"judged": {<name>: {"resources":
[...], "configuration": {...}, "leftOut": [...]}}}`, and writes what each is found to be. Resources go through the same
policies that the engine would run, so that there is one meaning of a rule, its configuration and unknown values.
"""

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

from strongroom_policies import judging
from strongroom_policies.catalogue import RULES
from strongroom_policies.offline_configuration import Configured, configured, faults
from strongroom_policies.properties import Properties
from strongroom_policies.reading import plain
from strongroom_policies.resource import Member, Options, Resource, Stack, component, shown
from strongroom_policies.rule import AnyRule, StackRule
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


class _Recorded:
    """Resources of one stack, read once for all rules: each by its inputs, and all together by their outputs."""

    def __init__(self, resources: Sequence[Document]) -> None:
        self._providers = {one["urn"]: one for one in resources if one["type"] == TypeToken.PROVIDER}
        self._urns = {one["urn"] for one in resources}
        self.each = [self._read(one, "inputs") for one in resources]
        self.stack = Stack(self._member(one) for one in resources)

    def _read(self, one: Document, values: str) -> Resource:
        owner, provider = shown(one["type"], one["name"]), self._providers.get(one["provider"])
        return Resource(
            type=one["type"],
            name=one["name"],
            urn=one["urn"],
            properties=Properties(plain(one[values]), owner),
            options=Options(one["protect"], bool(one["deleteBeforeReplace"]), frozenset(one["ignoreChanges"])),
            provider=Properties(plain(provider["inputs"]) if provider else {}, f"the provider of {owner}"),
        )

    def _member(self, one: Document) -> Member:
        return Member(
            type=one["type"],
            urn=one["urn"],
            parent=one["parent"],
            component=component(one["type"], provided=bool(one["provider"])),
            read=partial(self._among_others, one),
        )

    def _among_others(self, one: Document) -> Resource:
        waits_for = {key: frozenset(self._urns.intersection(urns)) for key, urns in one["waitsFor"].items()}
        return replace(self._read(one, "outputs"), waits_for=waits_for)


def judge(
    resources: Sequence[Document], configuration: Mapping[str, Any], left_out: Collection[str] = ()
) -> list[Violation]:
    """Everything that the pack says of a stack.

    Args:
        resources: As `stacks.recording` writes them; the form stands in docs/check.md.
        configuration: Pack configuration in which `faults` found nothing.
        left_out: Rules that cannot be judged by what was recorded.
    """
    recorded, found = _Recorded(resources), list[Violation]()
    settings = configured(RULES, configuration)
    for rule in RULES:
        own = settings[rule.name]
        if own.level != "disabled" and rule.name not in left_out:
            found += _judged(rule, own, recorded)
    return list(dict.fromkeys(found))


def _judged(rule: AnyRule, own: Configured, recorded: _Recorded) -> list[Violation]:
    found: list[Violation] = []
    wanted = judging.configured(rule, own.options)

    def report(sentence: str, urn: str | None) -> None:
        found.append(Violation(rule.name, own.level != "advisory", urn or "", sentence))

    if isinstance(rule, StackRule):
        judging.judge_together(rule, recorded.stack, wanted, report)
        return found
    looked_at = [one for one in recorded.each if rule.looks_at(one.type)]
    left = {one.urn: judging.judge(rule, one, wanted, report) for one in looked_at}
    judging.judge_left(rule, left, recorded.stack, wanted, report)
    return found


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
