"""`restore copy-back`: what is written, and what never is."""

import json
from pathlib import Path

import pytest

from strongroom.cli.exits import Exit
from strongroom.cli.faults import RefusedError, UsageError
from strongroom.recovery.errors import RequestError
from tests.strongroom.cli.cutting_over import NEW, OLD, act, beside, copy_back, diff, point_to, writes
from tests.strongroom.cli.restoring import PASSES, PROD, Counter, item


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return beside(tmp_path)


def test_by_default_only_what_is_missing_is_written(counter: Counter) -> None:
    assert copy_back(counter) is Exit.OK
    assert counter.held() == {"lost": OLD[1], "changed": NEW[0], "same": NEW[1], "young": NEW[2]}
    assert (writes(counter), len(counter.questions)) == (1, 1)
    shown = counter.out.getvalue()
    assert shown.index("missing 1, different 1, extra 1") < shown.index("written 1, deleted 0")


def test_all_writes_what_is_different_as_well_and_deletes_nothing(counter: Counter) -> None:
    assert copy_back(counter, all=True) is Exit.OK
    assert counter.held() == {"lost": OLD[1], "changed": OLD[0], "same": OLD[2], "young": NEW[2]}


def test_extra_items_are_deleted_only_when_that_is_said(counter: Counter) -> None:
    assert copy_back(counter, all=True, delete_extra=True) is Exit.OK
    assert counter.held() == {str(one["passId"]["S"]): one for one in OLD}
    assert diff(counter) is Exit.OK
    assert "written 2, deleted 1" in counter.out.getvalue()


def test_a_file_of_keys_says_which(counter: Counter) -> None:
    (counter.folder / "keys").write_text('{"passId":{"S":"changed"}}\n\n')
    assert copy_back(counter, keys=Path("keys")) is Exit.OK
    assert counter.held() == {"changed": OLD[0], "same": NEW[1], "young": NEW[2]}


@pytest.mark.parametrize("line", ['{"passId":{"S":"same"}}', '{"passId":{"S":"young"}}', '{"passId":{"S":"nobody"}}'])
def test_fails_for_a_key_that_is_not_to_be_written(counter: Counter, line: str) -> None:
    (counter.folder / "keys").write_text(line)
    with pytest.raises(RequestError, match="not missing or different"):
        copy_back(counter, keys=Path("keys"))
    assert writes(counter) == 0


@pytest.mark.parametrize("line", ["changed", "[]", '{"passId":"changed"}', '{"passId":{"S":1}}'])
def test_fails_for_a_line_that_is_no_key(counter: Counter, line: str) -> None:
    (counter.folder / "keys").write_text(f'{{"passId":{{"S":"lost"}}}}\n{line}\n')
    with pytest.raises(RequestError, match="--keys keys, line 2 must be a key"):
        copy_back(counter, keys=Path("keys"))


def test_fails_for_two_ways_of_choosing_and_for_a_file_that_is_not_there(counter: Counter) -> None:
    with pytest.raises(UsageError, match="give one of"):
        copy_back(counter, all=True, only_missing=True)
    with pytest.raises(UsageError, match="cannot be read"):
        copy_back(counter, keys=Path("nothing"))


@pytest.mark.parametrize("typed", ["", "y", PROD])
def test_fails_when_nobody_typed_what_had_to_be_typed(counter: Counter, typed: str) -> None:
    counter.typed = typed
    for run in (copy_back, point_to):
        with pytest.raises(RefusedError):
            run(counter)
    assert (writes(counter), counter.aws.wire.count("parameters.put")) == (0, 0)


def test_a_dry_run_shows_the_difference_and_writes_nothing(counter: Counter) -> None:
    assert copy_back(counter, all=True, dry_run=True) is Exit.OK
    assert f"to be written into {PASSES}: 2; to be deleted: 0" in counter.out.getvalue()
    assert (writes(counter), counter.questions) == (0, [])


def test_equal_tables_need_no_question(counter: Counter) -> None:
    counter.hold(*OLD)
    assert copy_back(counter, all=True) is Exit.OK
    assert (writes(counter), counter.questions) == (0, [])


def test_scripts_get_one_document_of_a_copy_back(counter: Counter) -> None:
    act(counter, lambda: counter.hold(item("changed", paid="later"), *NEW[1:]))
    assert copy_back(counter, all=True, as_json=True) is Exit.PARTIAL
    said = json.loads(counter.out.getvalue())
    assert (said["written"], said["deleted"], said["exit"]) == (1, 0, 3)
    assert said["left"] == {"changed since, left alone": ['{"passId":{"S":"changed"}}']}
