"""Names that the provider makes when a program gives none."""

import secrets
from hashlib import sha256
from typing import Final

from rehearsal.provider.schema import Autoname

_HEX: Final = 7


class NameTooLongError(Exception):
    """The logical name leaves no room for the random part."""


def named(rule: Autoname, logical: str, seed: bytes, former: str | None) -> str:
    """The former name if there is one, else `<logical>-<7 hex>`, the hex drawn from the engine's seed.

    Raises:
        NameTooLongError: the name would be longer than the rule allows.
    """
    if former:
        return former
    stem = logical.lower() if rule.lower else logical
    name = f"{stem}-{_drawn(seed)}" if rule.random_suffix else stem
    if len(name) > rule.max_length:
        raise NameTooLongError(
            f"name '{stem}' plus {_HEX} random chars is longer than maximum length {rule.max_length}; "
            f"give '{rule.property}' or a shorter logical name"
        )
    return name


def _drawn(seed: bytes) -> str:
    """The engine sends one seed for each resource, so that a preview and its update agree; without one it is chance."""
    return sha256(seed).hexdigest()[:_HEX] if seed else secrets.token_hex(_HEX)[:_HEX]
