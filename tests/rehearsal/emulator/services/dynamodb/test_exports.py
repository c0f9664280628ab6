import json
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.asking import make_key
from tests.rehearsal.emulator.services.dynamodb.exporting import BUCKET, export, get, keys, lines, make_bucket
from tests.rehearsal.emulator.services.dynamodb.holding import (
    ARN,
    DAY,
    EVERY_TYPE,
    NAME,
    advance,
    held,
    item,
    put,
    switch_on,
    window,
)

pytestmark = pytest.mark.emulator


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with the bucket of the exports."""
    return make_bucket(emulator, PROD)


@pytest.fixture
def recorded(dynamodb: Any) -> Any:
    """DynamoDB with point-in-time recovery of the table."""
    switch_on(dynamodb)
    return dynamodb


def _wire(value: Any) -> Any:
    """Return an attribute value as JSON has it: binary in base64."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, dict):
        return {name: _wire(one) for name, one in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return [_wire(one) for one in value] if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType]


def test_a_full_export_holds_every_item_and_type(recorded: Any, s3: Any) -> None:
    many = [item(f"item-{number}") for number in range(30)]
    put(recorded, EVERY_TYPE, *many)
    ended = export(recorded, S3Prefix="daily")
    assert ended["ExportStatus"] == "COMPLETED"
    found = {line["Item"]["id"]["S"]: line["Item"] for line in lines(s3, ended)}
    assert found == {name: _wire(one) for name, one in held(recorded).items()}
    assert len(found) == 31


def test_the_files_lie_where_aws_puts_them(recorded: Any, s3: Any) -> None:
    ended = export(recorded, S3Prefix="daily")
    folder = f"daily/AWSDynamoDB/{ended['ExportArn'].rpartition('/')[2]}"
    assert ended["ExportManifest"] == f"{folder}/manifest-summary.json"
    names = {"_started", *(f"manifest-{name}.{end}" for name in ("files", "summary") for end in ("json", "md5"))}
    found = {key.removeprefix(f"{folder}/") for key in keys(s3)}
    assert {name for name in found if not name.startswith("data/")} == names
    assert len(found) == len(names) + 4
    assert get(s3, f"{folder}/_started") == b""


def test_the_summary_says_what_was_exported(emulator: Emulator, recorded: Any, s3: Any) -> None:
    put(recorded, item("a"))
    advance(emulator, timedelta(seconds=2))
    ended = export(recorded)
    summary = json.loads(get(s3, ended["ExportManifest"]))
    assert summary["version"] == "2020-06-30"
    assert summary["exportArn"] == ended["ExportArn"]
    assert (summary["tableArn"], summary["tableId"]) == (ARN, ended["TableId"])
    assert abs(datetime.fromisoformat(summary["exportTime"]) - ended["ExportTime"]) <= timedelta(milliseconds=1)
    assert datetime.fromisoformat(summary["startTime"]) <= datetime.fromisoformat(summary["endTime"])
    assert (summary["s3Bucket"], summary["s3Prefix"]) == (BUCKET, None)
    assert (summary["s3SseAlgorithm"], summary["s3SseKmsKeyId"]) == ("AES256", None)
    assert (summary["outputFormat"], summary["exportType"]) == ("DYNAMODB_JSON", "FULL_EXPORT")
    assert ended["ClientToken"]
    assert "ExportType" not in ended


def test_an_export_is_of_the_second_that_was_asked_for(emulator: Emulator, recorded: Any, s3: Any) -> None:
    put(recorded, item("early"))
    advance(emulator, timedelta(seconds=2))
    instant = emulator.now()
    advance(emulator, DAY)
    put(recorded, item("late"))
    assert [line["Item"] for line in lines(s3, export(recorded, ExportTime=instant))] == [item("early")]


def test_an_empty_table_has_empty_files(recorded: Any, s3: Any) -> None:
    ended = export(recorded)
    assert lines(s3, ended) == []
    assert (ended["ItemCount"], ended["BilledSizeBytes"]) == (0, 0)


def test_a_filtered_export_says_so(recorded: Any, s3: Any) -> None:
    put(recorded, item("a", v=1), item("b", v=2))
    wanted = {"FilterExpression": "v = :v", "ExpressionAttributeValues": {":v": {"S": "2"}}}
    ended = export(recorded, FilterSpecification=wanted)
    assert ended["FilterSpecification"] == wanted
    assert lines(s3, ended) == [{"Item": item("b", v=2)}]


def test_an_export_is_under_way_for_as_long_as_the_scenario_says(emulator: Emulator, recorded: Any, s3: Any) -> None:
    emulator.control("PUT", "durations", {"export": {"seconds": 600}})
    begun = export(recorded)
    assert begun["ExportStatus"] == "IN_PROGRESS"
    assert "ExportManifest" not in begun
    assert [key.rpartition("/")[2] for key in keys(s3)] == ["_started"]
    recorded.delete_table(TableName=NAME)
    advance(emulator, timedelta(seconds=601))
    ended = recorded.describe_export(ExportArn=begun["ExportArn"])["ExportDescription"]
    assert ended["ExportStatus"] == "COMPLETED"
    assert ended["EndTime"] - ended["StartTime"] >= timedelta(seconds=600)
    assert lines(s3, ended) == []


