import gzip

import pytest

from rehearsal.emulator.services.dynamodb.import_sources import Format, UnreadableObjectError, items_of, plain

_JSON = Format("DYNAMODB_JSON")


def test_each_line_is_an_item_whatever_separators_its_text_has() -> None:
    content = '{"Item":{"id":{"S":"a\u2028b"}}}\n\n{"Item":{"id":{"S":"c"}}}'.encode()
    assert [found.item for found in items_of(content, _JSON)] == [{"id": {"S": "a\u2028b"}}, {"id": {"S": "c"}}]


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"id":{"S":"a"}}', '{"Item":1}'])
def test_a_line_that_is_no_item_is_told_with_its_number(line: str) -> None:
    found = list(items_of(b'{"Item":{}}\n' + line.encode(), _JSON))
    assert [(one.number, one.item is None, bool(one.fault)) for one in found] == [(0, False, False), (1, True, True)]


def test_csv_is_text_but_for_the_keys() -> None:
    written = Format("CSV", delimiter=";", key_types={"id": "N"})
    found = [one.item for one in items_of(b'\xef\xbb\xbfid;note;empty\n1;"a;b";\n', written)]
    assert found == [{"id": {"N": "1"}, "note": {"S": "a;b"}}]


def test_the_first_line_is_data_when_the_columns_are_named() -> None:
    written = Format("CSV", header=["id", "note"])
    assert [one.item for one in items_of(b"a,b\n", written)] == [{"id": {"S": "a"}, "note": {"S": "b"}}]


def test_a_row_with_another_number_of_columns_is_no_item() -> None:
    assert next(one.item for one in items_of(b"id,note\na\nb,c\n", Format("CSV"))) is None


def test_what_is_not_compressed_cannot_be_unpacked() -> None:
    assert plain(gzip.compress(b"x"), "GZIP") == plain(b"x", "NONE") == b"x"
    with pytest.raises(UnreadableObjectError):
        plain(b"x", "GZIP")
    with pytest.raises(UnreadableObjectError):
        list(items_of(b"\xff\xfe", _JSON))
