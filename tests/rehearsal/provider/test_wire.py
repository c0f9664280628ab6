from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.provider.wire import (
    UNKNOWN,
    Asset,
    Secret,
    WireError,
    decode,
    encode,
    holds_unknown,
    plain,
    with_secrets,
)

MARK = "4dabf18193072939515e22adb298388d"
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
ASSET = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7"
RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e"
LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")) | st.just(UNKNOWN),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner) | inner.map(Secret),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), values))
def test_every_value_comes_back_as_it_went(given: dict[str, Any]) -> None:
    assert decode(encode(given)) == given


def test_numbers_keep_their_kind() -> None:
    assert [(type(one), one) for one in decode(encode({"a": [1, 1.5, True]}))["a"]] == [
        (int, 1),
        (float, 1.5),
        (bool, True),
    ]


@pytest.mark.parametrize(
    "mark",
    [
        LATER,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        f'{{"Resource":"{LATER}"}}',
    ],
)
def test_every_kind_of_unknown_is_unknown_even_inside_a_text(mark: str) -> None:
    decoded = decode(encode({"policy": mark, "list": [{"inner": mark}]}))
    assert decoded == {"policy": UNKNOWN, "list": [{"inner": UNKNOWN}]}
    assert holds_unknown(decoded["list"])
    assert not holds_unknown(["known", {"a": None}])


def test_output_values_are_their_values() -> None:
    known = {MARK: OUTPUT, "value": "v", "dependencies": ["urn"]}
    secret = {**known, "secret": True}
    unknown = {MARK: OUTPUT, "secret": True}
    decoded = decode(encode({"known": known, "secret": secret, "unknown": unknown}))
    assert decoded == {"known": "v", "secret": Secret("v"), "unknown": Secret(UNKNOWN)}


def test_a_reference_to_a_resource_is_its_id() -> None:
    assert decode(encode({"role": {MARK: RESOURCE, "urn": "urn:x", "id": "the-role"}})) == {"role": "the-role"}


def test_an_asset_gives_its_content(tmp_path: Path) -> None:
    file = tmp_path / "manifest"
    file.write_bytes(b"from a file")
    text = decode(encode({"source": {MARK: ASSET, "hash": "h1", "text": "from a text"}}))["source"]
    path = decode(encode({"source": {MARK: ASSET, "hash": "h2", "path": str(file)}}))["source"]
    assert (text.read(), path.read()) == (b"from a text", b"from a file")
    assert decode(encode({"source": text})) == {"source": Asset(hash="h1", text="from a text")}
    assert decode(encode({"source": path})) == {"source": Asset(hash="h2", path=str(file))}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({MARK: ASSET, "hash": "h", "uri": "https://example.org/x"}, "got https://example.org/x"),
        ({MARK: ARCHIVE, "hash": "h", "path": "/x"}, "archives are not in the stand-in"),
    ],
)
def test_fails_when_content_comes_from_elsewhere(sent: dict[str, str], sentence: str) -> None:
    with pytest.raises(WireError, match=sentence):
        decode(encode({"source": sent}))


def test_fails_when_a_value_has_no_wire_form() -> None:
    with pytest.raises(TypeError, match="set has no wire form"):
        encode({"a": {1, 2}})


def test_outputs_are_secret_where_inputs_are() -> None:
    inputs = {
        "tags": {"open": "a", "closed": Secret("b")},
        "rules": [{"name": Secret("n")}, {"name": "m"}],
        "whole": Secret("w"),
    }
    outputs = {
        "tags": {"open": "a", "closed": "b", "more": "c"},
        "rules": [{"name": "n"}, {"name": "m"}],
        "whole": "w",
        "arn": "x",
    }
    covered = with_secrets(outputs, inputs)
    assert covered == {
        **outputs,
        "tags": {"open": "a", "closed": Secret("b"), "more": "c"},
        "rules": [{"name": Secret("n")}, {"name": "m"}],
        "whole": Secret("w"),
    }
    assert plain(covered) == outputs


def test_a_list_of_another_length_is_secret_as_a_whole_when_a_part_was() -> None:
    assert with_secrets([1, 2, 3], [Secret(1), 2]) == Secret([1, 2, 3])
    assert with_secrets([1, 2, 3], [1, 2]) == [1, 2, 3]
