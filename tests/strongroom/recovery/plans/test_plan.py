import json

import pytest

from strongroom.recovery.plans import plan as plans
from strongroom.recovery.plans.plan import PlanError
from tests.strongroom.recovery.loss import Loss


def changed(**fields: object) -> str:
    return json.dumps({**json.loads(plans.text(Loss().plan())), **fields})


def test_a_plan_is_written_and_read_back() -> None:
    plan = Loss().plan()
    assert plans.read(plans.text(plan)) == plan


def test_the_same_plan_gives_the_same_text() -> None:
    assert plans.text(Loss().plan()) == plans.text(Loss().plan())


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("", "the plan is not JSON"),
        ("{", "the plan is not JSON"),
        ("[]", "the plan has version None, this program reads 1"),
        (changed(version=2), "the plan has version 2, this program reads 1"),
        ('{"version": 1}', "the plan cannot be used"),
        (changed(extra=1), "Extra inputs are not permitted"),
        (changed(run="ABCDEFGH"), "must be 8 of a-z and 0-9, got 'ABCDEFGH'"),
        (changed(run="abcdefghi"), "must be 8 of a-z and 0-9, got 'abcdefghi'"),
        (changed(made="2026-11-22T12:00:00"), "timezone"),
    ],
)
def test_fails_when_a_document_is_no_plan(document: str, says: str) -> None:
    with pytest.raises(PlanError, match=says):
        plans.read(document)
