"""How many bytes an item has as DynamoDB counts them, quickly: every backup of a table counts all of its items.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html (read 2026-11-22).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

Value = Mapping[str, Any]
"""An attribute value as DynamoDB JSON has it: one type and what it holds."""
Item = Mapping[str, Value]

_CONTAINER_BYTES: Final = 3
"""What a list or a map costs besides its elements, each of which costs one more byte."""


def item_bytes(item: Item) -> int:
    """Return the size of an item, names and values."""
    return sum([_text(name) for name in item]) + sum([_value(value) for value in item.values()])


def items_bytes(items: Iterable[Item]) -> int:
    """Return the size of many items."""
    return sum(map(item_bytes, items))


def _value(value: Value) -> int:
    ((kind, held),) = value.items()
    return _SIZES[kind](held)


def _text(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def _number(text: str) -> int:
    digits = text.lstrip("-0.").partition("E")[0].replace(".", "").rstrip("0")
    return 1 + (len(digits) + 1) // 2 + text.startswith("-")


def _binary(base64: str) -> int:
    return len(base64) * 3 // 4 - base64.count("=", -2)


def _flag(_: bool) -> int:
    return 1


def _list(values: list[Value]) -> int:
    return _CONTAINER_BYTES + sum([1 + _value(value) for value in values])


def _map(values: Item) -> int:
    return _CONTAINER_BYTES + sum([1 + _text(name) + _value(value) for name, value in values.items()])


def _set_of(size: Callable[[str], int]) -> Callable[[list[str]], int]:
    return lambda values: sum(map(size, values))


_SIZES: Final[dict[str, Callable[[Any], int]]] = {
    "S": _text,
    "N": _number,
    "B": _binary,
    "BOOL": _flag,
    "NULL": _flag,
    "L": _list,
    "M": _map,
    "SS": _set_of(_text),
    "NS": _set_of(_number),
    "BS": _set_of(_binary),
}
