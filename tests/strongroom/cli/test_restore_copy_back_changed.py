"""`restore copy-back` while others write: what somebody changed stays theirs."""

from pathlib import Path

import pytest

from strongroom.cli.exits import Exit
from strongroom.facts.items import Item
from tests.strongroom.cli.cutting_over import NEW, OLD, act, beside, copy_back, writes
from tests.strongroom.cli.restoring import RESTORED, Counter, item


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return beside(tmp_path)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ((item("changed", paid="later"), NEW[1], NEW[2]), "changed"),
        ((*NEW, item("lost", name="Bob")), "lost"),
        ((*NEW[:2], item("young", x="2")), "young"),
        ((*NEW[:2],), "young"),
    ],
)
def test_what_was_changed_after_it_was_shown_is_left_alone_and_told(
    counter: Counter, now: tuple[Item, ...], left: str
) -> None:
    act(counter, lambda: counter.hold(*now))
    expected = {str(one["passId"]["S"]): one for one in now}.get(left)
    assert copy_back(counter, all=True, delete_extra=True) is Exit.PARTIAL
    assert counter.held().get(left) == expected
    assert f'error: {{"passId":{{"S":"{left}"}}}} changed since, left alone' in counter.err.getvalue()
    assert writes(counter) == 2, "the others are written"


def test_what_is_changed_between_the_look_and_the_write_is_left_alone_by_the_condition(counter: Counter) -> None:
    later = (item("changed", paid="later"), *NEW[1:])
    looks = counter.sessions.tables("strongroom-prod")

    class Racing(type(looks)):
        """Somebody writes after each look."""

        def item(self, table: str, key: Item) -> Item | None:
            found = super().item(table, key)
            if counter.questions and table == RESTORED:
                counter.hold(*later)
            return found

    counter.sessions.tables = lambda _: Racing(looks.aws, looks.account)  # type: ignore[method-assign]
    (counter.folder / "keys").write_text('{"passId":{"S":"changed"}}')
    assert copy_back(counter, keys=Path("keys")) is Exit.PARTIAL
    assert counter.held()["changed"] == later[0]
    assert writes(counter) == 1
    counter.sessions.tables = lambda _: looks  # type: ignore[method-assign]
    assert copy_back(counter, keys=Path("keys")) is Exit.OK
    assert counter.held()["changed"] == OLD[0], "it was shown once more as it is now"


def test_an_item_that_left_the_restored_table_is_told(counter: Counter) -> None:
    act(counter, lambda: counter.hold(*OLD[:1], *OLD[2:], name=RESTORED))
    assert copy_back(counter) is Exit.PARTIAL
    assert "gone from the restored table" in counter.err.getvalue()


def test_an_item_too_wide_for_a_condition_is_told_and_left_alone(counter: Counter) -> None:
    wide = item("changed", **{f"a{number}": "1" for number in range(139)})
    counter.hold(wide, *NEW[1:])
    assert copy_back(counter, all=True) is Exit.PARTIAL
    assert counter.held()["changed"] == wide
    assert "too many attributes" in counter.err.getvalue()


def test_an_item_as_wide_as_a_condition_goes_is_written(counter: Counter) -> None:
    counter.hold(item("changed", **{f"a{number}": "1" for number in range(138)}), *NEW[1:])
    assert copy_back(counter, all=True) is Exit.OK
    assert counter.held()["changed"] == OLD[0]
