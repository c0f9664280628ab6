from typing import Any

import pytest

from rehearsal.provider import validation
from rehearsal.provider.schema import Check

GOOD: list[tuple[Check, Any]] = [
    (validation.between(1, 35), 1),
    (validation.between(1, 35), 35),
    (validation.at_least(3), 3),
    (validation.length(1, 3), "abc"),
    (validation.one_of("a", "b"), "b"),
    (validation.matching(r"[a-z]+", "must be letters"), "abc"),
    (validation.arn, "arn:aws:iam::111111111111:role/x"),
    (validation.arn, "arn:aws:iam::aws:policy/AdministratorAccess"),
    (validation.arn, "arn:aws:s3:::bucket"),
    (validation.arn, ""),
    (validation.json_document, "[]"),
    (validation.iam_policy, ' {"Version": "2012-10-17"}'),
    (validation.account_id, "111111111111"),
]
BAD: list[tuple[Check, Any, str]] = [
    (validation.between(1, 35), 0, "(1 - 35), got 0"),
    (validation.between(1, 35), 36, "(1 - 35), got 36"),
    (validation.at_least(3), 2, "at least (3), got 2"),
    (validation.length(1, 3), "", "(1 - 3), got "),
    (validation.length(1, 3), "abcd", "(1 - 3), got abcd"),
    (validation.one_of("a", "b"), "c", "one of ['a', 'b'], got c"),
    (validation.matching(r"[a-z]+", "must be letters"), "abc1", "must be letters, got abc1"),
    (validation.arn, "role/x", "(role/x) is an invalid ARN"),
    (validation.arn, "arn:aws:iam::1234:role/x", "is an invalid ARN"),
    (validation.json_document, "{", "contains an invalid JSON"),
    (validation.iam_policy, "", "not a JSON object"),
    (validation.iam_policy, "[]", "not a JSON object"),
    (validation.iam_policy, "{", "contains an invalid JSON"),
    (validation.account_id, "11111111111", "expected twelve digits, got 11111111111"),
]


@pytest.mark.parametrize(("check", "value"), GOOD)
def test_a_good_value_passes(check: Check, value: Any) -> None:
    assert check(value) is None


@pytest.mark.parametrize(("check", "value", "sentence"), BAD)
def test_fails_when_a_value_is_wrong(check: Check, value: Any, sentence: str) -> None:
    assert sentence in str(check(value))
