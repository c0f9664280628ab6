import json

import pytest

from strongroom.gate import preview
from strongroom.gate.errors import UnreadableError
from tests.strongroom.gate.previews import TABLE, Document, Edit, digest, edited, read, recorded, state, step, step_of

WHOLE = json.dumps(digest(step("same", TABLE)))


def refusal(text: str) -> str:
    with pytest.raises(UnreadableError) as refused:
        preview.read(text, "preview.json")
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("name", ["changed", "unchanged"])
def test_a_preview_of_the_engine_is_read_whole(name: str) -> None:
    document = recorded(name)
    found = read(document)
    assert (found.project, found.stack, len(found.steps)) == ("shop", "prod", len(document["steps"]))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "preview.json is empty; make it with `pulumi preview --json --show-sames` and hand it over whole"),
        (" \n", "preview.json is empty; make it"),
        ("error: no stack named 'prod' found", "preview.json is cut short or is no JSON at line 1; make it"),
        ('{"steps": NaN}', "preview.json holds NaN, which is no JSON; make it"),
        (f'{{"steps": {"1" * 10_000}}}', "preview.json is cut short or is no JSON; make it"),
        ("[" * 100_000, "preview.json is cut short or is no JSON; make it"),
        ("[]", "preview.json is no preview of Pulumi: the whole must be an object; make it"),
        ("null", "preview.json is no preview of Pulumi: the whole must be an object; make it"),
        ("{}", "preview.json has no steps: it is no preview, or that of a preview that broke off; make it"),
        ('{"format_version": "1.2", "resource_changes": []}', "preview.json has no steps: it is no preview"),
        ('{"steps": []}', "preview.json has no changeSummary: it is no preview, or that of a preview that broke off"),
        ('{"steps": [], "changeSummary": {}}', "preview.json must be about one stack, got none; make it"),
        (
            '{"steps": [{}], "changeSummary": {}}',
            "preview.json is no preview of Pulumi: steps.0.op is missing; make it",
        ),
        (
            '{"steps": "none", "changeSummary": {}}',
            "preview.json is no preview of Pulumi: steps must be a list",
        ),
    ],
)
def test_fails_when_it_is_no_preview(text: str, sentence: str) -> None:
    assert refusal(text).startswith(sentence)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_fails_when_it_is_cut_short(part: float) -> None:
    text = json.dumps(recorded("changed"), indent=4)
    assert refusal(text[: int(len(text) * part)]).startswith("preview.json is cut short or is no JSON at line ")


def test_fails_when_two_previews_are_one_after_the_other() -> None:
    assert refusal(WHOLE + WHOLE).startswith("preview.json is cut short or is no JSON at line 1; ")


def test_fails_when_a_key_stands_twice() -> None:
    twice = WHOLE.replace('"op": "same"', '"op": "delete", "op": "same"', 1)
    assert refusal(twice).startswith("preview.json names a key twice in one object, which Pulumi never does")


def test_fails_when_it_is_the_stream_of_events() -> None:
    assert refusal('{"sequence":0,"preludeEvent":{}}\n{"sequence":1}\n').startswith("preview.json is cut short")


def put(**changes: object) -> Edit:
    return lambda document: document.update(changes)


def drop_step(document: Document) -> None:
    document["steps"].pop()


def rename_stack(document: Document) -> None:
    document["steps"][1] = json.loads(json.dumps(document["steps"][1]).replace("pulumi:prod", "pulumi:ci"))


def set_step(**changes: object) -> Edit:
    return lambda document: document["steps"][1].update(changes)


