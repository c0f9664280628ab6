from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rehearsal.emulator.services.dynamodb.journal import Change, Items, items_at, net_changes

Writes = list[tuple[int, tuple[str, str], int | None]]
"""Instant, key, and the value that is put; None: the item is removed."""

writes = st.lists(
    st.tuples(
        st.integers(0, 9), st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), st.none() | st.integers(0, 3)
    ),
    max_size=30,
).map(lambda made: sorted(made, key=lambda one: one[0]))
instants = st.integers(-1, 10)


def _played(made: Writes) -> tuple[Items, list[Change]]:
    """Return the items after all writes, and the journal of them."""
    items, changes = Items(), list[Change]()
    for at, (partition, sort), value in made:
        held = items.setdefault(partition, {})
        changes.append(Change(at, (partition, sort), held.pop(sort, None)))
        if value is not None:
            held[sort] = _item(value)
        if not held:
            del items[partition]
    return items, changes


def _item(value: int) -> dict[str, Any]:
    return {"value": {"N": str(value)}}


@given(writes, instants)
def test_the_items_at_an_instant_are_those_that_its_writes_made(made: Writes, instant: int) -> None:
    items, changes = _played(made)
    wanted, _ = _played([one for one in made if one[0] <= instant])
    assert items_at(items, changes, instant) == wanted


@given(writes, instants)
def test_the_present_items_stay_as_they_are(made: Writes, instant: int) -> None:
    items, changes = _played(made)
    items_at(items, changes, instant)
    list(net_changes(items, changes, instant, 9))
    assert items == _played(made)[0]


@given(writes, instants, instants)
def test_the_net_changes_lead_from_the_state_before_a_span_to_the_state_after_it(
    made: Writes, start: int, end: int
) -> None:
    items, changes = _played(made)
    before, _ = _played([one for one in made if one[0] < start])
    after, _ = _played([one for one in made if one[0] < end])
    net = list(net_changes(items, changes, start, end))
    for one in net:
        partition, sort = one.key
        assert one.before == before.get(partition, {}).get(sort)
        assert one.after == after.get(partition, {}).get(sort)
        assert start <= one.at < end
    written = {key for at, key, _ in made if start <= at < end}
    gone = {key for key in written if not any(key[1] in state.get(key[0], {}) for state in (before, after))}
    assert {one.key for one in net} == written - gone


@given(writes, instants)
def test_older_changes_do_no_harm(made: Writes, instant: int) -> None:
    items, changes = _played(made)
    later = [change for change in changes if change.at > instant]
    assert items_at(items, later, instant) == items_at(items, changes, instant)