def test_an_export_ends_as_it_was_ordered(emulator: Emulator, recorded: Any, s3: Any) -> None:
    emulator.control("POST", "orders", {"job": "export", "resource": NAME, "ends": "FAILED", "message": "out of luck"})
    emulator.control("POST", "orders", {"job": "export", "resource": NAME, "ends": "NEVER"})
    failed, stuck = export(recorded), export(recorded)
    assert (failed["ExportStatus"], failed["FailureMessage"]) == ("FAILED", "out of luck")
    assert not [key for key in keys(s3) if "manifest" in key]
    advance(emulator, 30 * DAY)
    assert recorded.describe_export(ExportArn=stuck["ExportArn"])["ExportDescription"]["ExportStatus"] == "IN_PROGRESS"


def test_exports_are_listed_page_by_page_for_90_days(emulator: Emulator, recorded: Any, s3: Any) -> None:
    assert s3
    made = list[str]()
    for _ in range(3):
        made.append(export(recorded)["ExportArn"])
        advance(emulator, timedelta(seconds=1))
    first = recorded.list_exports(TableArn=ARN, MaxResults=2)
    second = recorded.list_exports(TableArn=ARN, MaxResults=2, NextToken=first["NextToken"])
    listed = first["ExportSummaries"] + second["ExportSummaries"]
    assert listed == [{"ExportArn": arn, "ExportStatus": "COMPLETED", "ExportType": "FULL_EXPORT"} for arn in made]
    assert "NextToken" not in second
    assert recorded.list_exports(TableArn=f"{ARN}-other")["ExportSummaries"] == []
    advance(emulator, 90 * DAY)
    assert recorded.list_exports()["ExportSummaries"] == []
    with refuses("ExportNotFoundException"):
        recorded.describe_export(ExportArn=made[0])


def test_fails_when_what_is_described_is_no_export(recorded: Any) -> None:
    with refuses("ValidationException"):
        recorded.describe_export(ExportArn=ARN)


def test_fails_when_the_table_is_absent(dynamodb: Any, s3: Any) -> None:
    assert s3
    with refuses("TableNotFoundException"):
        export(dynamodb, TableArn=f"{ARN}-absent")


def test_fails_when_recovery_is_off(dynamodb: Any, s3: Any) -> None:
    assert s3
    with refuses("PointInTimeRecoveryUnavailableException") as refused:
        export(dynamodb)
    assert str(refused.value).endswith(f"Point in time recovery is not enabled for table '{NAME}'")


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1)])
def test_fails_when_the_time_is_outside_the_window(emulator: Emulator, recorded: Any, s3: Any, off: timedelta) -> None:
    assert s3
    with refuses("InvalidExportTimeException"):
        export(recorded, ExportTime=emulator.now() + off)


def test_fails_when_the_format_is_one_that_is_not_written(recorded: Any, s3: Any) -> None:
    assert s3
    with refuses("ValidationException"):
        export(recorded, ExportFormat="ION")


def test_fails_when_a_key_is_given_without_its_algorithm(emulator: Emulator, recorded: Any, s3: Any) -> None:
    key = make_key(emulator)
    with refuses("ValidationException"):
        export(recorded, S3SseKmsKeyId=key)
    ended = export(recorded, S3SseAlgorithm="KMS", S3SseKmsKeyId=key)
    head = s3.head_object(Bucket=BUCKET, Key=ended["ExportManifest"])
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", key)


def test_fails_when_a_token_is_used_for_another_export_within_8_hours(
    emulator: Emulator, recorded: Any, s3: Any
) -> None:
    assert s3
    first = export(recorded, ClientToken="nightly")
    assert export(recorded, ClientToken="nightly")["ExportArn"] == first["ExportArn"]
    with refuses("ExportConflictException"):
        export(recorded, ClientToken="nightly", S3Prefix="elsewhere")
    advance(emulator, timedelta(hours=8, seconds=1))
    assert export(recorded, ClientToken="nightly", S3Prefix="elsewhere")["ExportArn"] != first["ExportArn"]


def test_fails_when_300_exports_are_under_way(emulator: Emulator, recorded: Any, s3: Any) -> None:
    assert s3
    emulator.control("PUT", "durations", {"export": {"seconds": 600}})
    for _ in range(300):
        recorded.export_table_to_point_in_time(TableArn=ARN, S3Bucket=BUCKET)
    with refuses("LimitExceededException"):
        export(recorded)
    advance(emulator, timedelta(seconds=601))
    export(recorded)


def test_the_time_of_an_export_can_be_later_than_the_latest_restorable(
    emulator: Emulator, recorded: Any, s3: Any
) -> None:
    advance(emulator, timedelta(minutes=10))
    put(recorded, item("late"))
    advance(emulator, timedelta(seconds=2))
    assert window(recorded)["LatestRestorableDateTime"] < emulator.now() - timedelta(minutes=4)
    assert lines(s3, export(recorded)) == [{"Item": item("late")}]
