from typing import Final

import pytest
from hypothesis import given

from strongroom.evidence.items import numbers
from strongroom.evidence.items.malformed import MalformedItemError
from tests.strongroom.evidence.items.wire import exact
from tests.strongroom.evidence.items.wire import numbers as any_number

_NINES: Final = "9" * 38


@given(any_number(), any_number())
def test_numbers_have_the_same_form_exactly_when_they_are_equal(one: str, other: str) -> None:
    assert (numbers.canonical(one) == numbers.canonical(other)) == (exact(one) == exact(other))


@given(any_number())
def test_the_form_of_a_number_means_the_number(text: str) -> None:
    assert exact(numbers.canonical(text)) == exact(text)


@given(any_number())
def test_a_form_is_its_own_form(text: str) -> None:
    form = numbers.canonical(text)
    assert numbers.canonical(form) == form


@given(any_number())
def test_the_short_way_to_a_form_leads_where_the_long_one_does(text: str) -> None:
    sign, digits, exponent = numbers.parts(text)
    assert numbers.canonical(text) == numbers.canonical(f"{sign}{digits}e{exponent}")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("12.50", "12.5"),
        ("-0.050", "-0.05"),
        ("1E3", "1000"),
        ("1E37", "1" + "0" * 37),
        ("-.5", "-0.5"),
        ("5e-1", "0.5"),
        ("15e98", "15e98"),
        ("1" + "0" * 37, "1" + "0" * 37),
        ("1" + "0" * 38, "1e38"),
        (f"0.{'0' * 36}1", f"0.{'0' * 36}1"),
        (f"0.{'0' * 37}1", "1e-38"),
        (f"0.{_NINES}", f"{_NINES}e-38"),
        (f"{_NINES[1:]}.9", f"{_NINES[1:]}.9"),
    ],
)
def test_a_number_is_written_out_where_that_takes_at_most_38_digits(text: str, form: str) -> None:
    assert numbers.canonical(text) == form


@pytest.mark.parametrize("text", ["1", "1.0", "1e0", "01", "10e-1", "0.1E1", "+1", "1.", "100E-2"])
def test_one_has_one_form(text: str) -> None:
    assert numbers.canonical(text) == "1"


@pytest.mark.parametrize("text", ["0", "-0", "0.000", "00", "0e9", "-0.0E-7", ".0"])
def test_zero_has_one_form_whatever_its_sign(text: str) -> None:
    assert numbers.canonical(text) == "0"


def test_each_of_38_digits_counts() -> None:
    assert numbers.canonical(_NINES) != numbers.canonical("9" * 37 + "8")
    assert numbers.canonical(f"0.{_NINES}") != numbers.canonical(f"0.{'9' * 37}8")


@pytest.mark.parametrize("text", [_NINES, f"-{_NINES}", f"000{_NINES}000", f"0.00{_NINES}"])
def test_takes_38_digits(text: str) -> None:
    assert exact(numbers.canonical(text)) == exact(text)


@pytest.mark.parametrize("text", ["9" * 39, "1" + "0" * 37 + "1", f"0.{'9' * 39}", f"-{_NINES}.1"])
def test_fails_when_a_number_has_39_digits(text: str) -> None:
    with pytest.raises(MalformedItemError, match="at most 38 significant digits, got 39"):
        numbers.canonical(text)


@pytest.mark.parametrize("text", ["1E-130", "-1e-130", "9.9999999999999999999999999999999999999E+125", "1" + "0" * 125])
def test_takes_the_smallest_and_the_greatest_number(text: str) -> None:
    assert exact(numbers.canonical(text)) == exact(text)


@pytest.mark.parametrize("text", ["1E-131", "9.9e-131", "1E+126", "10E125", "1" + "0" * 126, "1e999999999"])
def test_fails_when_a_number_is_smaller_or_greater_than_dynamodb_keeps(text: str) -> None:
    with pytest.raises(MalformedItemError, match="-130 to 125, got"):
        numbers.canonical(text)


@pytest.mark.parametrize(
    "text",
    [
        "\u0661",
        "1\u0661",
        "\u00b2",
        "1e1e1",
        "1e99999999999999999999",
        "",
        " 1",
        "1 ",
        "1\n",
        "-",
        ".",
        "e1",
        "1e",
        "NaN",
        "Infinity",
        "-inf",
        "1_000",
        "0x1",
        "1,5",
        "--1",
        "1.2.3",
    ],
)
def test_fails_when_a_text_is_no_number(text: str) -> None:
    with pytest.raises(MalformedItemError, match="a number must be written as digits"):
        numbers.canonical(text)
