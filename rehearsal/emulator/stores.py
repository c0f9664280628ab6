"""Dictionaries that notice which of their entries may have changed, so that only those are looked at and saved."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Protocol

from rehearsal.emulator.request import CALL, reads_only


class Keeping(Protocol):
    """What can be saved and restored entry by entry."""

    def take_noticed(self) -> set[Any]:
        """Return the keys of entries that may have changed since the last call."""
        ...

    def peek(self, key: Any) -> Any:
        """Return an entry without handing it out to whoever might change it."""
        ...

    def restore(self, key: Any, value: Any) -> None:
        """Put an entry back as it was saved."""
        ...

    def drop(self, key: Any) -> None:
        """Take an entry out, if it is there."""
        ...

    def __contains__(self, key: Any, /) -> bool: ...

    def __iter__(self) -> Iterator[Any]: ...


class Store(dict[Any, Any]):
    """A dictionary that notes each entry that was changed or handed out: whoever has an entry can change it."""

    def __init__(self, entries: dict[Any, Any]) -> None:
        super().__init__(entries)
        self._noticed: set[Any] = set()

    def take_noticed(self) -> set[Any]:
        """Return the keys of entries that may have changed since the last call."""
        noticed, self._noticed = self._noticed, set()
        return noticed

    def peek(self, key: Any) -> Any:
        """Return an entry without handing it out to whoever might change it."""
        return super().__getitem__(key)

    def restore(self, key: Any, value: Any) -> None:
        """Put an entry back as it was saved."""
        super().__setitem__(key, value)

    def drop(self, key: Any) -> None:
        """Take an entry out, if it is there."""
        super().pop(key, None)

    def __getitem__(self, key: Any) -> Any:
        self._hand_out(key)
        return super().__getitem__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        """Hand out an entry."""
        self._hand_out(key)
        return super().get(key, default)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._noticed.add(key)
        super().__setitem__(key, value)

    def __delitem__(self, key: Any) -> None:
        self._noticed.add(key)
        super().__delitem__(key)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Hand out an entry, made when absent."""
        self._noticed.add(key)
        return super().setdefault(key, default)

    def pop(self, key: Any, *default: Any) -> Any:
        """Take an entry out."""
        self._noticed.add(key)
        return super().pop(key, *default)

    def values(self) -> Any:
        """Hand out every entry."""
        self._hand_out(*self)
        return super().values()

    def items(self) -> Any:
        """Hand out every entry."""
        self._hand_out(*self)
        return super().items()

    def update(self, *others: Any, **more: Any) -> None:
        """Put entries in."""
        super().update(*others, **more)
        self._noticed.update(self)

    def clear(self) -> None:
        """Take every entry out."""
        self._noticed.update(self)
        super().clear()

    def _hand_out(self, *keys: Any) -> None:
        call = CALL.get()
        if call is None or not reads_only(call):
            self._noticed.update(keys)

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[Any, Any]:
        return deepcopy(dict(self), memo)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)
