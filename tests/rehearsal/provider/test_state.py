import pytest

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.state import imported_flags, imported_inputs, outputs, preview, refreshed_inputs
from rehearsal.provider.wire import UNKNOWN
from tests.rehearsal.provider.tables import inputs, state, thing

READ = {"name": "n", "size": 3, "mode": "soft", "arn": "a", "tagsAll": {"owner": "platform", "a": "b", "aws:x": "y"}}


def test_tags_are_all_but_the_defaults_and_awss_own() -> None:
    made = outputs(thing(), READ, inputs(), {"owner": "platform"})
    assert (made["tagsAll"], made["tags"]) == ({"owner": "platform", "a": "b"}, {"a": "b"})


def test_a_tag_that_the_program_gives_too_stays_among_its_own() -> None:
    made = outputs(thing(), READ, inputs(tags={"owner": "platform"}), {"owner": "platform"})
    assert made["tags"] == {"owner": "platform", "a": "b"}


def test_unreadable_properties_keep_what_the_state_says() -> None:
    made = outputs(thing(), READ, inputs(grace=3, force=True), {})
    assert (made["grace"], made["force"]) == (3, True)


def test_a_document_that_means_the_same_keeps_the_states_text_in_normal_form() -> None:
    given, told = '{"Statement": [ {"Action": ["a", "b"]} ]}', '{"Statement":[{"Action":["b","a"]}]}'
    kept = outputs(thing(), {**READ, "policy": told}, inputs(policy=given), {})["policy"]
    assert kept == '{"Statement":[{"Action":["a","b"]}]}'
    other = '{"Statement": [{"Action": "c"}]}'
    assert (
        outputs(thing(), {**READ, "policy": other}, inputs(policy=given), {})["policy"]
        == '{"Statement":[{"Action":"c"}]}'
    )


def test_a_set_in_another_order_stays_as_it_was() -> None:
    assert outputs(thing(), {**READ, "events": ["B", "A"]}, inputs(events=["A", "B"]), {})["events"] == ["A", "B"]
    assert outputs(thing(), {**READ, "events": ["B"]}, inputs(events=["A", "B"]), {})["events"] == ["B"]


def test_the_region_is_always_told() -> None:
    assert outputs(thing(), READ, inputs(region="eu-west-1"), {})["region"] == "eu-west-1"


def test_fails_when_a_read_tells_more_than_the_table_holds() -> None:
    with pytest.raises(
        ProviderError, match="the table of aws:test/thing:Thing does not hold what its read tells: colour"
    ):
        outputs(thing(), {**READ, "colour": "red"}, inputs(), {})


def test_a_preview_of_a_new_thing_knows_its_inputs_and_nothing_else() -> None:
    known = preview(thing(), {}, inputs(size=3), frozenset())
    assert (known["size"], known["name"], known["mode"]) == (3, "n", "soft")
    assert [known[name] for name in ("arn", "version", "key")] == [UNKNOWN] * 3
    assert "policy" not in known


def test_a_preview_of_a_change_keeps_what_stays_and_does_not_know_what_moves() -> None:
    before = state(arn="a", version="1", key="k")
    still = preview(thing(), before, inputs(mode="hard"), frozenset({"mode"}))
    assert (still["arn"], still["version"], still["key"], still["mode"]) == ("a", "1", "k", "hard")
    moved = preview(thing(), before, inputs(size=4), frozenset({"size"}))
    assert (moved["arn"], moved["version"]) == ("a", UNKNOWN)


def test_a_refresh_tells_only_inputs_that_the_program_gave() -> None:
    before = inputs(rules=[{"name": "r", "__defaults": []}], policy="p")
    now = state(size=5, rules=[{"name": "s", "days": 30}], key="k")
    after = refreshed_inputs(before, now)
    assert after["size"] == 5
    assert after["rules"] == [{"name": "s", "__defaults": []}]
    assert "key" not in after
    assert "policy" not in after


def test_an_import_tells_every_input_that_is_not_empty() -> None:
    found = imported_inputs(thing(), state(sealed=False, events=[], policy="p", tagsAll={"a": "b"}))
    assert found == {
        "__defaults": [],
        "name": "n",
        "size": 3,
        "mode": "soft",
        "policy": "p",
        "region": "eu-west-2",
        "tagsAll": {"a": "b"},
    }


def test_an_import_finds_the_defaults_of_some_unreadable_properties() -> None:
    assert imported_flags(thing()) == {"force": False}
