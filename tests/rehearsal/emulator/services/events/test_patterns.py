import json
from typing import Any, Final

import pytest

from rehearsal.emulator.services.events.patterns import meets, plain

EVENT: Final[dict[str, Any]] = {
    "source": "aws.backup",
    "detail-type": "Backup Job State Change",
    "resources": ["arn:one", "arn:two"],
    "detail": {"state": "FAILED", "size": 5, "deep": [{"name": "x"}], "none": None},
}


def answer(pattern: object) -> bool | None:
    conditions = plain(json.dumps(pattern))
    assert conditions is not None
    return meets(conditions, EVENT)


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["aws.backup"]},
        {"source": ["aws.s3", "aws.backup"], "detail": {"state": ["FAILED", "EXPIRED"]}},
        {"resources": ["arn:two"]},
    ],
)
def test_an_event_meets_a_pattern_that_lists_its_texts(pattern: object) -> None:
    assert answer(pattern) is True


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["aws.s3"]},
        {"source": ["aws.backup"], "detail": {"state": ["COMPLETED"]}},
        {"detail": {"absent": ["x"]}},
        {"detail": {"absent": {"deeper": ["x"]}}},
        {"detail": {"size": ["5"]}},
        {"detail": {"none": ["x"]}},
        {"detail": {"state": {"deeper": ["FAILED"]}}},
        {"resources": ["arn:three"]},
    ],
)
def test_an_event_does_not_meet_a_pattern_that_lists_other_texts(pattern: object) -> None:
    assert answer(pattern) is False


@pytest.mark.parametrize(
    "pattern", [{"detail": {"deep": {"name": ["x"]}}}, {"detail": {"deep": ["x"]}}, {"detail": ["x"]}]
)
def test_what_lies_deep_in_lists_is_left_to_others(pattern: object) -> None:
    assert answer(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": [{"prefix": "aws."}]},
        {"detail": {"size": [5]}},
        {"detail": {"none": [None]}},
        {"$or": [{"source": ["a"]}]},
        {},
    ],
)
def test_a_pattern_with_anything_but_texts_is_left_to_others(pattern: object) -> None:
    assert plain(json.dumps(pattern)) is None
