from typing import Any

import pytest

from tests.rehearsal.emulator.services.events.aiming import put

pytestmark = pytest.mark.emulator


def test_fails_when_an_event_claims_to_be_of_an_aws_service(events: Any) -> None:
    assert put(events, Source="aws.backup")["ErrorCode"] == "NotAuthorizedForSourceException"


@pytest.mark.parametrize("change", [{"Detail": "{"}, {"Detail": "[1]"}])
def test_fails_when_the_detail_of_an_event_is_no_json_object(events: Any, change: dict[str, str]) -> None:
    assert put(events, **change)["ErrorCode"] == "MalformedDetail"


@pytest.mark.parametrize("absent", ["Source", "DetailType", "Detail"])
def test_fails_when_an_event_lacks_what_every_event_has(events: Any, absent: str) -> None:
    assert put(events, **{absent: ""})["ErrorCode"] == "InvalidArgument"
