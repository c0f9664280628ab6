"""How the provider's default tags and a resource's own tags come together, and apart again."""

from collections.abc import Mapping
from typing import Any

from rehearsal.provider.shapes import is_object
from rehearsal.provider.wire import UNKNOWN, Unknown, holds_unknown

_SYSTEM = "aws:"


def merged(defaults: Mapping[str, str], tags: Any) -> dict[str, str] | Unknown:
    """`tagsAll`: the defaults, then the resource's own; unknown as a whole when any value of them is.

    An empty value makes it unknown too, as in the real provider.
    """
    if holds_unknown(tags) or "" in (tags or {}).values():
        return UNKNOWN
    return {**defaults, **(tags or {})}


def known(defaults: Mapping[str, str], tags_all: Any, tags: Any) -> dict[str, str]:
    """What an apply sends: `tagsAll`, or the merge when Check could not tell it."""
    sent: dict[str, str] = tags_all if is_object(tags_all) else {**defaults, **(tags or {})}
    return {key: value for key, value in sent.items() if not key.startswith(_SYSTEM)}


def found(all_tags: Mapping[str, str]) -> dict[str, str]:
    """What AWS holds, without its own tags."""
    return {key: value for key, value in all_tags.items() if not key.startswith(_SYSTEM)}


def own(all_tags: Mapping[str, str], defaults: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """`tags`: all but the defaults; a key that the resource gives itself stays, whatever the defaults say."""
    return {key: value for key, value in all_tags.items() if key in given or defaults.get(key) != value}
