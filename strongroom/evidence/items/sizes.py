"""How many bytes an item has as DynamoDB counts them, which is what its limit of 400 KB means.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html, read 2026-11-22. The
page calls its rule for numbers approximate; every other rule is exact.
"""

from collections.abc import Callable, Sequence
from typing import Final, cast

from strongroom.evidence.items import canonical, numbers
from strongroom.facts import items
from strongroom.facts.items import Item


def item_bytes(item: Item) -> int:
    """Return the size of an item, names and values, in bytes.

    The item must be well formed; `canonical.encode` says whether it is.
    """
    return sum(_text(name) + _value(value) for name, value in item.items())


def _value(attribute: object) -> int:
    ((kind, held),) = cast("dict[str, object]", attribute).items()
    return _SIZES[kind](held)


def _text(held: object) -> int:
    return len(cast("str", held).encode())


def _number(held: object) -> int:
    return 1 + (len(numbers.parts(cast("str", held)).digits) + 1) // 2


def _binary(held: object) -> int:
    return len(canonical.binary(held))


def _flag(_: object) -> int:
    return 1


def _list(held: object) -> int:
    elements = cast("Sequence[object]", held)
    return items.CONTAINER_BYTES + sum(items.ELEMENT_BYTES + _value(element) for element in elements)


def _map(held: object) -> int:
    entries = cast("Item", held)
    return items.CONTAINER_BYTES + items.ELEMENT_BYTES * len(entries) + item_bytes(entries)


def _set_of(size: Callable[[object], int]) -> Callable[[object], int]:
    return lambda held: sum(map(size, cast("Sequence[object]", held)))


_SIZES: Final[dict[str, Callable[[object], int]]] = {
    "S": _text,
    "N": _number,
    "B": _binary,
    "BOOL": _flag,
    "NULL": _flag,
    "SS": _set_of(_text),
    "NS": _set_of(_number),
    "BS": _set_of(_binary),
    "L": _list,
    "M": _map,
}
