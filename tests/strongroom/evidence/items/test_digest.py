import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom.evidence.items.digest import Digest, Summary

_forms = st.lists(st.binary(max_size=8), max_size=8)


def _of(forms: list[bytes]) -> Digest:
    digest = Digest()
    for form in forms:
        digest.add(form)
    return digest


@given(_forms.flatmap(lambda forms: st.tuples(st.just(forms), st.permutations(forms))))
def test_the_order_of_items_does_not_count(both: tuple[list[bytes], list[bytes]]) -> None:
    forms, turned = both
    assert _of(forms).summary() == _of(turned).summary()


@given(st.lists(_forms, max_size=4))
def test_the_parts_that_items_are_read_in_do_not_count(parts: list[list[bytes]]) -> None:
    combined = Digest()
    for part in parts:
        combined.combine(_of(part))
    assert combined.summary() == _of([form for part in parts for form in part]).summary()


@given(_forms, _forms)
def test_digests_are_the_same_exactly_when_the_items_are(one: list[bytes], other: list[bytes]) -> None:
    assert (_of(one).summary() == _of(other).summary()) == (sorted(one) == sorted(other))


@settings(max_examples=20)
@given(st.lists(st.binary(min_size=1, max_size=8), min_size=1, max_size=30, unique=True), st.data())
def test_one_bit_of_one_item_changes_the_digest(forms: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(forms) - 1))
    bit = data.draw(st.integers(0, 8 * len(forms[place]) - 1))
    number = int.from_bytes(forms[place], "big") ^ (1 << bit)
    other = [*forms[:place], number.to_bytes(len(forms[place]), "big"), *forms[place + 1 :]]
    assert _of(forms).summary().digest != _of(other).summary().digest


def test_an_item_twice_is_not_the_item_once_nor_none() -> None:
    digests = {_of([b"a"] * times).summary().digest for times in range(4)}
    assert len(digests) == 4


def test_a_digest_says_how_many_items_and_bytes_it_is_of() -> None:
    summary = _of([b"abc", b"", b"de"]).summary()
    assert (summary.count, summary.canonical_bytes) == (3, 5)


def test_a_digest_is_what_the_module_describes() -> None:
    stretched = [hashlib.shake_128(hashlib.sha256(form).digest()).digest(504) for form in (b"a", b"b")]
    total = sum(int.from_bytes(one, "little") for one in stretched) % 2**4032
    text = b"strongroom table digest 2\n2 2\n" + total.to_bytes(504, "little")
    assert _of([b"a", b"b"]).summary() == Summary(2, 2, hashlib.sha256(text).hexdigest())


def test_digests_stay_the_same_from_version_to_version() -> None:
    assert _of([]).summary().digest == "0f601c24fe52abaa2d4fb2ec7f76d156b5af24dd01889c98427b8d7ca948f66a"
