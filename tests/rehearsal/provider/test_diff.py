import json
from typing import Any

import pytest

from rehearsal.provider.diff import Difference, diff
from rehearsal.provider.schema import Properties
from rehearsal.provider.wire import UNKNOWN
from tests.rehearsal.provider.tables import inputs, state, thing


def found(old: dict[str, Any], new: dict[str, Any], **kind: Any) -> Difference:
    """What Diff says of a thing."""
    return diff(thing(**kind), state(**old), inputs(**new))


ALLOW = {"Effect": "Allow", "Action": ["a:B", "a:C"], "Resource": "*"}

SAME: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"key": "chosen by AWS"}, {}),
    ({"sealed": False}, {}),
    ({}, {"sealed": False}),
    ({"events": []}, {}),
    ({"policy": ""}, {}),
    ({"events": ["B", "A"]}, {"events": ["A", "B"]}),
    (
        {"policy": json.dumps({"Statement": [ALLOW]})},
        {"policy": json.dumps({"Statement": {**ALLOW, "Action": ["a:C", "a:B"]}})},
    ),
    (
        {"rules": [{"name": "r", "days": 1, "chosen": "x"}, {"name": "s", "days": 0}]},
        {"rules": [{"name": "s"}, {"name": "r", "days": 1}]},
    ),
    ({"steps": [{"name": "r", "days": 1, "chosen": "x"}]}, {"steps": [{"name": "r", "days": 1, "__defaults": []}]}),
    ({"region": None}, {"region": None}),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_what_means_the_same_is_no_change(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert found(old, new).changed == frozenset()


CHANGED: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({}, {"size": 4}, {"size": ("update", False)}),
    ({}, {"size": UNKNOWN}, {"size": ("update", False)}),
    (
        {"rules": [{"name": "r", "chosen": "x"}, {"name": "r", "chosen": "y"}]},
        {"rules": [{"name": "r"}]},
        {"rules": ("update", False)},
    ),
    ({"rules": [{"name": "r"}]}, {"rules": UNKNOWN}, {"rules": ("update", False)}),
    ({"tags": {"a": "b"}}, {"tags": UNKNOWN}, {"tags": ("update", False)}),
    ({"events": ["A"]}, {"events": None}, {"events": ("delete", False)}),
    ({}, {"events": ["A"]}, {"events": ("add", False)}),
    ({"key": "k"}, {"key": "l"}, {"key": ("update", True)}),
    ({}, {"sealed": True}, {"sealed": ("add", True)}),
    (
        {"steps": [{"name": "a"}, {"name": "b"}]},
        {"steps": [{"name": "b"}, {"name": "a"}]},
        {"steps": ("update", False)},
    ),
    (
        {"rules": [{"name": "r", "chosen": "x"}]},
        {"rules": [{"name": "r", "chosen": "y"}]},
        {"rules": ("update", False)},
    ),
    (
        {"tags": {"a": "b"}, "tagsAll": {"a": "b"}},
        {"tags": {"a": "c"}, "tagsAll": {"a": "b"}},
        {"tags.a": ("update", False)},
    ),
    ({"tags": {"a b": "c"}}, {}, {"tags": ("delete", False)}),
    ({"tags": {"a b": "c", "d": "e"}}, {"tags": {"d": "e"}}, {'tags["a b"]': ("delete", False)}),
    ({"region": "eu-west-1"}, {}, {"region": ("update", True)}),
    ({"shrinking": 2}, {"shrinking": 3}, {"shrinking": ("update", False)}),
    ({"shrinking": 3}, {"shrinking": 2}, {"shrinking": ("update", True)}),
]


@pytest.mark.parametrize(("old", "new", "detail"), CHANGED)
def test_a_change_shows_where_it_is_and_whether_it_replaces(
    old: dict[str, Any], new: dict[str, Any], detail: dict[str, Any]
) -> None:
    difference = found(old, new)
    assert difference.detail == detail
    assert bool(difference.replaces) is any(replaces for _, replaces in detail.values())


def test_a_name_that_the_program_keeps_makes_the_old_one_go_first() -> None:
    assert found({}, {"sealed": True}).delete_before_replace
    assert not found({}, {"sealed": True, "name": "m"}).delete_before_replace
    assert not found({}, {"sealed": True, "__defaults": ["name"]}).delete_before_replace


def test_a_type_without_names_is_made_before_the_old_one_goes_unless_its_table_says_so() -> None:
    assert not found({}, {"sealed": True}, autoname=None).delete_before_replace
    assert found({}, {"sealed": True}, autoname=None, delete_before_replace=True).delete_before_replace


def test_an_ignored_change_is_none() -> None:
    assert diff(thing(), state(), inputs(size=4, mode="hard"), ["size"]).changed == {"mode"}


def test_a_type_may_drop_changes_that_mean_nothing_by_themselves() -> None:
    def size_alone(_state: Properties, _inputs: Properties, changed: frozenset[str]) -> frozenset[str]:
        return frozenset() if "mode" in changed else frozenset({"size"})

    alone = thing(dropped_changes=size_alone)
    assert diff(alone, state(), inputs(size=4)).changed == frozenset()
    assert diff(alone, state(), inputs(size=4, mode="hard")).changed == {"size", "mode"}
