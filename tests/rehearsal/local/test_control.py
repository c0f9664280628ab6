import socket
from datetime import UTC, datetime

import pytest

from rehearsal.local.control import Control
from rehearsal.local.errors import NotFoundError, RehearsalError, TookTooLongError
from tests.rehearsal.local.control_server import serving

NOW = "2026-11-22T12:00:00.000Z"
ACCOUNT = {
    "name": "fresh",
    "id": "555555555555",
    "inside": True,
    "lost": False,
    "unit": "Sources",
    "administrator_role_arn": "arn:aws:iam::555555555555:role/OrganizationAccountAccessRole",
}


def test_the_clock_is_turned_by_seconds() -> None:
    with serving({"POST clock": (200, {"now": NOW})}) as served:
        assert Control(served.endpoint).advance(90) == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert served.asked == [("POST", "clock", {"advance_seconds": 90})]


def test_an_account_is_opened_outside_or_in_a_unit() -> None:
    with serving({"POST accounts": (200, ACCOUNT)}) as served:
        control = Control(served.endpoint)
        control.add_account("fresh", unit="Sources")
        control.add_account("fresh", outside=True)
    assert [body for *_, body in served.asked] == [
        {"name": "fresh", "outside": False, "unit": "Sources"},
        {"name": "fresh", "outside": True},
    ]


def test_durations_and_faults_are_said_as_they_are() -> None:
    takes, fault = {"copy": {"seconds": 30}}, {"job": "copy", "resource": "*", "ends": "PARTIAL"}
    answers: dict[str, tuple[int, object]] = {
        name: (200, {}) for name in ("PUT durations", "POST orders", "DELETE orders")
    }
    with serving(answers) as served:
        control = Control(served.endpoint)
        control.take_time(takes)
        control.order(fault)
        control.withdraw_orders()
    assert served.asked == [("PUT", "durations", takes), ("POST", "orders", fault), ("DELETE", "orders", None)]


def test_fails_when_an_account_name_is_taken_with_the_emulators_own_sentence() -> None:
    refusal = {"error": "account prod (111111111111) exists"}
    with serving({"POST accounts": (409, refusal)}) as served, pytest.raises(RehearsalError, match="account prod"):
        Control(served.endpoint).add_account("prod")


def test_fails_when_there_is_no_such_account() -> None:
    with serving({}) as served, pytest.raises(NotFoundError):
        Control(served.endpoint).lose_account("nobody")


def test_a_name_cannot_leave_its_place_in_the_path() -> None:
    with serving({}) as served, pytest.raises(NotFoundError):
        Control(served.endpoint).lose_account("../seal?x")
    assert served.asked[0][1] == "accounts/..%2Fseal%3Fx/lose"


@pytest.mark.parametrize("endpoint", ["http://192.0.2.1:4577", "http://example.com", "http://127.0.0.1.example.com"])
def test_fails_when_the_endpoint_is_another_machine(endpoint: str) -> None:
    with pytest.raises(RehearsalError, match="its own machine only"):
        Control(endpoint)


def test_fails_when_nothing_answers() -> None:
    with serving({}) as served:
        pass
    with pytest.raises(RehearsalError, match="nothing answers at"):
        Control(served.endpoint).status()


def test_fails_when_the_answer_is_not_what_was_asked_for() -> None:
    with serving({"GET clock": (200, {"time": NOW})}) as served, pytest.raises(RehearsalError, match="unexpected"):
        Control(served.endpoint).now()


def test_fails_when_calls_are_forgotten_already() -> None:
    page: dict[str, object] = {"calls": [], "next": 9, "dropped": 2}
    with (
        serving({"GET calls?since=3": (200, page)}) as served,
        pytest.raises(RehearsalError, match="forgotten 2 calls"),
    ):
        Control(served.endpoint).calls(3)


def test_fails_when_the_answer_takes_too_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        control = Control(f"http://127.0.0.1:{silent.getsockname()[1]}", seconds=0.05)
        with pytest.raises(TookTooLongError, match=r"did not answer status within 0\.05 seconds"):
            control.status()
