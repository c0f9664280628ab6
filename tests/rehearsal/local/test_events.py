import json
from pathlib import Path

from rehearsal.local import events

TABLE = "urn:pulumi:prod::strongroom::aws:dynamodb/table:Table::receipts"


def written(file: Path, *lines: object) -> Path:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def resource(kind: str, op: str, *diffs: str) -> dict[str, object]:
    metadata = {"op": op, "urn": TABLE, "type": "aws:dynamodb/table:Table", "diffs": diffs, "detailedDiff": None}
    return {"sequence": 1, kind: {"metadata": metadata}}


def test_a_change_is_named_by_its_urn(tmp_path: Path) -> None:
    log = written(
        tmp_path / "log", resource("resourcePreEvent", "refresh"), resource("resOutputsEvent", "update", "ttl")
    )
    assert events.read(log).changes == {TABLE: "update"}


def test_what_stays_as_it_is_is_no_change(tmp_path: Path) -> None:
    log = written(tmp_path / "log", resource("resourcePreEvent", "same"), resource("resOutputsEvent", "refresh"))
    assert events.read(log).changes == {}


def test_an_update_without_a_difference_is_no_change(tmp_path: Path) -> None:
    assert events.read(written(tmp_path / "log", resource("resOutputsEvent", "update"))).changes == {}


def test_errors_name_the_resource_and_debugging_is_left_out(tmp_path: Path) -> None:
    log = written(
        tmp_path / "log",
        {"diagnosticEvent": {"severity": "debug", "message": "registering"}},
        {"diagnosticEvent": {"severity": "error", "message": "AccessDenied\n", "urn": TABLE}},
    )
    assert events.read(log).errors == (f"{TABLE} AccessDenied",)


def test_the_summary_counts_resources(tmp_path: Path) -> None:
    log = written(tmp_path / "log", {"summaryEvent": {"resourceChanges": {"create": 2, "same": 3}}})
    assert events.read(log).counts == {"create": 2, "same": 3}
    assert events.read(log).resources == 5


def test_a_line_that_was_cut_off_ends_the_log(tmp_path: Path) -> None:
    log = written(tmp_path / "log", resource("resourcePreEvent", "create"))
    log.write_text(log.read_text() + '{"summaryEvent": {"resou')
    assert events.read(log).changes == {TABLE: "create"}


def test_an_operation_that_never_began_reports_nothing(tmp_path: Path) -> None:
    assert events.read(tmp_path / "absent").resources == 0
