import json

import pytest

from strongroom.checking.errors import StateError
from strongroom.checking.state import UNKNOWN, judged, read
from tests.strongroom.checking.exports import SECRET, Document, export, named, of_the_program

TABLE: Document = {
    "urn": "urn:pulumi:prod::strongroom::aws:dynamodb/table:Table::it",
    "custom": True,
    "type": "aws:dynamodb/table:Table",
}


def test_a_deployed_stack_is_read_whole() -> None:
    state = read(json.dumps(of_the_program("prod")), "prod.json")
    assert (state.project, state.stack, dict(state.pending)) == ("strongroom", "prod", {})
    one = next(one for one in judged(state) if one["name"] == "prod-submit-receipts-table")
    assert one["inputs"]["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 35}
    assert one["provider"].endswith("::strongroom-prod")
    assert one["parent"].endswith("strongroom:index:ProtectedTable::prod-submit-receipts")
    assert (one["protect"], one["retainOnDelete"]) == (True, True)


@pytest.mark.parametrize("secret", [SECRET, {**SECRET, "plaintext": '"open"'}])
def test_a_secret_is_hidden_wherever_it_stands(secret: Document) -> None:
    document = export({**TABLE, "inputs": {"a": {"b": [secret]}}, "outputs": {"c": secret}})
    (_, one) = judged(read(json.dumps(document), "x"))
    assert (one["inputs"], one["outputs"]) == ({"a": {"b": [UNKNOWN]}}, {"c": UNKNOWN})


def test_what_is_only_looked_up_or_left_behind_is_not_judged() -> None:
    document = export(TABLE, {**TABLE, "external": True}, {**TABLE, "delete": True})
    assert [one["type"] for one in judged(read(json.dumps(document), "x"))] == ["pulumi:pulumi:Stack", TABLE["type"]]


def without(*path: str) -> Document:
    document = export(TABLE)
    *way, last = path
    part = document
    for step in way:
        part = part[step]
    del part[last]
    return document


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "prod.json is empty; make it with `pulumi stack export`"),
        ("  \n", "prod.json is empty"),
        (json.dumps(export(TABLE))[:-9], "prod.json is cut short or is no JSON"),
        ("[]", "prod.json is no export of Pulumi: it holds no object"),
        (json.dumps({"Resources": {}}), "prod.json is no export of Pulumi: it has no version and deployment"),
        (json.dumps({"version": 4, "terraform_version": "1.9"}), "it has no version and deployment"),
        (json.dumps({**export(TABLE), "version": 2}), "prod.json has form 2; 3 and 4 are known"),
        (
            json.dumps({"version": 3, "deployment": None}),
            "is no export of Pulumi: deployment must be an object; make it",
        ),
        (
            json.dumps(without("deployment", "manifest")),
            "is no export of Pulumi: deployment.manifest is missing; make it",
        ),
        (json.dumps(export()), "prod.json holds no resource, and nothing can be said"),
        (json.dumps(without("deployment", "resources")), "prod.json holds no resource, and nothing can be said"),
        (
            json.dumps(export({**TABLE, "protect": "yes"})),
            "resources.1.protect must be true or false; make it",
        ),
        (json.dumps(export({**TABLE, "urn": "x"})), "prod.json names 'x', which is no URN"),
        (
            json.dumps(export({**TABLE, "urn": TABLE["urn"].replace("prod", "ci")})),
            "prod.json holds resources of 2 stacks; one is required",
        ),
        (
            json.dumps(export({**TABLE, "inputs": {"a": {"4dabf18193072939515e22adb298388d": "new"}}})),
            "marks a value in a way that this gate does not know",
        ),
    ],
)
def test_fails_when_it_is_no_whole_export(text: str, sentence: str) -> None:
    with pytest.raises(StateError) as refused:
        read(text, "prod.json")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_nothing_that_stands_in_a_value_is_in_a_refusal() -> None:
    with pytest.raises(StateError) as refused:
        read(json.dumps(export({**TABLE, "inputs": "hunter2"})), "prod.json")
    assert "hunter2" not in str(refused.value)


def test_an_export_of_the_newer_form_is_read() -> None:
    document = of_the_program("backup")
    document["version"], document["features"] = 4, ["hooks"]
    assert read(json.dumps(document), "x").stack == "backup"
    assert named(document, "prod-daily-vault")
