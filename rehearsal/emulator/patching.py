"""How MiniStack is changed: a change names what it replaces and the source that was read, else it is refused."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, update_wrapper
from hashlib import sha256
from typing import Any, Final

from rehearsal.emulator import door

Replacement = Callable[..., Any]


class UnsupportedMiniStackError(Exception):
    """MiniStack is not the one that was read."""


@dataclass(frozen=True)
class Patch:
    """One change."""

    name: str
    """`module:function` or `module:table[key]`, the module without the leading `ministack.`."""
    read: str | None
    """Hash of the source that was read; None for an entry that MiniStack does not have."""
    replacement: Any
    also: tuple[str, ...] = ()
    """Modules that imported the function by name and get the replacement too."""


PATCHES: Final[list[Patch]] = []


def replaces(name: str, *, read: str, also: tuple[str, ...] = ()) -> Callable[[Replacement], Replacement]:
    """Put the decorated function in the place of `name`; it gets the original as its first argument."""

    def listed(replacement: Replacement) -> Replacement:
        PATCHES.append(Patch(name, read, replacement, also))
        return replacement

    return listed


def adds(name: str, entry: Any) -> None:
    """Add an entry to a table of MiniStack's."""
    PATCHES.append(Patch(name, None, entry))


def digest(original: object) -> str:
    """Return the hash by which a patch names the source that was read."""
    return sha256(inspect.getsource(original).encode()).hexdigest()[:16]  # type: ignore[arg-type]


def install() -> None:
    """Check every patch, then apply all.

    Raises:
        UnsupportedMiniStackError: The version or the source of a patched function is not what was read.
    """
    if door.installed() != door.VERSION:
        raise UnsupportedMiniStackError(f"unsupported MiniStack: version {door.installed()}, read was {door.VERSION}")
    for patch in PATCHES:
        _check(patch)
    for patch in PATCHES:
        _apply(patch)


def _check(patch: Patch) -> None:
    place = _Place.of(patch.name)
    if patch.read is None:
        if place.has():
            raise UnsupportedMiniStackError(f"unsupported MiniStack: {patch.name} exists, it did not when it was read")
    elif not place.has() or digest(place.get()) != patch.read:
        raise UnsupportedMiniStackError(f"unsupported MiniStack: {patch.name} is not what was read")


def _apply(patch: Patch) -> None:
    place = _Place.of(patch.name)
    if patch.read is None:
        place.put(patch.replacement)
        return
    original = place.get()
    replacement = update_wrapper(partial(patch.replacement, original), original)
    place.put(replacement)
    for other in patch.also:
        setattr(door.module(other), place.last, replacement)


@dataclass(frozen=True)
class _Place:
    """Where a name points: an attribute of a module, or an entry of a table there."""

    holder: Any
    last: str
    is_entry: bool

    @classmethod
    def of(cls, name: str) -> "_Place":
        module_name, _, path = name.partition(":")
        module = holder = door.module(module_name)
        attribute, *keys = path.replace("]", "").split("[")
        for key in keys:
            holder = getattr(holder, attribute) if holder is module else holder[attribute]
            attribute = key
        return cls(holder, attribute, bool(keys))

    def has(self) -> bool:
        return self.last in self.holder if self.is_entry else hasattr(self.holder, self.last)

    def get(self) -> Any:
        return self.holder[self.last] if self.is_entry else getattr(self.holder, self.last)

    def put(self, value: Any) -> None:
        if self.is_entry:
            self.holder[self.last] = value
        else:
            setattr(self.holder, self.last, value)
