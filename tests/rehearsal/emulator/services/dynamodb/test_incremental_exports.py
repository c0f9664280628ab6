import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.dynamodb.exporting import export, get, keys, lines, make_bucket
from tests.rehearsal.emulator.services.dynamodb.holding import NAME, advance, item, put, switch_on

pytestmark = pytest.mark.emulator

_HOUR = timedelta(hours=1)


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with the bucket of the exports."""
    return make_bucket(emulator, PROD)


@pytest.fixture
def hour(emulator: Emulator, dynamodb: Any) -> tuple[datetime, datetime]:
    """Changes of every kind within an hour, of which the beginning and the end are returned."""
    put(dynamodb, item("kept"), item("changed", v=0), item("removed", v=0))
    switch_on(dynamodb)
    advance(emulator, timedelta(minutes=1))
    start = emulator.now()
    advance(emulator, timedelta(minutes=10))
    put(dynamodb, item("changed", v=1), item("made"), item("passing"))
    advance(emulator, timedelta(minutes=10))
    put(dynamodb, item("changed", v=2))
    for name in ("removed", "passing"):
        dynamodb.delete_item(TableName=NAME, Key=item(name))
    advance(emulator, _HOUR - timedelta(minutes=20))
    end = emulator.now()
    advance(emulator, timedelta(minutes=1))
    put(dynamodb, item("changed", v=3), item("later"))
    return start, end


def _incremental(dynamodb: Any, start: datetime, end: datetime | None, **more: object) -> dict[str, Any]:
    times = {"ExportFromTime": start} | ({} if end is None else {"ExportToTime": end})
    return export(dynamodb, ExportType="INCREMENTAL_EXPORT", IncrementalExportSpecification=times | more)


def _by_key(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {line["Keys"]["id"]["S"]: line for line in found}


def test_each_item_that_changed_is_there_with_its_last_state(
    dynamodb: Any, s3: Any, hour: tuple[datetime, datetime]
) -> None:
    found = _by_key(lines(s3, _incremental(dynamodb, *hour)))
    assert found.keys() == {"changed", "made", "removed"}
    changed, made, removed = found["changed"], found["made"], found["removed"]
    assert (changed["OldImage"], changed["NewImage"]) == (item("changed", v=0), item("changed", v=2))
    assert made["NewImage"] == item("made")
    assert "OldImage" not in made
    assert removed["OldImage"] == item("removed", v=0)
    assert "NewImage" not in removed
    written = datetime.fromtimestamp(int(changed["Metadata"]["WriteTimestampMicros"]["N"]) / 1e6, hour[0].tzinfo)
    assert timedelta(minutes=20) <= written - hour[0] < timedelta(minutes=21)


def test_old_images_are_left_out_when_only_the_new_ones_are_wanted(
    dynamodb: Any, s3: Any, hour: tuple[datetime, datetime]
) -> None:
    ended = _incremental(dynamodb, *hour, ExportViewType="NEW_IMAGE")
    found = _by_key(lines(s3, ended))
    assert found["changed"]["NewImage"] == item("changed", v=2)
    assert found["removed"].keys() == {"Metadata", "Keys"}
    assert not [line for line in found.values() if "OldImage" in line]


def test_the_data_of_all_incremental_exports_share_a_folder(
    dynamodb: Any, s3: Any, hour: tuple[datetime, datetime]
) -> None:
    ended = _incremental(dynamodb, *hour)
    folder = ended["ExportManifest"].rpartition("/")[0]
    assert len([key for key in keys(s3) if key.startswith("AWSDynamoDB/data/")]) == 4
    assert not [key for key in keys(s3) if key.startswith(f"{folder}/data/")]
    summary = json.loads(get(s3, ended["ExportManifest"]))
    assert (summary["exportType"], summary["outputView"]) == ("INCREMENTAL_EXPORT", "NEW_AND_OLD_IMAGES")
    assert datetime.fromisoformat(summary["exportFromTime"]) == hour[0].replace(microsecond=0)
    assert datetime.fromisoformat(summary["exportToTime"]) == hour[1].replace(microsecond=0)
    assert "exportTime" not in summary
    assert summary["version"] == "2023-08-01"
    assert ended["BilledSizeBytes"] == 10 * 2**20


def test_an_export_without_an_end_goes_up_to_now(dynamodb: Any, s3: Any, hour: tuple[datetime, datetime]) -> None:
    found = _by_key(lines(s3, _incremental(dynamodb, hour[0], None)))
    assert found["changed"]["OldImage"] == item("changed", v=0)
    assert "ExportToTime" in _incremental(dynamodb, hour[0], None)["IncrementalExportSpecification"]


@pytest.mark.parametrize("length", [timedelta(minutes=14, seconds=59), timedelta(hours=24, seconds=1)])
def test_fails_when_the_period_is_too_short_or_too_long(
    emulator: Emulator, dynamodb: Any, s3: Any, hour: tuple[datetime, datetime], length: timedelta
) -> None:
    assert s3
    advance(emulator, timedelta(hours=24))
    with refuses("InvalidExportTimeException"):
        _incremental(dynamodb, hour[0], hour[0] + length)


@pytest.mark.parametrize("length", [timedelta(minutes=15), timedelta(hours=24)])
def test_the_shortest_and_the_longest_period(
    emulator: Emulator, dynamodb: Any, s3: Any, hour: tuple[datetime, datetime], length: timedelta
) -> None:
    advance(emulator, timedelta(hours=24))
    assert lines(s3, _incremental(dynamodb, hour[0], hour[0] + length))


@pytest.mark.parametrize("off", [-_HOUR, _HOUR])
def test_fails_when_a_time_is_outside_the_window(
    dynamodb: Any, s3: Any, hour: tuple[datetime, datetime], off: timedelta
) -> None:
    assert s3
    with refuses("InvalidExportTimeException"):
        _incremental(dynamodb, hour[0] + off, hour[1] + off)


def test_fails_when_members_of_the_other_type_are_given(
    dynamodb: Any, s3: Any, hour: tuple[datetime, datetime]
) -> None:
    assert s3
    times = {"ExportFromTime": hour[0]}
    for asked in (
        {"ExportType": "INCREMENTAL_EXPORT"},
        {"ExportType": "INCREMENTAL_EXPORT", "IncrementalExportSpecification": {"ExportToTime": hour[1]}},
        {"ExportType": "INCREMENTAL_EXPORT", "IncrementalExportSpecification": times, "ExportTime": hour[1]},
        {"ExportType": "FULL_EXPORT", "IncrementalExportSpecification": times},
    ):
        with refuses("ValidationException"):
            export(dynamodb, **asked)
