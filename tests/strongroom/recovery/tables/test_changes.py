"""In how many parts tables are compared, and how keys are written and read."""

import pytest

from strongroom.evidence.items.comparison import Limits
from strongroom.recovery.errors import RequestError
from strongroom.recovery.tables.changes import limits, read_keys, shown


@pytest.mark.parametrize(
    ("items", "parts"),
    [(0, 1_024), (512_499, 1_024), (512_500, 1_025), (8_191_999, 16_383), (8_192_000, 16_384), (10**9, 16_384)],
)
def test_a_larger_table_is_compared_in_more_parts(items: int, parts: int) -> None:
    assert limits(items, 7) == Limits(parts, 7)


def test_a_key_is_read_as_it_was_written_whatever_its_type() -> None:
    keys = [{"id": {"S": 'a "b"\n\u2028'}, "at": {"N": "1.50"}}, {"id": {"B": "/wE="}}]
    assert read_keys("\n".join(map(shown, keys)), "x") == keys


def test_bytes_are_written_as_base64_text() -> None:
    assert shown({"id": {"B": b"\xff\x01"}}) == '{"id":{"B":"/wE="}}'


def test_a_key_is_one_line_whatever_it_holds() -> None:
    assert len(shown({"id": {"S": "a\n\r\u2028\u0085\x1b[31m"}}).splitlines()) == 1


@pytest.mark.parametrize("line", ["x", "1", "{", '{"id":{"S":1}}'])
def test_fails_for_what_is_no_key(line: str) -> None:
    with pytest.raises(RequestError, match="x, line 2 must be a key"):
        read_keys(f'{{"id":{{"S":"a"}}}}\n{line}', "x")
