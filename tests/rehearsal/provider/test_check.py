from typing import Any

import pytest

from rehearsal.provider.check import Asked, Standing, check
from rehearsal.provider.judging import Checked
from rehearsal.provider.schema import Autoname
from rehearsal.provider.wire import UNKNOWN
from tests.rehearsal.provider.tables import thing

STANDING = Standing(region="eu-west-2", default_tags={"owner": "platform"})


def checked(given: dict[str, Any], olds: dict[str, Any] | None = None, name: str = "thing", **kind: Any) -> Checked:
    """What Check says of a thing."""
    return check(thing(**kind), Asked(name, {"size": 3, **given}, olds or {}, b"seed"), STANDING)


def test_defaults_are_filled_in_and_noted() -> None:
    inputs = checked({"name": "n"}).inputs
    assert (inputs["mode"], inputs["force"]) == ("soft", False)
    assert sorted(inputs["__defaults"]) == ["force", "mode"]


def test_what_the_program_gives_is_no_default() -> None:
    inputs = checked({"name": "n", "mode": "soft"}).inputs
    assert inputs["__defaults"] == ["force"]


def test_defaults_inside_an_object_are_noted_there() -> None:
    inputs = checked({"name": "n", "rules": [{"name": "r"}]}).inputs
    assert inputs["rules"] == [{"name": "r", "days": 30, "__defaults": ["days"]}]


def test_a_name_is_made_of_the_logical_one_and_seven_hex_of_the_seed() -> None:
    first, again = checked({}).inputs["name"], checked({}).inputs["name"]
    assert first == again
    stem, _, drawn = first.rpartition("-")
    assert (stem, len(drawn)) == ("thing", 7)
    assert set(drawn) <= set("0123456789abcdef")
    other = check(thing(), Asked("thing", {"size": 3}, {}, b"another seed"), STANDING).inputs["name"]
    assert other != first


def test_a_made_name_is_kept_from_one_check_to_the_next() -> None:
    assert checked({}, {"name": "thing-0000000", "__defaults": ["name"]}).inputs["name"] == "thing-0000000"
    assert checked({}, {"name": "given", "__defaults": []}).inputs["name"] != "given"


def test_no_name_is_made_beside_a_prefix() -> None:
    assert "name" not in checked({"namePrefix": "p-"}).inputs


@pytest.mark.parametrize(("length", "fits"), [(20, True), (19, False)])
def test_a_made_name_fits_the_types_length_or_is_refused(length: int, fits: bool) -> None:
    found = checked({}, name="a" * 12, autoname=Autoname(max_length=length))
    assert (found.failures == []) is fits
    if not fits:
        assert "longer than maximum length 19" in found.failures[0][1]


def test_some_names_are_lower_case_and_some_without_a_random_part() -> None:
    assert checked({}, name="ABC", autoname=Autoname(lower=True)).inputs["name"].startswith("abc-")
    assert checked({}, name="key.json", autoname=Autoname(random_suffix=False)).inputs["name"] == "key.json"


def test_the_region_is_the_programs_or_the_providers() -> None:
    assert checked({}).inputs["region"] == "eu-west-2"
    assert checked({"region": "eu-west-1"}).inputs["region"] == "eu-west-1"
    assert "region" not in checked({}, regional=False).inputs


def test_all_tags_are_the_defaults_under_the_own_ones() -> None:
    assert checked({}).inputs["tagsAll"] == {"owner": "platform"}
    assert checked({"tags": {"owner": "me", "a": "b"}}).inputs["tagsAll"] == {"owner": "me", "a": "b"}
    assert "tagsAll" not in checked({}, tagged=False).inputs


@pytest.mark.parametrize("value", [UNKNOWN, ""])
def test_one_unknown_or_empty_tag_makes_all_tags_unknown(value: object) -> None:
    assert checked({"tags": {"a": value, "b": "c"}}).inputs["tagsAll"] is UNKNOWN


def test_a_document_given_as_an_object_becomes_its_text() -> None:
    assert checked({"policy": {"Version": "2012-10-17"}}).inputs["policy"] == '{"Version": "2012-10-17"}'
    assert checked({"policy": {"Statement": [{"Resource": UNKNOWN}]}}).inputs["policy"] is UNKNOWN


def test_a_number_for_a_text_is_its_text() -> None:
    assert checked({"tags": {"days": 35}}).inputs["tags"] == {"days": "35"}


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"colour": "red"}, "colour", "unknown property 'colour', the stand-in knows: codes, events"),
    (
        {"rules": [{"name": "r", "hue": 1}]},
        "rules[0].hue",
        "unknown property 'hue', the stand-in knows: chosen, days",
    ),
    ({"size": None}, "size", '"size" is required'),
    ({"rules": [{}]}, "rules[0].name", '"name" is required'),
    ({"size": "three"}, "size", "expected integer, got str 'three'"),
    ({"size": True}, "size", "expected integer, got bool True"),
    ({"events": "A"}, "events", "expected set, got str 'A'"),
    ({"name": "n", "namePrefix": "p"}, "name", "conflicts with namePrefix"),
    ({"size": 0}, "size", "expected to be in the range (1 - 10), got 0"),
    ({"size": 11}, "size", "expected to be in the range (1 - 10), got 11"),
    ({"mode": "firm"}, "mode", "expected to be one of ['soft', 'hard'], got firm"),
    ({"events": ["A", "D"]}, "events[1]", "expected to be one of ['A', 'B', 'C'], got D"),
    ({"codes": ["a", "b", "c"]}, "codes", "expected length to be in the range (1 - 2)"),
    ({"rules": [{"name": "r", "days": 36}]}, "rules[0].days", "in the range (1 - 35), got 36"),
]


@pytest.mark.parametrize(("given", "path", "sentence"), WRONG)
def test_fails_when_an_input_is_wrong(given: dict[str, Any], path: str, sentence: str) -> None:
    failures = checked({"name": "n", **given} if "name" not in given else given).failures
    assert [one for one, _ in failures] == [path]
    assert sentence in failures[0][1]


@pytest.mark.parametrize("size", [1, 10, UNKNOWN])
def test_bounds_include_their_ends_and_unknown_values_pass(size: object) -> None:
    assert (
        checked(
            {
                "size": size,
                "mode": UNKNOWN,
                "events": UNKNOWN,
                "codes": [UNKNOWN, "b", "c"],
                "rules": [{"name": UNKNOWN}],
            }
        ).failures
        == []
    )


def test_a_types_own_check_sees_the_completed_inputs() -> None:
    seen: list[dict[str, Any]] = []

    def own(inputs: dict[str, Any]) -> list[str]:
        seen.append(inputs)
        return ["the mode does not suit the size"]

    assert checked({"name": "n"}, check=own).failures == [("", "the mode does not suit the size")]
    assert seen[0]["mode"] == "soft"
