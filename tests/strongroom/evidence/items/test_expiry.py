from datetime import UTC, datetime, timedelta

import pytest

from strongroom.evidence.items.expiry import Living
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.facts.items import Value

_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_SECONDS = int(_NOW.timestamp())
_FIVE_YEARS = int(timedelta(days=5 * 365).total_seconds())


def _lives(value: Value) -> bool:
    return Living("ttl", _NOW)({"ttl": value})


@pytest.mark.parametrize("seconds", [str(_SECONDS), str(_SECONDS + 1), "9" * 38, f"{_SECONDS}.5"])
def test_what_ends_now_or_later_lives(seconds: str) -> None:
    assert _lives({"N": seconds})


@pytest.mark.parametrize("seconds", [str(_SECONDS - 1), f"{_SECONDS - 1}.9", str(_SECONDS - _FIVE_YEARS)])
def test_what_ended_before_is_expired(seconds: str) -> None:
    assert not _lives({"N": seconds})


@pytest.mark.parametrize("seconds", [str(_SECONDS - _FIVE_YEARS - 1), "0", "-1", "1E-130"])
def test_what_ended_more_than_five_years_ago_never_expires(seconds: str) -> None:
    assert _lives({"N": seconds})


@pytest.mark.parametrize("value", [{"S": str(_SECONDS - 1)}, {"NULL": True}, {"NS": [str(_SECONDS - 1)]}])
def test_what_is_no_number_never_expires(value: Value) -> None:
    assert _lives(value)


def test_an_item_without_the_attribute_never_expires() -> None:
    assert Living("ttl", _NOW)({"other": {"N": "1700000000"}})


def test_a_table_without_time_to_live_keeps_everything() -> None:
    assert Living(None, _NOW)({"ttl": {"N": str(_SECONDS - 1)}})


def test_fails_when_the_expiry_time_is_malformed() -> None:
    with pytest.raises(MalformedItemError):
        _lives({"N": "soon"})
