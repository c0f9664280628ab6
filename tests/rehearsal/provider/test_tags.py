import pytest

from rehearsal.provider import tags
from rehearsal.provider.wire import UNKNOWN


def test_own_tags_win_over_defaults() -> None:
    assert tags.merged({"a": "1", "b": "2"}, {"b": "3"}) == {"a": "1", "b": "3"}
    assert tags.merged({}, None) == {}


@pytest.mark.parametrize("own", [UNKNOWN, {"a": UNKNOWN}, {"a": ""}])
def test_an_unknown_or_empty_value_makes_all_of_them_unknown(own: object) -> None:
    assert tags.merged({"b": "2"}, own) is UNKNOWN


def test_awss_own_tags_are_neither_sent_nor_kept() -> None:
    assert tags.known({}, {"aws:backup:source": "x", "a": "1"}, None) == {"a": "1"}
    assert tags.found({"aws:cloudformation:stack-name": "x", "a": "1"}) == {"a": "1"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"a": "1"}),
        ({"owner": "platform"}, {"a": "1", "owner": "platform"}),
        ({"owner": "me"}, {"a": "1", "owner": "platform"}),
    ],
)
def test_defaults_are_taken_off_unless_the_resource_gives_them_too(
    given: dict[str, str], expected: dict[str, str]
) -> None:
    assert tags.own({"a": "1", "owner": "platform"}, {"owner": "platform"}, given) == expected


def test_a_default_with_another_value_is_an_own_tag() -> None:
    assert tags.own({"owner": "others"}, {"owner": "platform"}, {}) == {"owner": "others"}
