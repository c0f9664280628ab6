from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator_people import refuses
from tests.emulator_process import CI, PROD, ControlError, Emulator

pytestmark = pytest.mark.emulator

TABLE: dict[str, Any] = {
    "TableName": "orders",
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}


def order(emulator: Emulator, **document: object) -> list[dict[str, object]]:
    return emulator.control("POST", "orders", document)


def codes(calls: Iterator[Any]) -> list[str]:
    """What each call ends with: its error code, or `done`."""
    found: list[str] = []
    for call in calls:
        try:
            call()
            found.append("done")
        except ClientError as refused:
            found.append(refused.response.get("Error", {}).get("Code", ""))
    return found


@pytest.mark.parametrize(
    ("service", "operation", "call"),
    [
        ("dynamodb", "ListTables", "list_tables"),
        ("s3", "ListAllMyBuckets", "list_buckets"),
        ("iam", "ListRoles", "list_roles"),
        ("backup", "ListBackupVaults", "list_backup_vaults"),
        ("sns", "ListTopics", "list_topics"),
        ("monitoring", "ListMetrics", "list_metrics"),
        ("kms", "ListKeys", "list_keys"),
    ],
)
def test_the_second_call_of_an_operation_is_throttled_in_its_own_protocol(
    emulator: Emulator, service: str, operation: str, call: str
) -> None:
    order(emulator, service=service, operation=operation, do="throttle", nth=2)
    client = emulator.client({"monitoring": "cloudwatch"}.get(service, service))
    assert codes(getattr(client, call) for _ in range(3)) == ["done", "ThrottlingException", "done"]
    assert emulator.control("GET", "orders") == []


def test_a_call_fails_as_often_as_ordered_with_the_code_that_was_ordered(emulator: Emulator) -> None:
    order(emulator, service="dynamodb", operation="ListTables", do="fail", times=2, code="InternalServerError")
    client = emulator.client("dynamodb")
    assert codes(client.list_tables for _ in range(3)) == ["InternalServerError"] * 2 + ["done"]


def test_an_order_for_an_account_leaves_others_alone(emulator: Emulator) -> None:
    order(emulator, service="dynamodb", operation="ListTables", do="fail", account=CI)
    emulator.client("dynamodb", account=PROD).list_tables()
    with refuses("InternalServerError"):
        emulator.client("dynamodb", account=CI).list_tables()


def test_a_call_that_fails_after_its_work_has_done_it(emulator: Emulator) -> None:
    order(emulator, service="dynamodb", operation="CreateTable", do="fail_after")
    client = emulator.client("dynamodb")
    with refuses("InternalServerError"):
        client.create_table(**TABLE)
    assert client.list_tables()["TableNames"] == ["orders"]


def test_a_call_that_fails_has_done_nothing(emulator: Emulator) -> None:
    order(emulator, service="dynamodb", operation="CreateTable", do="fail")
    client = emulator.client("dynamodb")
    with refuses("InternalServerError"):
        client.create_table(**TABLE)
    assert client.list_tables()["TableNames"] == []


def test_a_call_that_stalls_is_answered_late_and_holds_up_nobody(emulator: Emulator) -> None:
    order(emulator, service="dynamodb", operation="ListTables", do="stall", seconds=0.3)
    began = monotonic()
    emulator.client("dynamodb").list_tables()
    assert monotonic() - began >= 0.3


def test_a_region_that_is_down_answers_nobody_and_other_regions_and_iam_do(emulator: Emulator) -> None:
    order(emulator, down="eu-west-2")
    with refuses("ServiceUnavailable"):
        emulator.client("dynamodb").list_tables()
    emulator.client("dynamodb", region="eu-west-1").list_tables()
    emulator.client("iam").list_roles()
    emulator.control("DELETE", "orders")
    emulator.client("dynamodb").list_tables()


def test_orders_survive_a_kill_and_end_with_a_reset(emulator: Emulator) -> None:
    order(emulator, job="copy", resource="*", ends="FAILED", times=3)
    assert emulator.control("GET", "orders")[0]["times"] == 3
    emulator.reset()
    assert emulator.control("GET", "orders") == []


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"service": "dynamodb", "operation": "ListTables"},
        {"service": "dynamodb", "operation": "ListTables", "do": "explode"},
        {"service": "dynamodb", "operation": "ListTables", "do": "fail", "nth": 0},
        {"service": "dynamodb", "operation": "ListTables", "do": "fail", "when": "later"},
        {"job": "copy", "ends": "FAILED"},
        {"job": "copy", "resource": "*", "ends": "FAILED", "nth": "second"},
        {"down": 1},
    ],
)
def test_fails_when_an_order_is_none(emulator: Emulator, document: dict[str, object]) -> None:
    with pytest.raises(ControlError, match="an order is"):
        emulator.control("POST", "orders", document)
    assert emulator.control("GET", "orders") == []


def test_durations_are_kept_until_others_come(emulator: Emulator) -> None:
    scenario = {"copy": {"seconds": 30, "seconds_per_gib": 60.5, "resources": {"receipts": 120}}, "restore": {}}
    assert emulator.control("PUT", "durations", scenario) == scenario
    assert emulator.control("GET", "durations") == scenario
    assert emulator.control("PUT", "durations", {}) == {}


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ({"mending": {"seconds": 1}}, "durations are given for backup, copy, restore"),
        ({"copy": {"minutes": 1}}, "has seconds, seconds_per_gib and resources"),
        ({"copy": {"seconds": -1}}, "a number of at least 0, got -1"),
        ({"copy": {"seconds": True}}, "a number of at least 0, got True"),
        ({"copy": {"resources": {"receipts": "long"}}}, "a number of at least 0, got 'long'"),
        ({"copy": 30}, "has seconds, seconds_per_gib and resources"),
    ],
)
def test_fails_when_a_duration_is_none(emulator: Emulator, document: dict[str, object], why: str) -> None:
    with pytest.raises(ControlError, match=why):
        emulator.control("PUT", "durations", document)
    assert emulator.control("GET", "durations") == {}


def test_an_order_of_a_lost_account_stays(emulator: Emulator) -> None:
    order(emulator, job="backup", resource="*", ends="NEVER")
    emulator.control("POST", "accounts/backup/lose")
    assert len(emulator.control("GET", "orders")) == 1
