import json
from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import PROD, REGION

pytestmark = pytest.mark.emulator


def policy(events: Any) -> Any:
    """Return the policy of the default bus."""
    return json.loads(events.describe_event_bus()["Policy"])


def permit(events: Any, principal: str, **more: object) -> None:
    """Let somebody put events on the default bus."""
    events.put_permission(Principal=principal, StatementId="one", Action="events:PutEvents", **more)


@pytest.mark.parametrize(
    ("principal", "shown"), [("222222222222", {"AWS": "arn:aws:iam::222222222222:root"}), ("*", "*")]
)
def test_a_permission_is_for_an_account_or_for_everybody(events: Any, principal: str, shown: object) -> None:
    permit(events, principal)
    assert policy(events)["Statement"][0]["Principal"] == shown


def test_fails_when_a_permission_is_for_who_is_no_account(events: Any) -> None:
    with refuses("ValidationException"):
        permit(events, "222")


def test_fails_when_a_permission_is_on_an_absent_bus(events: Any) -> None:
    with refuses("ResourceNotFoundException"):
        permit(events, "*", EventBusName="absent")


def test_a_whole_policy_is_written_and_read_back(events: Any) -> None:
    statement = {
        "Sid": "organisation",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "events:PutEvents",
        "Resource": f"arn:aws:events:{REGION}:{PROD}:event-bus/default",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}},
    }
    events.put_permission(Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    assert policy(events)["Statement"] == [statement]


def test_fails_when_a_whole_policy_is_none(events: Any) -> None:
    with refuses("ValidationException"):
        events.put_permission(Policy="{}")
