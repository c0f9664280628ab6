import json
from typing import Any

import pytest

from rehearsal.provider.equality import json_text, normalised, policy_text


def document(**statement: Any) -> str:
    """A policy of one statement."""
    base = {
        "Effect": "Allow",
        "Principal": {"AWS": "111111111111"},
        "Action": ["s3:GetObject", "s3:PutObject"],
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [{**base, **statement}]})


SAME = [
    {"Action": ["s3:PutObject", "s3:GetObject"]},
    {"Action": ["S3:getobject", "s3:PutObject"]},
    {"Resource": ["*"]},
    {"Principal": {"AWS": ["arn:aws:iam::111111111111:root"]}},
]
OTHER = [
    {"Action": "s3:GetObject"},
    {"Effect": "Deny"},
    {"Resource": "arn:aws:s3:::one"},
    {"Principal": {"AWS": "222222222222"}},
    {"Principal": "*"},
    {"Condition": {"Bool": {"aws:SecureTransport": "false"}}},
]


@pytest.mark.parametrize("statement", SAME)
def test_policies_that_mean_the_same_are_equal(statement: dict[str, Any]) -> None:
    assert policy_text(document()) == policy_text(document(**statement))


@pytest.mark.parametrize("statement", OTHER)
def test_policies_that_mean_another_thing_are_not(statement: dict[str, Any]) -> None:
    assert policy_text(document()) != policy_text(document(**statement))


def test_everybody_is_every_aws_principal() -> None:
    assert policy_text(document(Principal="*")) == policy_text(document(Principal={"AWS": ["*"]}))


def test_the_order_of_statements_and_condition_values_means_nothing() -> None:
    one, other = json.loads(document())["Statement"][0], json.loads(document(Effect="Deny"))["Statement"][0]
    one["Condition"] = {"StringEquals": {"aws:PrincipalOrgID": ["o-1", "o-2"]}, "Bool": {"aws:SecureTransport": True}}
    twin = {
        **one,
        "Condition": {
            "Bool": {"aws:SecureTransport": ["true"]},
            "StringEquals": {"aws:PrincipalOrgID": ["o-2", "o-1"]},
        },
    }
    assert policy_text(json.dumps({"Statement": [one, other]})) == policy_text(json.dumps({"Statement": [other, twin]}))


def test_no_policy_is_an_empty_policy() -> None:
    assert policy_text("") == policy_text("{}")


def test_a_text_that_is_no_json_equals_only_itself() -> None:
    assert policy_text("{oops") == policy_text("{oops")
    assert policy_text("{oops") != policy_text("{")


def test_plain_json_keeps_the_order_of_lists() -> None:
    assert json_text('{"a": [1, 2], "b": 1}') == json_text('{"b":1,"a":[1,2]}')
    assert json_text('{"a": [1, 2]}') != json_text('{"a": [2, 1]}')


def test_the_normal_form_is_sorted_and_compact() -> None:
    assert normalised('{ "b": 1, "a": [2] }') == '{"a":[2],"b":1}'
    assert normalised("no json") == "no json"
