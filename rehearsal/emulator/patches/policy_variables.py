"""Policy variables (`${aws:PrincipalAccount}`) in Resource and Condition."""

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (read 2026-11-22)

import re
from dataclasses import replace
from typing import Any, Final, cast

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces

_VARIABLE: Final = re.compile(r"\$\{([^},]+)(?:,\s*'([^']*)')?\}")
_LITERALS: Final = {"*": "*", "?": "?", "$": "$"}


@replaces("core.iam_evaluator:_first_match", read="dc96ef4846c74212")
def first_match(original: Any, context: Any, statements: list[Any], effect: str) -> Any:
    """Match statements whose resources are written out for this caller."""
    return original(context, [_written_out(statement, context) for statement in statements], effect)


@replaces("core.iam_evaluator:_conditions_met", read="15b4c24a03e3ff17")
def conditions_met(original: Any, conditions: dict[str, Any], context: Any) -> bool:
    """Judge conditions whose values are written out for this caller."""
    if "${" in str(conditions):
        conditions = {
            operator: {key: _values(value, context) for key, value in block.items()}
            for operator, block in conditions.items()
        }
    return original(conditions, context)


def _written_out(statement: Any, context: Any) -> Any:
    if any("${" in resource for resource in (*statement.resources, *statement.not_resources)):
        return replace(
            statement,
            resources=[_text(resource, context) for resource in statement.resources],
            not_resources=[_text(resource, context) for resource in statement.not_resources],
        )
    return statement


def _values(value: Any, context: Any) -> Any:
    if isinstance(value, list):
        return [_text(str(one), context) for one in cast("list[object]", value)]
    return _text(str(value), context)


def _text(text: str, context: Any) -> str:
    def value_of(variable: re.Match[str]) -> str:
        name, default = variable[1].strip(), variable[2]
        if name in _LITERALS:
            return _LITERALS[name]
        value = door.evaluator._resolve_condition_key(name, context)  # noqa: SLF001
        if isinstance(value, str):
            return value
        # Left as it stands, an unknown variable matches nothing.
        return variable[0] if default is None else default

    return _VARIABLE.sub(value_of, text)
