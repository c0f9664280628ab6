"""Tells which settings of a resource a change makes worse. What stands in a setting is never told, only its path."""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, cast

from strongroom.gate import statements
from strongroom.gate.pairs import Pair, pairs
from strongroom.gate.preview import State, Step
from strongroom.gate.setting import Setting, Way
from strongroom.gate.settings import SETTINGS
from strongroom.gate.values import Hidden

_SECRET: Final = "is secret, so that nobody can tell whether it would become worse"  # noqa: S105 - a sentence
_UNKNOWN: Final = "would become what is known only during `pulumi up`"
_NO_DOCUMENT: Final = "would become something else, and is no policy document that can be compared"
_IGNORED: Final = "would no longer follow the program"


def weakenings(step: Step, token: str) -> dict[str, str]:
    """What a step makes worse: for each path, what would happen to it.

    Args:
        step: A step that has both states.
        token: The resource's type.
    """
    old, new = step.old_state, step.new_state
    if old is None or new is None:
        return {}
    settings = SETTINGS.get(token, ())
    found = dict(_ignored(settings, old, new))
    for setting in settings:
        for pair in pairs(setting.path, old.inputs, new.inputs):
            says = _worse(setting, pair, _changed(step))
            if says:
                found.setdefault(pair.path, says)
    return found


def _changed(step: Step) -> frozenset[str]:
    """Properties of the first level that the provider says differ."""
    paths = (*step.diff_reasons, *(step.detailed_diff or {}))
    return frozenset(path.partition(".")[0].partition("[")[0] for path in paths)


def _ignored(settings: Sequence[Setting], old: State, new: State) -> Iterator[tuple[str, str]]:
    """What the program says of an ignored property reaches AWS no more."""
    roots = {_root(setting.path) for setting in settings}
    for path in sorted(set(new.ignore_changes) - set(old.ignore_changes)):
        if _root(path) in roots or path.startswith("*"):
            yield f"ignoreChanges[{_root(path)}]", _IGNORED


def _root(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def _worse(setting: Setting, pair: Pair, changed: frozenset[str]) -> str | None:
    if pair.gone:
        return "would go"
    if isinstance(pair.old, Hidden) or isinstance(pair.new, Hidden):
        return _hidden(setting, pair, changed)
    old = setting.absent if pair.old is None else pair.old
    new = setting.absent if pair.new is None else pair.new
    if setting.good is not None and old != setting.good:
        return None
    if setting.way is Way.CHANGED and _holds_secret(new) and old == new and _root(pair.path) in changed:
        return _SECRET
    return _WAYS[setting.way](old, new)


def _hidden(setting: Setting, pair: Pair, changed: frozenset[str]) -> str | None:
    """A value that was nothing loses nothing by becoming something, except where more is worse."""
    was_nothing = pair.old is None and setting.absent is None and setting.way not in (Way.LONGER, Way.CHANGED)
    if (
        was_nothing
        or _says_nothing(setting.way, pair.old)
        or (pair.old is pair.new and _root(pair.path) not in changed)
    ):
        return None
    return _UNKNOWN if pair.new is Hidden.UNKNOWN else _SECRET


def _holds_secret(value: object) -> bool:
    if isinstance(value, dict):
        return any(_holds_secret(one) for one in cast("Mapping[str, object]", value).values())
    if isinstance(value, list):
        return any(_holds_secret(one) for one in cast("list[object]", value))
    return isinstance(value, Hidden)


def _on(value: object) -> bool:
    return value is True or value == "true"


def _number(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, int | float | str) else math.nan
    except (ValueError, OverflowError):
        return None
    return None if math.isnan(number) else number


def _off_now(old: object, new: object) -> str | None:
    return Way.OFF.value if _on(old) and not _on(new) else None


def _on_now(old: object, new: object) -> str | None:
    return Way.ON.value if _on(new) and not _on(old) else None


def _less(old: object, new: object) -> str | None:
    before, after = _number(old), _number(new)
    return Way.LESS.value if before is not None and (after is None or after < before) else None


def _more(old: object, new: object) -> str | None:
    before, after = _number(old), _number(new)
    return Way.MORE.value if before is not None and (after is None or after > before) else None


def _other(old: object, new: object) -> str | None:
    return Way.OTHER.value if old is not None and old != new else None


def _another(old: object, new: object) -> str | None:
    return Way.ANOTHER.value if old is not None and new is not None and old != new else None


def _changed_at_all(old: object, new: object) -> str | None:
    return Way.CHANGED.value if old != new and _meaning(old) != _meaning(new) else None


def _meaning(value: object) -> object:
    """An object that is written as text, without its order; a key that stands twice is kept twice."""
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    try:
        return json.loads(value, object_pairs_hook=lambda pairs: sorted(pairs, key=repr))
    except (ValueError, RecursionError):
        return value


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _fewer(old: object, new: object) -> str | None:
    after = _list(new)
    return Way.FEWER.value if any(entry not in after for entry in _list(old)) else None


def _longer(old: object, new: object) -> str | None:
    before = _list(old)
    return Way.LONGER.value if any(entry not in before for entry in _list(new)) else None


def _undenied(old: object, new: object) -> str | None:
    return _narrowed(Way.UNDENIED, old, new)


def _unallowed(old: object, new: object) -> str | None:
    return _narrowed(Way.UNALLOWED, old, new)


def _narrowed(way: Way, old: object, new: object) -> str | None:
    if old is None or _meaning(old) == _meaning(new):
        return None
    try:
        return way.value if _STATEMENTS[way](_text(old), _text(new)) else None
    except statements.NoDocumentError:
        return _NO_DOCUMENT


def _says_nothing(way: Way, document: object) -> bool:
    """Whether a document has no statement that could be lost."""
    try:
        return way in _STATEMENTS and isinstance(document, str) and not _STATEMENTS[way](document, "{}")
    except statements.NoDocumentError:
        return False


def _text(document: object) -> str:
    return document if isinstance(document, str) else json.dumps(document)


_STATEMENTS: Final = {Way.UNDENIED: statements.undenied, Way.UNALLOWED: statements.unallowed}
_WAYS: Final[Mapping[Way, Callable[[object, object], str | None]]] = {
    Way.OFF: _off_now,
    Way.ON: _on_now,
    Way.LESS: _less,
    Way.MORE: _more,
    Way.OTHER: _other,
    Way.ANOTHER: _another,
    Way.CHANGED: _changed_at_all,
    Way.FEWER: _fewer,
    Way.LONGER: _longer,
    Way.UNDENIED: _undenied,
    Way.UNALLOWED: _unallowed,
}
