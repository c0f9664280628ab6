from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.emulator_process import (
    BACKUP,
    MANAGEMENT,
    ORGANIZATION,
    PROD,
    ControlError,
    Emulator,
)

pytestmark = pytest.mark.emulator


def test_status_names_the_process_and_the_accounts(emulator: Emulator) -> None:
    status = emulator.control("GET", "status")
    assert (status["pid"], status["endpoint"], status["sealed"]) == (emulator.process.pid, emulator.endpoint, True)
    assert {account["id"] for account in status["accounts"]} == {
        MANAGEMENT,
        PROD,
        "222222222222",
        BACKUP,
        "444444444444",
    }


def test_the_clock_moves_forward_and_a_reset_takes_it_back(emulator: Emulator) -> None:
    before = emulator.control("GET", "clock")["now"]
    after = emulator.control("POST", "clock", {"advance_seconds": 86400 * 365})["now"]
    assert int(after[:4]) == int(before[:4]) + 1
    emulator.reset()
    assert emulator.control("GET", "clock")["now"] < after


def test_every_answer_of_aws_is_dated_by_the_virtual_clock(emulator: Emulator) -> None:
    later = datetime.fromisoformat(emulator.control("POST", "clock", {"advance_seconds": 86400 * 365})["now"])
    said = emulator.client("sts").get_caller_identity()["ResponseMetadata"]["HTTPHeaders"]["date"]
    assert timedelta() <= parsedate_to_datetime(said) - later.replace(microsecond=0) < timedelta(minutes=1)


@pytest.mark.parametrize("seconds", [-1, "3d", True, None])
def test_fails_when_the_clock_is_moved_by_what_is_no_duration(emulator: Emulator, seconds: object) -> None:
    with pytest.raises(ControlError, match="advance_seconds must be a number of at least 0"):
        emulator.control("POST", "clock", {"advance_seconds": seconds})


def test_the_same_seed_again_gives_the_same_answer(emulator: Emulator) -> None:
    again = emulator.control("PUT", "organization", ORGANIZATION)
    assert emulator.administrator is not None
    assert again["administrator"]["access_key_id"] == emulator.administrator.access_key_id


def test_fails_when_another_seed_follows(emulator: Emulator) -> None:
    with pytest.raises(ControlError, match="made from another document"):
        emulator.control("PUT", "organization", {**ORGANIZATION, "id": "o-other00000"})


def test_an_account_is_opened_in_its_unit(emulator: Emulator) -> None:
    made = emulator.control("POST", "accounts", {"name": "prod-2", "unit": "Sources"})
    organizations = emulator.client("organizations", account=MANAGEMENT)
    parents = organizations.list_parents(ChildId=made["id"])["Parents"]
    assert [parent["Id"] for parent in parents] == ["ou-exam-sources1"]
    assert emulator.client("sts", account=made["id"]).get_caller_identity()["Account"] == made["id"]


def test_an_account_outside_is_in_no_organization(emulator: Emulator) -> None:
    made = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})
    listed = emulator.client("organizations", account=MANAGEMENT).list_accounts()["Accounts"]
    assert made["id"] not in {account["Id"] for account in listed}
    assert emulator.client("sts", account=made["id"]).get_caller_identity()["Account"] == made["id"]


@pytest.mark.parametrize("taken", [{"name": "prod"}, {"name": "prod-3", "id": PROD}])
def test_fails_when_the_account_exists(emulator: Emulator, taken: dict[str, str]) -> None:
    with pytest.raises(ControlError, match=r"account prod \(111111111111\) exists") as refused:
        emulator.control("POST", "accounts", taken)
    assert refused.value.status == 409


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"name": "x", "id": "1"}, "must be 12 digits, got '1'"),
        ({"name": "x", "unit": "Nowhere"}, "is in unit 'Nowhere', the seed has"),
        ({"name": ""}, "an account needs a name, got ''"),
        ({"name": "x", "colour": "red"}, r"got also \['colour'\]"),
    ],
)
def test_fails_when_the_account_cannot_be(emulator: Emulator, body: dict[str, str], sentence: str) -> None:
    with pytest.raises(ControlError, match=sentence) as refused:
        emulator.control("POST", "accounts", body)
    assert refused.value.status == 400


def test_fails_when_the_call_is_unknown(emulator: Emulator) -> None:
    with pytest.raises(ControlError, match=r"no such call: GET nonsense; there are .*POST reset") as refused:
        emulator.control("GET", "nonsense")
    assert refused.value.status == 404


def test_fails_when_the_body_is_no_json_object(emulator: Emulator) -> None:
    with pytest.raises(ControlError, match=r"the body must be a JSON object, got '\[1\]'"):
        emulator.control("POST", "accounts", [1])
