import gzip
import json
from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_people import allow, make_role, refuses
from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.dynamodb.exporting import BUCKET, CENTRAL, export, let_in, make_bucket
from tests.rehearsal.emulator.services.dynamodb.holding import (
    ARN,
    DAY,
    EVERY_TYPE,
    NAME,
    advance,
    described,
    held,
    item,
    put,
    switch_on,
)

pytestmark = pytest.mark.emulator

_READING = ("s3:ListBucket", "s3:GetObject")


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with the bucket of the sources."""
    return make_bucket(emulator, PROD)


def _write(s3: Any, key: str, *items: dict[str, Any]) -> None:
    lines = "\n".join(one if isinstance(one, str) else json.dumps({"Item": one}) for one in items)
    s3.put_object(Bucket=BUCKET, Key=key, Body=gzip.compress(lines.encode()))


def _asked(prefix: str = "data/", table: str = "imported", **more: object) -> dict[str, Any]:
    return {
        "S3BucketSource": {"S3Bucket": BUCKET, "S3KeyPrefix": prefix},
        "InputFormat": "DYNAMODB_JSON",
        "InputCompressionType": "GZIP",
        "TableCreationParameters": TABLE | {"TableName": table},
    } | more


def _import(dynamodb: Any, *given: str, **more: object) -> dict[str, Any]:
    """Import and return the import as it is at the next request."""
    begun = dynamodb.import_table(**_asked(*given, **more))["ImportTableDescription"]
    return dynamodb.describe_import(ImportArn=begun["ImportArn"])["ImportTableDescription"]


def test_what_was_exported_is_imported_with_every_type(dynamodb: Any, s3: Any) -> None:
    assert s3
    put(dynamodb, EVERY_TYPE, *(item(f"item-{number}") for number in range(10)))
    switch_on(dynamodb)
    folder = export(dynamodb)["ExportManifest"].rpartition("/")[0]
    ended = _import(dynamodb, f"{folder}/data/")
    assert ended["ImportStatus"] == "COMPLETED"
    assert (ended["ProcessedItemCount"], ended["ImportedItemCount"], ended["ErrorCount"]) == (11, 11, 0)
    assert held(dynamodb, "imported") == held(dynamodb)
    assert described(dynamodb, "imported")["TableStatus"] == "ACTIVE"


def test_the_last_of_two_items_with_one_key_stays(dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a", v=1), item("a", v=2))
    ended = _import(dynamodb)
    assert (ended["ImportStatus"], ended["ImportedItemCount"]) == ("COMPLETED", 2)
    assert held(dynamodb, "imported") == {"a": item("a", v=2)}


def test_fails_when_items_are_not_valid_and_keeps_the_others(dynamodb: Any, s3: Any) -> None:
    bad: list[Any] = ["nonsense", {"other": {"S": "no key"}}, {"id": {"N": "1"}}, {"id": {"S": "x"}, "n": {"N": "one"}}]
    _write(s3, "data/1", item("a"), *bad, item("b"))
    ended = _import(dynamodb)
    assert (ended["ImportStatus"], ended["FailureCode"]) == ("FAILED", "ItemValidationError")
    assert (ended["ProcessedItemCount"], ended["ImportedItemCount"], ended["ErrorCount"]) == (6, 2, 4)
    assert held(dynamodb, "imported").keys() == {"a", "b"}


def test_fails_when_an_object_is_not_compressed(dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a"))
    s3.put_object(Bucket=BUCKET, Key="data/2", Body=b"plain")
    ended = _import(dynamodb)
    assert (ended["FailureCode"], ended["ImportedItemCount"]) == ("ItemValidationError", 1)


def test_csv_is_imported(dynamodb: Any, s3: Any) -> None:
    s3.put_object(Bucket=BUCKET, Key="data/1.csv", Body=b"id;note\na;x\nb;\n")
    options = {"Csv": {"Delimiter": ";"}}
    ended = _import(dynamodb, InputFormat="CSV", InputFormatOptions=options, InputCompressionType="NONE")
    assert ended["ImportStatus"] == "COMPLETED"
    assert held(dynamodb, "imported") == {"a": item("a", note="x"), "b": item("b")}


def test_fails_when_the_options_are_no_csv(dynamodb: Any, s3: Any) -> None:
    assert s3
    for csv in ({"Delimiter": "x"}, {"HeaderList": ["a", "a"]}):
        with refuses("ValidationException"):
            _import(dynamodb, InputFormat="CSV", InputFormatOptions={"Csv": csv})


def test_a_table_can_be_imported_with_global_indexes(dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a", day="monday"))
    index = {
        "IndexName": "by-day",
        "KeySchema": [{"AttributeName": "day", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
    }
    attributes = [{"AttributeName": name, "AttributeType": "S"} for name in ("id", "day")]
    wanted = TABLE | {"TableName": "indexed", "AttributeDefinitions": attributes, "GlobalSecondaryIndexes": [index]}
    _import(dynamodb, TableCreationParameters=wanted)
    found = dynamodb.query(
        TableName="indexed",
        IndexName="by-day",
        KeyConditionExpression="#d = :d",
        ExpressionAttributeNames={"#d": "day"},
        ExpressionAttributeValues={":d": {"S": "monday"}},
    )
    assert found["Items"] == [item("a", day="monday")]


def test_fails_when_local_indexes_are_wanted(emulator: Emulator, dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a"))

    def with_local_indexes(params: dict[str, Any], **_: object) -> None:
        # boto3 does not know the member, a caller that is not boto3 may send it.
        content = json.loads(params["body"])
        content["TableCreationParameters"]["LocalSecondaryIndexes"] = [{"IndexName": "local"}]
        params["body"] = json.dumps(content).encode()

    client = emulator.client("dynamodb")
    client.meta.events.register("before-call.dynamodb.ImportTable", with_local_indexes)
    with refuses("ValidationException"):
        _import(client)
    assert dynamodb.list_tables()["TableNames"] == [NAME]


def test_fails_when_the_table_exists(dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a"))
    with refuses("ResourceInUseException"):
        _import(dynamodb, "data/", NAME)


def test_fails_when_the_bucket_or_its_objects_are_absent_and_leaves_no_table(emulator: Emulator, dynamodb: Any) -> None:
    ended = _import(dynamodb)
    assert (ended["ImportStatus"], ended["FailureCode"]) == ("FAILED", "S3NoSuchBucket")
    make_bucket(emulator, PROD)
    assert _import(dynamodb)["FailureCode"] == "S3NoSuchKey"
    assert dynamodb.list_tables()["TableNames"] == [NAME]


@pytest.mark.parametrize("more", [{"InputFormat": "ION"}, {"InputCompressionType": "ZSTD"}])
def test_fails_when_the_format_is_one_that_is_not_read(dynamodb: Any, s3: Any, more: dict[str, str]) -> None:
    assert s3
    with refuses("ValidationException"):
        _import(dynamodb, **more)


def test_an_import_reads_another_accounts_bucket_with_the_rights_of_its_caller(
    emulator: Emulator, dynamodb: Any
) -> None:
    s3 = make_bucket(emulator, CENTRAL)
    _write(s3, "data/1", item("a"))
    role = make_role(emulator, "importer", allow(["dynamodb:*", *_READING]))
    importer = emulator.client("dynamodb", role_arn=role)
    source = {"S3Bucket": BUCKET, "S3KeyPrefix": "data/", "S3BucketOwner": CENTRAL}
    assert _import(importer, S3BucketSource=source)["FailureCode"] == "S3AccessDenied"
    let_in(s3, role, *_READING)
    assert _import(importer)["FailureCode"] == "S3AccessDenied"
    assert _import(importer, S3BucketSource=source)["ImportStatus"] == "COMPLETED"
    assert held(dynamodb, "imported") == {"a": item("a")}


def test_an_import_is_under_way_for_as_long_as_the_scenario_says(emulator: Emulator, dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a"))
    emulator.control("PUT", "durations", {"import": {"seconds": 600}})
    begun = _import(dynamodb)
    assert begun["ImportStatus"] == "IN_PROGRESS"
    assert described(dynamodb, "imported")["TableStatus"] == "CREATING"
    with refuses("ResourceNotFoundException"):
        put(dynamodb, item("b"), table="imported")
    advance(emulator, timedelta(seconds=601))
    assert described(dynamodb, "imported")["TableStatus"] == "ACTIVE"
    put(dynamodb, item("b"), table="imported")


def test_an_import_ends_as_it_was_ordered(emulator: Emulator, dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a"))
    for ends in ("FAILED", "CANCELLED", "NEVER"):
        emulator.control(
            "POST", "orders", {"job": "import", "resource": "imported", "ends": ends, "message": "ordered"}
        )
    assert _import(dynamodb)["ImportStatus"] == "FAILED"
    assert _import(dynamodb)["ImportStatus"] == "CANCELLED"
    stuck = _import(dynamodb)
    advance(emulator, 2 * DAY)
    ended = dynamodb.describe_import(ImportArn=stuck["ImportArn"])["ImportTableDescription"]
    assert ended["ImportStatus"] == "IN_PROGRESS"


def test_fails_when_a_token_is_used_for_another_import_within_8_hours(
    emulator: Emulator, dynamodb: Any, s3: Any
) -> None:
    _write(s3, "data/1", item("a"))
    first = _import(dynamodb, ClientToken="once")
    assert _import(dynamodb, ClientToken="once")["ImportArn"] == first["ImportArn"]
    with refuses("ImportConflictException"):
        _import(dynamodb, "data/", "other", ClientToken="once")
    advance(emulator, timedelta(hours=8, seconds=1))
    assert _import(dynamodb, "data/", "other", ClientToken="once")["ImportArn"] != first["ImportArn"]


def test_fails_when_50_imports_are_under_way(emulator: Emulator, dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a"))
    emulator.control("PUT", "durations", {"import": {"seconds": 600}})
    for number in range(50):
        _import(dynamodb, "data/", f"table-{number}")
    with refuses("LimitExceededException"):
        _import(dynamodb)
    advance(emulator, timedelta(seconds=601))
    assert _import(dynamodb)["ImportStatus"] == "IN_PROGRESS"


def test_imports_are_listed_page_by_page_for_90_days(emulator: Emulator, dynamodb: Any, s3: Any) -> None:
    _write(s3, "data/1", item("a"))
    made = list[str]()
    for number in range(3):
        made.append(_import(dynamodb, "data/", f"table-{number}")["ImportArn"])
        advance(emulator, timedelta(seconds=1))
    first = dynamodb.list_imports(PageSize=2)
    second = dynamodb.list_imports(PageSize=2, NextToken=first["NextToken"])
    listed = first["ImportSummaryList"] + second["ImportSummaryList"]
    assert [one["ImportArn"] for one in listed] == made
    table = ARN.replace(NAME, "table-1")
    assert [one["ImportArn"] for one in dynamodb.list_imports(TableArn=table)["ImportSummaryList"]] == made[1:2]
    advance(emulator, 90 * DAY)
    assert dynamodb.list_imports()["ImportSummaryList"] == []
    with refuses("ImportNotFoundException"):
        dynamodb.describe_import(ImportArn=made[0])
