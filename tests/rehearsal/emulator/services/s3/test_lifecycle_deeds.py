from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rehearsal.emulator.services.s3.lifecycle_deeds import Deed, Seen, aborts_at, deeds

_MADE = datetime(2026, 1, 1, 10, tzinfo=UTC)
_BIG = 128 * 1024
_ALL = "all_storage_classes_128K"


def _day(day: int) -> datetime:
    """Midnight at the end of a day of January."""
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)


def _rule(**changes: object) -> dict[str, Any]:
    rule: dict[str, Any] = {"Status": "Enabled", "Filter": {}}
    return rule | changes


def _done(rule: dict[str, Any], seen: Seen, key: str = "a/b", least_size: str = _ALL) -> list[Deed]:
    return list(deeds([rule], key, seen, least_size))


def _seen(**changes: Any) -> Seen:
    return replace(Seen(created=_MADE, size=_BIG, tags={}), **changes)


def test_days_are_counted_to_the_next_midnight() -> None:
    rule = _rule(Expiration={"Days": 3})
    assert _done(rule, _seen()) == [Deed(_day(4), "mark deleted")]
    assert _done(rule, _seen(versioned=False)) == [Deed(_day(4), "delete")]


def test_a_date_is_taken_as_it_is() -> None:
    assert _done(_rule(Expiration={"Date": "2026-01-09T00:00:00Z"}), _seen()) == [Deed(_day(8), "mark deleted")]


def test_a_rule_that_is_disabled_does_nothing() -> None:
    assert _done(_rule(Status="Disabled", Expiration={"Days": 3}), _seen()) == []


@pytest.mark.parametrize(
    ("chosen", "matches"),
    [
        ({"Prefix": "a/"}, True),
        ({"Prefix": "b/"}, False),
        ({"Tag": {"Key": "t", "Value": "1"}}, True),
        ({"Tag": {"Key": "t", "Value": "2"}}, False),
        ({"And": {"Prefix": "a/", "Tags": [{"Key": "t", "Value": "1"}]}}, True),
        ({"And": {"Prefix": "b/", "Tags": [{"Key": "t", "Value": "1"}]}}, False),
        ({"ObjectSizeGreaterThan": _BIG - 1}, True),
        ({"ObjectSizeGreaterThan": _BIG}, False),
        ({"ObjectSizeLessThan": _BIG + 1}, True),
        ({"ObjectSizeLessThan": _BIG}, False),
    ],
)
def test_a_filter_chooses(chosen: dict[str, Any], matches: bool) -> None:
    rule = _rule(Filter=chosen, Expiration={"Days": 1})
    assert bool(_done(rule, _seen(tags={"t": "1"}))) is matches


@pytest.mark.parametrize(
    ("size", "storage_class", "least_size", "chosen", "moves"),
    [
        (_BIG, "STANDARD_IA", _ALL, {}, True),
        (_BIG - 1, "STANDARD_IA", _ALL, {}, False),
        (_BIG - 1, "DEEP_ARCHIVE", _ALL, {}, False),
        (_BIG - 1, "DEEP_ARCHIVE", "varies_by_storage_class", {}, True),
        (_BIG - 1, "STANDARD_IA", "varies_by_storage_class", {}, False),
        (_BIG - 1, "STANDARD_IA", _ALL, {"ObjectSizeGreaterThan": 1}, True),
    ],
)
def test_small_objects_stay_unless_the_bucket_or_the_rule_says_otherwise(
    size: int, storage_class: str, least_size: str, chosen: dict[str, int], moves: bool
) -> None:
    rule = _rule(Filter=chosen, Transitions=[{"Days": 30, "StorageClass": storage_class}])
    seen = Seen(created=_MADE, size=size, tags={})
    assert bool(_done(rule, seen, least_size=least_size)) is moves


def test_objects_move_down_only() -> None:
    rule = _rule(Transitions=[{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 90, "StorageClass": "GLACIER"}])
    assert [deed.storage_class for deed in _done(rule, _seen())] == ["STANDARD_IA", "GLACIER"]
    assert [deed.storage_class for deed in _done(rule, _seen(storage_class="STANDARD_IA"))] == ["GLACIER"]
    assert _done(rule, _seen(storage_class="DEEP_ARCHIVE")) == []


def test_noncurrent_versions_are_counted_from_when_the_next_one_came() -> None:
    rule = _rule(NoncurrentVersionExpiration={"NoncurrentDays": 5}, Expiration={"Days": 1})
    assert _done(rule, _seen(noncurrent_since=_day(10))) == [Deed(_day(15), "delete")]


@pytest.mark.parametrize(("newer", "goes"), [(1, False), (2, True)])
def test_the_newest_noncurrent_versions_are_kept(newer: int, goes: bool) -> None:
    rule = _rule(NoncurrentVersionExpiration={"NoncurrentDays": 5, "NewerNoncurrentVersions": 2})
    assert bool(_done(rule, _seen(noncurrent_since=_day(10), newer_noncurrent=newer))) is goes


def test_a_delete_marker_goes_when_it_is_alone() -> None:
    rule = _rule(Expiration={"ExpiredObjectDeleteMarker": True})
    assert _done(rule, _seen(tags=None, is_alone=True)) == [Deed(_MADE, "delete")]
    assert _done(rule, _seen(tags=None)) == []
    assert _done(_rule(Expiration={"Days": 2}), _seen(tags=None, is_alone=True)) == [Deed(_day(3), "delete")]


def test_deletion_comes_before_a_move_and_a_move_before_a_delete_marker() -> None:
    due = [Deed(_MADE, "mark deleted"), Deed(_MADE, "move", "GLACIER"), Deed(_MADE, "move", "STANDARD_IA")]
    assert min(due, key=lambda deed: deed.rank) == Deed(_MADE, "move", "GLACIER")
    assert min([*due, Deed(_MADE, "delete")], key=lambda deed: deed.rank).what == "delete"


def test_an_upload_is_given_up_after_the_shortest_time_that_a_rule_says() -> None:
    rules = [_rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": days}) for days in (7, 2)]
    assert aborts_at(rules, "a/b", _MADE) == _day(3)
    assert aborts_at([_rule(Filter={"Prefix": "b/"}, AbortIncompleteMultipartUpload={})], "a/b", _MADE) is None
