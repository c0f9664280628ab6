from typing import Any

import pytest

from rehearsal.provider.types import s3_replication_rule as rule

TARGET = {"bucket": "arn:aws:s3:::t"}
THEIRS = {"Bucket": "arn:aws:s3:::t"}


@pytest.mark.parametrize(
    ("given", "theirs"),
    [
        ({}, {"Prefix": ""}),
        ({"prefix": "a/"}, {"Prefix": "a/"}),
        ({"filter": {}}, {"Filter": {}, "Priority": 0}),
        ({"filter": {"prefix": "a/"}, "priority": 7}, {"Filter": {"Prefix": "a/"}, "Priority": 7}),
        (
            {"filter": {"and": {"prefix": "a/", "tags": {"k": "v"}}}},
            {"Filter": {"And": {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}]}}, "Priority": 0},
        ),
        (
            {"deleteMarkerReplication": {"status": "Enabled"}},
            {"DeleteMarkerReplication": {"Status": "Enabled"}, "Prefix": ""},
        ),
    ],
)
def test_a_filter_makes_the_newer_form_with_a_priority(given: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert rule.asked({"status": "Enabled", "destination": TARGET, **given}) == {
        "Status": "Enabled",
        "Destination": THEIRS,
        **theirs,
    }


def test_the_keys_and_ids_are_spelled_as_s3_spells_them() -> None:
    destination = {**TARGET, "encryptionConfiguration": {"replicaKmsKeyId": "k"}}
    asked = rule.asked({"id": "r", "status": "Enabled", "destination": destination})
    assert asked["ID"] == "r"
    assert asked["Destination"]["EncryptionConfiguration"] == {"ReplicaKmsKeyID": "k"}
    assert rule.found(asked)["destination"] == destination


def test_a_found_rule_has_its_tags_as_a_map() -> None:
    inside = {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}]}
    assert rule.found({"Filter": {"And": inside}}) == {"filter": {"and": {"prefix": "a/", "tags": {"k": "v"}}}}
