"""Texts that should be JSON are read without an exception, whatever they are."""

import pytest
from strongroom_policies.properties import UNKNOWN, NotKnownError, Properties

DEEP = "[" * 100_000
MALFORMED = ["", "[", "null", "{}", "7", DEEP]


@pytest.mark.parametrize("text", MALFORMED, ids=range(len(MALFORMED)))
def test_a_list_that_is_no_json_counts_as_not_said(text: str) -> None:
    assert Properties({"ids": text}).listed("ids") == ()


@pytest.mark.parametrize("ids", ['["1", "2"]', "[1, 2]", ["1", "2"]], ids=str)
def test_a_list_is_read_whether_it_is_written_as_json_or_not(ids: object) -> None:
    assert Properties({"ids": ids}).listed("ids") == ("1", "2")


@pytest.mark.parametrize("ids", [UNKNOWN, ["1", UNKNOWN]], ids=["the list", "one of it"])
def test_fails_when_a_list_is_unknown(ids: object) -> None:
    with pytest.raises(NotKnownError):
        Properties({"ids": ids}).listed("ids")


@pytest.mark.parametrize("text", ["", "{", "[]", DEEP], ids=range(4))
def test_an_object_that_is_no_json_is_empty(text: str) -> None:
    assert list(Properties({"policy": text}).json("policy")) == []


@pytest.mark.parametrize(("said", "read"), [(35, 35), (35.0, 35), ("35", 35), ("-1", -1), ("soon", None), (True, None)])
def test_a_number_is_read_also_as_a_text(said: object, read: int | None) -> None:
    assert Properties({"days": said}).number("days") == read


@pytest.mark.parametrize(("said", "on"), [(True, True), ("true", True), (False, False), ("false", False), (1, False)])
def test_a_flag_is_read_also_as_a_text(said: object, on: bool) -> None:
    assert Properties({"wanted": said}).flag("wanted") is on
