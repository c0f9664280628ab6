"""Tells a name that Pulumi made up, and makes up anew with each replacement, from one that the program chose."""

import re
from typing import Final

DEFAULT: Final = "${name}-${hex(7)}"
_PART: Final = re.compile(r"\$\{(name|uuid|(?:hex|alphanum|string|num)\(\d+\))\}")
_SIGNS: Final = {"hex": "[0-9a-f]", "alphanum": "[a-z0-9]", "string": "[a-z]", "num": "[0-9]"}
"""pulumi/pulumi v3.256.0, pkg/resource/autonaming/strategy.go, read 2026-11-23."""
_UUID: Final = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def made_up(name: str, logical: str, pattern: str) -> bool:
    """Whether a name has the form of a pattern in which something is left to chance.

    Args:
        name: In AWS.
        logical: Of the resource.
        pattern: As in `pulumi:autonaming`, with organization, project, stack and configuration written out.
    """
    parts = _PART.split(pattern)
    form = "".join(_form(part, logical) if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return any(part != "name" for part in parts[1::2]) and bool(re.fullmatch(form, name))


def _form(part: str, logical: str) -> str:
    if part in ("name", "uuid"):
        return re.escape(logical) if part == "name" else _UUID
    kind, _, count = part.rstrip(")").partition("(")
    return f"{_SIGNS[kind]}{{{max(int(count), 1)}}}"
