"""Writes docs/policies.md from the rules: `python policies/documentation.py > docs/policies.md`."""

import json
import sys
from collections.abc import Iterator
from typing import Final, cast

from strongroom_policies.catalogue import RULES
from strongroom_policies.rule import EXEMPT, MAY_BE_UNKNOWN, AnyRule, Option, Rule

_HEAD: Final = """# The policy pack

Written by `make docs` from the rules themselves; change them in `policies/strongroom_policies`, not here.

A CrossGuard pack for any program that uses pulumi-aws, in any language:

    pulumi preview --policy-pack policies --policy-pack-config policies/configuration/prod.json

`strongroom check` judges a program by the same rules without the engine, and `strongroom audit` a deployed stack.

## Configuration

One JSON object; what a rule is not told, it takes from its defaults:

    {
      "dynamodb-table-pitr": {"minimumDays": 14},
      "s3-archive-data-events": "disabled",
      "kms-key-policy": {"enforcementLevel": "advisory", "accounts": ["111111111111"]}
    }

- **Level**: `mandatory` stops the preview or the update, `advisory` tells, `disabled` is not looked at, `remediate`
  mends where the rule can (and is mandatory where it cannot). It stands in the place of the options, or among them as
  `enforcementLevel`.
- **`exempt`**: logical names of resources that one rule leaves alone.
- **`mayBeUnknown`**: properties that may be unknown at preview, such as `policy`. A rule that could not be checked is a
  violation otherwise; `pulumi up` checks the property before the resource is made.
- An option that no rule has is a violation, because the engine passes over it. `strongroom check` refuses names that no
  rule has as well.

## What is known when

- **`pulumi up`** tells a rule every value before the resource is made.
- **A preview** does not know what AWS has yet to say, such as an ARN, and passes nothing for that. What is known is
  judged, also within a property of which another part is unknown.
- **A KMS key that is made in the same stack** needs no configuration. Rules with a line *Keys* leave such a property to
  the end of the preview, when the engine says from what each was computed: from a `kms.Key`, `ReplicaKey`,
  `ExternalKey`, `ReplicaExternalKey` or `Alias` of the stack, from the `KeyPolicy` of one, or from a component that
  holds one. Anything else could not be checked, such as a key of another stack whose ARN is not known yet; the rule
  says so by its own level, `exempt` and `mayBeUnknown`. The engine says it of a property as a whole: of several keys in
  one list, one has to be of the stack.
- **To whom a resource belongs**, a rule about all resources of a stack is told by names, by dependencies, also by way
  of what lies between, and by the component that holds the owner. Where a component holds two of the owner's kind, it
  cannot be told.

The files in `policies/configuration` say what the settings of our stacks ask for, and `strongroom check` compares them.

## Rules
"""


def page() -> str:
    """All of the page."""
    lines = [_HEAD, "| rule | checks | level |", "|---|---|---|"]
    lines += [f"| [`{rule.name}`](#{rule.name}) | {_checks(rule)} | {rule.level.value} |" for rule in RULES]
    for rule in RULES:
        lines += ["", *_section(rule)]
    return "\n".join(lines) + "\n"


def _checks(rule: AnyRule) -> str:
    return rule.description.removeprefix("Checks that ").removesuffix(".")


def _section(rule: AnyRule) -> Iterator[str]:
    yield f"### {rule.name}"
    yield ""
    yield rule.description
    yield ""
    yield f"Why: {rule.why}"
    yield ""
    yield f"- Looks at: {_looks_at(rule)}"
    yield f"- Level: {rule.level.value}; severity: {rule.severity.value}" + _mends(rule)
    if isinstance(rule, Rule) and rule.keys:
        yield f"- Keys: {', '.join(f'`{one}`' for one in rule.keys)} may come from a key of the stack"
    controls = [f"{name} {', '.join(ids)}" for name, ids in rule.controls.items()]
    yield f"- Controls: {'; '.join(controls)}"
    for name, option in rule.options.items():
        yield f"- `{name}` ({_kind(option)}, default `{json.dumps(option['default'])}`): {option['description']}"
    yield f"- Configure: `{json.dumps(_example(rule))}`"
    yield f"- Exempt one resource: `{json.dumps({rule.name: {EXEMPT: ['<logical name>']}})}`"


def _looks_at(rule: AnyRule) -> str:
    if not isinstance(rule, Rule):
        return "all resources of a stack together"
    if rule.everywhere:
        return "every resource of any provider, providers and components"
    return ", ".join(f"`{kind}`" for kind in rule.on) or "every resource of pulumi-aws, and its providers"


def _mends(rule: AnyRule) -> str:
    return "; can mend what it finds (`remediate`)" if isinstance(rule, Rule) and rule.mend else ""


def _kind(option: Option) -> str:
    return f"list of {_kind(_items(option))}s" if option["type"] == "array" else str(option["type"])


def _items(option: Option) -> Option:
    return cast("Option", option["items"])


def _example(rule: AnyRule) -> dict[str, object]:
    """The first option with its default, or what every rule takes."""
    if not rule.options:
        return {rule.name: {MAY_BE_UNKNOWN: ["<property>"]}}
    name, option = next(iter(rule.options.items()))
    return {rule.name: {name: option["default"]}}


if __name__ == "__main__":
    sys.stdout.write(page())
