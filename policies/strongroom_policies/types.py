"""A rule about which types of resources a program makes at all."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.former import present
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, texts


def _is_of_a_known_type(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    known, kind = wanted.texts("types"), present(resource.type)
    if known and not any(fnmatchcase(kind, one) for one in known):
        yield (
            f"{resource} is of type {kind}, of which no rule may know anything; only types that the configuration"
            " names may be made: take it out, or add its type to types of resource-types-known"
        )


KNOWN: Final = Rule(
    name="resource-types-known",
    description="Checks that a program makes only resources of known types.",
    why=(
        "What no rule looks at passes all of them: a cloudformation.Stack, a dynamic resource or an access point"
        " undoes what the rules hold."
    ),
    controls={"NIST 800-53": ("CM-7(5)",), "ISO 27001:2022": ("A.8.9",)},
    severity=Severity.HIGH,
    on=(),
    everywhere=True,
    check=_is_of_a_known_type,
    options={
        "types": texts((), "Patterns of the types that may be made, components and providers too; none means any.")
    },
)
