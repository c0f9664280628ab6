import pytest

from strongroom.aws.comparison import holds, same
from strongroom.documents.policy import Document, Statement

STATEMENT: Statement = {
    "Sid": "A",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
    "Action": ["s3:GetObject", "s3:PutObject"],
    "Resource": ["a", "b"],
}
OTHER: Statement = {"Sid": "B", "Effect": "Deny", "Action": ["s3:*"], "Resource": "c"}
DOCUMENT: Document = {"Version": "2012-10-17", "Statement": [STATEMENT, OTHER]}


def changed(**parts: object) -> Document:
    return {"Version": "2012-10-17", "Statement": [{**STATEMENT, **parts}, OTHER]}  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    "parts",
    [
        {"Action": ["s3:PutObject", "s3:GetObject"]},
        {"Resource": ["b", "a"]},
        {"Principal": {"AWS": ["111111111111"]}},
        {"Sid": "Renamed"},
    ],
)
def test_what_aws_rewrites_makes_no_difference(parts: dict[str, object]) -> None:
    assert same(DOCUMENT, changed(**parts))


@pytest.mark.parametrize(
    "parts",
    [
        {"Action": ["s3:GetObject"]},
        {"Effect": "Deny"},
        {"Resource": "a"},
        {"Principal": {"AWS": "222222222222"}},
        {"Condition": {"Bool": {"aws:SecureTransport": "true"}}},
    ],
)
def test_what_changes_a_permission_makes_a_difference(parts: dict[str, object]) -> None:
    assert not same(DOCUMENT, changed(**parts))


def test_order_of_statements_makes_no_difference() -> None:
    assert same(DOCUMENT, {"Version": "2012-10-17", "Statement": [OTHER, STATEMENT]})


def test_a_statement_is_found_whatever_its_name() -> None:
    assert holds(DOCUMENT, {**STATEMENT, "Sid": "C"})
    assert not holds(DOCUMENT, {**STATEMENT, "Effect": "Deny"})
