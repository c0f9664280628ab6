"""Items as they travel, by chance, with a model of what each means; and a table in memory."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from hypothesis import strategies as st

from strongroom.aws.errors import FailedError
from strongroom.aws.tables import Page, Segment
from strongroom.evidence.items.keys import TableKeys
from strongroom.facts.items import Item, Value

texts = st.text(max_size=6) | st.sampled_from(["", "caf\u00e9", "cafe\u0301", "1", "N1e0;", "S1:a"])


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A number in any spelling: zeroes before and behind, a point anywhere, an exponent, a sign."""
    digits = draw(st.text("0123456789", min_size=1, max_size=38))
    place = draw(st.integers(0, len(digits)))
    power = draw(st.sampled_from(["", "e0", "E+3", "e-20", "E80"]))
    zeroes = draw(st.sampled_from(["", "00"]))
    sign = draw(st.sampled_from(["", "-", "+"]))
    point = draw(st.booleans())
    return f"{sign}{zeroes}{digits[:place]}{'.' if point else ''}{digits[place:]}{power}"


def exact(number: str) -> Decimal:
    return Decimal(number)


def _set_of(tag: str, members: st.SearchStrategy[str] | st.SearchStrategy[bytes]) -> st.SearchStrategy[Value]:
    def meaning(member: object) -> object:
        return exact(member) if tag == "NS" and isinstance(member, str) else member

    return st.lists(cast("st.SearchStrategy[object]", members), min_size=1, max_size=4, unique_by=meaning).map(
        lambda held: {tag: held}
    )


def _scalars() -> st.SearchStrategy[Value]:
    return st.one_of(
        texts.map(lambda held: {"S": held}),
        numbers().map(lambda held: {"N": held}),
        st.binary(max_size=4).map(lambda held: {"B": held}),
        st.booleans().map(lambda held: {"BOOL": held}),
        st.just({"NULL": True}),
        _set_of("SS", texts),
        _set_of("NS", numbers()),
        _set_of("BS", st.binary(max_size=3)),
    )


values: st.SearchStrategy[Value] = st.recursive(
    _scalars(),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda held: {"L": held})
        | st.dictionaries(texts, inner, max_size=3).map(lambda held: {"M": held})
    ),
    max_leaves=6,
)
items: st.SearchStrategy[Item] = st.dictionaries(texts, values, max_size=4)


def meaning(value: Value) -> object:
    """What a value means, by Python's own exact types; two values are equal exactly when their meanings are."""
    ((kind, held),) = value.items()
    match kind:
        case "N":
            return kind, exact(cast("str", held))
        case "NS":
            return kind, frozenset(exact(member) for member in cast("list[str]", held))
        case "SS" | "BS":
            return kind, frozenset(cast("list[object]", held))
        case "L":
            return kind, tuple(meaning(element) for element in cast("list[Value]", held))
        case "M":
            return kind, meaning_of(cast("Item", held))
        case _:
            return kind, held


def meaning_of(item: Item) -> frozenset[tuple[str, object]]:
    return frozenset((name, meaning(value)) for name, value in item.items())


def respelled(value: Value) -> Value:
    """The same value in other words: order of maps and sets turned, base64 for bytes, numbers with an exponent."""
    ((kind, held),) = value.items()
    match kind:
        case "N":
            return {kind: _spelled(cast("str", held))}
        case "B":
            return {kind: base64.b64encode(cast("bytes", held)).decode()}
        case "NS":
            return {kind: [_spelled(member) for member in reversed(cast("list[str]", held))]}
        case "SS":
            return {kind: cast("list[object]", held)[::-1]}
        case "BS":
            return {kind: [base64.b64encode(member).decode() for member in reversed(cast("list[bytes]", held))]}
        case "L":
            return {kind: [respelled(element) for element in cast("list[Value]", held)]}
        case "M":
            return {kind: respelled_item(cast("Item", held))}
        case _:
            return value


def respelled_item(item: Item) -> Item:
    return {name: respelled(item[name]) for name in reversed(list(item))}


def _spelled(number: str) -> str:
    return f"{exact(number):E}"


@dataclass
class FakeTables:
    """Tables in memory, by name; a page holds few items, and every second page none."""

    tables: Mapping[str, Sequence[Item]]
    keys: TableKeys = field(default_factory=lambda: TableKeys("id"))
    page_items: int = 3
    broken: int | None = None
    """Number of the segment whose second page cannot be read."""
    asked: list[tuple[Segment, Item | None]] = field(default_factory=list[tuple[Segment, Item | None]])

    def page(self, segment: Segment, after: Item | None) -> Page:
        self.asked.append((segment, after))
        if after is not None and segment.number == self.broken:
            raise FailedError("reading: the answer cannot be understood")
        mine = [item for number, item in enumerate(self.tables[segment.table]) if number % segment.of == segment.number]
        if after is None:
            return Page([], {"id": {"N": "0"}}) if mine else Page([], None)
        begin = int(cast("str", after["id"]["N"]))
        end = begin + self.page_items
        return Page(mine[begin:end], {"id": {"N": str(end)}} if end < len(mine) else None)

    def item(self, table: str, key: Item) -> Item | None:
        return next((item for item in self.tables[table] if self.keys.of(item) == key), None)


@dataclass(frozen=True)
class Listed:
    """A list of items as a source."""

    items: Sequence[Item]
    parts: int = 1

    def read(self, part: int):
        return iter([item for number, item in enumerate(self.items) if number % self.parts == part])
