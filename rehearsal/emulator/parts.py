"""Entries that hold a dictionary of their own (a table its items, a bucket its objects), saved entry by entry."""

from collections.abc import Iterator
from typing import Any

from rehearsal.emulator.stores import Store


class Inner(Store):
    """The dictionary inside an entry; MiniStack's tables expect a missing key to give an empty dictionary."""

    def __missing__(self, key: Any) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        self[key] = made
        return made

    def __deepcopy__(self, memo: dict[int, Any]) -> "Inner":
        return Inner(super().__deepcopy__(memo))


class Whole(Store):
    """A store that is saved without the dictionaries inside its entries.

    Args:
        entries: What it holds.
        part: Key of the dictionary inside each entry.
    """

    def __init__(self, entries: dict[Any, Any], part: str) -> None:
        super().__init__(entries)
        self.part = part

    def inner(self, key: Any) -> Any:
        """Return the dictionary inside an entry."""
        return super().peek(key)[self.part]

    def replace_inner(self, key: Any, inner: Inner) -> None:
        """Put a dictionary inside an entry."""
        super().peek(key)[self.part] = inner

    def peek(self, key: Any) -> Any:
        """Return an entry without its part."""
        return {**super().peek(key), self.part: None}

    def restore(self, key: Any, value: Any) -> None:
        """Put an entry back around the part that is there."""
        value[self.part] = self.inner(key) if key in self else Inner({})
        super().restore(key, value)


class Parts:
    """The entries of all dictionaries inside a Whole; a key is the outer key and the inner one.

    Args:
        whole: The outer store.
    """

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._known: dict[Any, Inner] = {}

    def take_noticed(self) -> set[Any]:
        """Return the keys of entries that may have changed; all of a dictionary that is new, was swapped or is gone."""
        noticed: set[Any] = set()
        for outer in self._known.keys() - set(self._whole):
            noticed.update((outer, key) for key in self._known.pop(outer))
        for outer in list(self._whole):
            inner = self._whole.inner(outer)
            known = self._known.get(outer)
            if inner is not known:
                inner = self._know(outer, inner)
                noticed.update((outer, key) for key in [*inner, *(known or ())])
            noticed.update((outer, key) for key in inner.take_noticed())
        return noticed

    def peek(self, key: Any) -> Any:
        """Return an entry without handing it out."""
        return self._whole.inner(key[0]).peek(key[1])

    def restore(self, key: Any, value: Any) -> None:
        """Put an entry back; the outer one is there already."""
        self._whole.inner(key[0]).restore(key[1], value)

    def drop(self, key: Any) -> None:
        """Take an entry out, if it is there."""
        if key in self:
            self._whole.inner(key[0]).drop(key[1])

    def __contains__(self, key: Any) -> bool:
        return key[0] in self._whole and key[1] in self._whole.inner(key[0])

    def __iter__(self) -> Iterator[Any]:
        return ((outer, key) for outer in list(self._whole) for key in list(self._whole.inner(outer)))

    def _know(self, outer: Any, inner: dict[Any, Any]) -> Inner:
        self._known[outer] = inner if isinstance(inner, Inner) else Inner(inner)
        self._whole.replace_inner(outer, self._known[outer])
        return self._known[outer]
