"""`restore diff`: what is shown, and what never is."""

import json
from pathlib import Path

import pytest

from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.table_state import KeyPart
from strongroom.aws.tables import Page, Segment
from strongroom.cli.exits import Exit
from strongroom.facts.items import Item
from strongroom.recovery.errors import GuardError, RequestError
from tests.strongroom.aws.memory_accounts import Content
from tests.strongroom.cli.cutting_over import OLD, beside, copy_back, diff, point_to, writes
from tests.strongroom.cli.restoring import PASSES, RESTORED, Counter, item


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return beside(tmp_path)


def test_counts_come_first_and_keys_after_them_and_never_a_value(counter: Counter) -> None:
    assert diff(counter) is Exit.MISMATCH
    assert counter.out.getvalue().splitlines() == [
        f"table {PASSES}: 3 items; table {RESTORED}: 3 items",
        "missing 1, different 1, extra 1",
        'missing {"passId":{"S":"lost"}}',
        'different {"passId":{"S":"changed"}}',
        'extra {"passId":{"S":"young"}}',
    ]
    assert "Ada" not in counter.out.getvalue() + counter.err.getvalue()
    assert writes(counter) == 0


def test_values_are_printed_for_whoever_asks_for_them(counter: Counter) -> None:
    diff(counter, show_values=True)
    assert f'  {RESTORED}: {{"name":{{"S":"Ada"}},"passId":{{"S":"lost"}}}}' in counter.out.getvalue()
    assert f"  {PASSES}: no item" in counter.out.getvalue()


def test_equal_tables_are_equal(counter: Counter) -> None:
    counter.hold(*reversed(OLD))
    assert diff(counter) is Exit.OK
    assert "missing 0, different 0, extra 0" in counter.out.getvalue()


def test_only_the_first_keys_are_told_and_the_rest_counted(counter: Counter) -> None:
    counter.hold(*(item(f"{number:03}") for number in range(30)), *OLD)
    diff(counter, first=2)
    assert 'extra {"passId":{"S":"001"}}' in counter.out.getvalue()
    assert 'extra {"passId":{"S":"002"}}' not in counter.out.getvalue()
    assert "extra: 28 more" in counter.out.getvalue()


def test_scripts_get_one_document_without_values(counter: Counter) -> None:
    assert diff(counter, as_json=True) is Exit.MISMATCH
    said = json.loads(counter.out.getvalue())
    assert (said["counts"], said["exit"]) == ({"missing": 1, "different": 1, "extra": 1}, 4)
    assert said["keys"]["missing"] == ['{"passId":{"S":"lost"}}']
    assert "values" not in said


def test_more_differences_than_are_remembered_are_no_success(counter: Counter) -> None:
    many = [item(f"{number:03}") for number in range(40)]
    counter.hold(*many, *OLD, name=RESTORED)
    assert diff(counter, remember=1) is Exit.MISMATCH
    assert "there are more, of which nothing is known" in counter.out.getvalue()
    assert copy_back(counter, all=True, remember=1) is Exit.PARTIAL
    assert "give a greater --remember" in counter.err.getvalue()
    assert len(counter.held()) < 44
    assert copy_back(counter, all=True, remember=43) is Exit.OK
    assert len(counter.held()) == 44


def test_fails_when_the_table_is_written_while_it_is_compared(counter: Counter) -> None:
    reading = counter.sessions.tables("strongroom-prod")

    class Written(type(reading)):
        """Somebody makes the tables equal between the first reading and the second."""

        def page(self, segment: Segment, after: Item | None) -> Page:
            if counter.aws.wire.count("tables.page") >= 16:
                counter.hold(*OLD)
            return super().page(segment, after)

    counter.sessions.tables = lambda _: Written(reading.aws, reading.account)  # type: ignore[method-assign]
    with pytest.raises(FailedError, match="compare again when nobody writes"):
        diff(counter)


def test_fails_when_an_item_cannot_be_understood(counter: Counter) -> None:
    counter.hold({"passId": {"S": "a"}, "n": {"N": "NaN"}})
    with pytest.raises(FailedError, match=f"comparing {PASSES} with {RESTORED}"):
        diff(counter)


@pytest.mark.parametrize("status", ["CREATING", "DELETING"])
def test_fails_when_a_table_cannot_be_read_yet(counter: Counter, status: str) -> None:
    counter.table(RESTORED).busy = (status, counter.aws.clock.now().replace(year=2027))
    with pytest.raises(GuardError, match=status):
        diff(counter)


def test_fails_when_the_restored_table_is_not_there_or_the_same(counter: Counter) -> None:
    with pytest.raises(NotThereError, match="there is no table other"):
        diff(counter, restored="other")
    with pytest.raises(RequestError, match="another table"):
        diff(counter, restored=PASSES)


def test_fails_when_the_keys_are_others(counter: Counter) -> None:
    counter.table(RESTORED).content = Content((), (KeyPart("other", "HASH", "S"),))
    for run in (diff, copy_back, point_to):
        with pytest.raises(GuardError, match=r"has the key other \(S\)"):
            run(counter)
    assert writes(counter) == 0


def test_fails_when_a_page_cannot_be_read_and_never_takes_it_for_an_empty_one(counter: Counter) -> None:
    counter.aws.wire.trouble(5, FailedError("cut off"), operation="tables.page")
    with pytest.raises(FailedError, match="cut off"):
        diff(counter)
