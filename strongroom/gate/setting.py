"""How a setting is written down whose change weakens a backup although the resource itself stays."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import Final

FOR_EVER: Final = math.inf
"""Where something is kept until somebody deletes it: whatever number comes is less."""


class Way(Enum):
    """How a setting gets worse."""

    OFF = "would be switched off"
    ON = "would be switched on"
    LESS = "would become less"
    MORE = "would become more"
    OTHER = "would become something else, or nothing"
    """From the good value, where there is one."""
    ANOTHER = "would become another one"
    """Where having none is the better."""
    CHANGED = "would be changed"
    """In whatever way, from nothing and to nothing too: which way is worse, only people can tell."""
    FEWER = "would lose entries"
    LONGER = "would get more entries"
    UNDENIED = "would lose a statement that denies"
    UNALLOWED = "would no longer allow all that it allows"
    """Where whoever takes backups, copies, restores or tells of them needs to be let in."""


@dataclass(frozen=True)
class Setting:
    """One setting of a type."""

    path: str
    """Keys from the inputs on, with dots; `*` is every key. `rules[ruleName]` is a list whose entries belong together
    by that key, where an entry that goes is a loss of its own; in `rules[+id]` one that comes was nothing before."""
    way: Way
    absent: object = None
    """What AWS takes where the program says nothing. Default: nothing is known, so nothing is compared."""
    good: str | None = None
    """With `Way.OTHER`, the value that must not be left. Default: any."""


def each(way: Way, *paths: str) -> tuple[Setting, ...]:
    """Settings that get worse in the same way, of which nothing more has to be said."""
    return tuple(Setting(path, way) for path in paths)


def policy(path: str = "policy") -> tuple[Setting, ...]:
    """A policy document by which somebody is kept out, and somebody is let in."""
    return each(Way.UNDENIED, path) + each(Way.UNALLOWED, path)


Settings = tuple[Setting, ...]
ByType = dict[tuple[str, str], Settings]
"""By module and name of the type."""
