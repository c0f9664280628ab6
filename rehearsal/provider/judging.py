"""The verdict on a resource's inputs: each known value against the provider's own checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rehearsal.provider.comparing import STRINGS
from rehearsal.provider.schema import Kind, Properties, Property
from rehearsal.provider.shapes import is_list, is_object
from rehearsal.provider.wire import UNKNOWN, holds_unknown


@dataclass
class Checked:
    """Complete inputs, and what is wrong with them: (property, sentence)."""

    inputs: Properties = field(default_factory=dict[str, Any])
    failures: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def fail(self, path: str, sentence: str) -> None:
        """Note one failure."""
        self.failures.append((path, sentence))


def judge(checked: Checked, fields: Mapping[str, Property], inputs: Properties, prefix: str) -> None:
    """Run the checks of every value that is known, at any depth."""
    for name, prop in fields.items():
        value = inputs.get(name)
        if value is None:
            continue
        for other in prop.conflicts_with:
            if inputs.get(other) is not None:
                checked.fail(prefix + name, f'"{name}": conflicts with {other}')
        _judge_value(checked, prop, value, prefix + name)


def _judge_value(checked: Checked, prop: Property, value: Any, path: str) -> None:
    if value is UNKNOWN:
        return
    if prop.kind is Kind.OBJECT:
        judge(checked, prop.fields, value, f"{path}.")
    elif is_object(value):
        for key, one in value.items():
            _judge_value(checked, prop.item or STRINGS, one, f"{path}.{key}")
    elif is_list(value):
        for at, one in enumerate(value):
            _judge_value(checked, prop.item or STRINGS, one, f"{path}[{at}]")
    if holds_unknown(value):
        return
    for rule in prop.checks:
        if sentence := rule(value):
            checked.fail(path, f'"{path}" {sentence}')