def drop_in_step(key: str) -> Edit:
    return lambda document: document["steps"][1].pop(key)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            put(diagnostics=[{"severity": "error", "message": "no"}]),
            "is of a preview that ended in errors (1); what it would have done is not all in it: mend what",
        ),
        (put(maybeCorrupt=True), "says that the stack's state may be corrupt; repair"),
        (set_step(op="vanish"), "would do 'vanish' to urn:pulumi:prod::strongroom::"),
        (drop_in_step("oldState"), f"does not say in 'same' of {step('same', TABLE)['urn']} what is there; make it"),
        (drop_in_step("newState"), f"does not say in 'same' of {step('same', TABLE)['urn']} what will be there; make"),
        (set_step(urn="it"), "says in 'same' of it that it is about something else; make it"),
        (
            set_step(oldState=state(TABLE, "other"), newState=state(TABLE, "other")),
            f"says in 'same' of {step('same', TABLE)['urn']} that it is about something else; make it",
        ),
        (
            set_step(newState={**state(TABLE), "type": "aws:sqs/queue:Queue"}),
            f"says in 'same' of {step('same', TABLE)['urn']} that it is about something else; make it",
        ),
        (
            drop_step,
            "lists 1 resources under 'same' where its summary counts 2; without --show-sames a resource that only"
            " loses retainOnDelete is left out",
        ),
        (
            put(changeSummary={"same": 2, "delete": 1}),
            "lists 0 resources under 'delete' where its summary counts 1; make it",
        ),
        (
            put(changeSummary={}),
            "lists 2 resources under 'same' where its summary counts 0; without --show-sames",
        ),
        (rename_stack, "must be about one stack, got strongroom/ci, strongroom/prod; make it"),
        (
            set_step(newState=state(TABLE, inputs={"name": {"4dabf18193072939515e22adb298388d": "new"}})),
            "marks a value in a way that this gate does not know; what is secret in it cannot be told",
        ),
        (
            set_step(newState=state(TABLE, outputs={"a": [{"4dabf18193072939515e22adb298388d": 1}]})),
            "marks a value in a way that this gate does not know; what is secret in it cannot be told",
        ),
        (
            set_step(newState=state(TABLE, protect="yes")),
            "is no preview of Pulumi: steps.1.newState.protect must be true or false; make it",
        ),
        (
            set_step(detailedDiff="all"),
            "is no preview of Pulumi: steps.1.detailedDiff must be an object",
        ),
    ],
)
def test_fails_when_something_in_it_is_not_what_the_engine_prints(edit: Edit, sentence: str) -> None:
    whole = digest(step("same", TABLE))
    assert read(whole)
    assert refusal(json.dumps(edited(whole, edit))).startswith(f"preview.json {sentence}")


def test_fails_when_a_urn_is_none() -> None:
    stateless = {"op": "diff", "urn": "urn:pulumi:prod::strongroom::it", "detailedDiff": None}
    assert refusal(json.dumps(digest(stateless))).startswith(
        "preview.json names 'urn:pulumi:prod::strongroom::it', which is no URN; urn:pulumi:<stack>::<project>::<type>::"
    )


@pytest.mark.parametrize("severity", ["warning", "info", "info#err"])
def test_a_preview_with_warnings_is_one(severity: str) -> None:
    assert read({**digest(), "diagnostics": [{"severity": severity, "message": "hm"}]})


@pytest.mark.parametrize("op", ["refresh", "diff", "extend-parameterize", "read", "import", "create"])
def test_operations_that_take_nothing_away_need_no_state_of_what_was(op: str) -> None:
    assert read(digest(step(op, TABLE)))


def test_fields_of_a_newer_engine_are_let_through() -> None:
    document = recorded("unchanged")
    document["later"] = step_of(document, "steady")["later"] = step_of(document, "steady")["oldState"]["later"] = 1
    assert read(document)


def test_what_is_wrong_is_never_repeated_where_it_may_be_secret() -> None:
    for broken in (
        set_step(newState={**state(TABLE), "inputs": "hunter2"}),
        set_step(newState=state(TABLE, protect="hunter2")),
        set_step(
            newState=state(TABLE, inputs={"a": {"4dabf18193072939515e22adb298388d": "x", "plaintext": "hunter2"}})
        ),
    ):
        assert "hunter2" not in refusal(json.dumps(edited(digest(step("same", TABLE)), broken)))
