"""What the steps judge, on both sides: each check is seen to hold and to fail."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from rehearsal.local.engine import Outcome
from rehearsal.local.events import Report
from rehearsal.scenarios import deploying, drifting, permitting, protecting
from rehearsal.scenarios.step import CheckError

TABLE = "urn:pulumi:prod::strongroom::aws:dynamodb/table:Table::prod-receipts-table"
OTHER = "urn:pulumi:prod::strongroom::aws:dynamodb/table:Table::prod-bundles-table"
DENIED = f"{TABLE} AccessDeniedException: not authorized to perform: dynamodb:CreateTable"
HELD = {"tables": ["receipts"], "vaults": ["strongroom-prod"]}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "log").write_text("error: all that was printed")
    return tmp_path / "log"


def outcome(
    log: Path, code: int = 0, *errors: str, changes: tuple[str, ...] = (), counts: Mapping[str, int] | None = None
) -> Outcome:
    report = Report(dict.fromkeys(changes, "update"), errors, counts or {})
    return Outcome("pulumi up", code, 1.0, log, report)


def test_the_engine_succeeded(log: Path) -> None:
    deploying.succeeded(outcome(log))


def test_fails_with_the_engines_errors(log: Path) -> None:
    with pytest.raises(CheckError, match="expected 0, got 255: a; b; and 1 more"):
        deploying.succeeded(outcome(log, 255, "a", "b", "c"))


def test_fails_with_what_was_printed_when_the_engine_reported_no_error(log: Path) -> None:
    with pytest.raises(CheckError, match="all that was printed"):
        deploying.succeeded(outcome(log, 1))


def test_nothing_was_to_be_done(log: Path) -> None:
    deploying.unchanged(outcome(log, counts={"same": 82}))


@pytest.mark.parametrize("counts", [{"same": 81, "create": 1}, {"update": 1}, {}])
def test_fails_when_something_was_done_or_nothing_looked_at(log: Path, counts: dict[str, int]) -> None:
    with pytest.raises(CheckError, match="resources by operation"):
        deploying.unchanged(outcome(log, counts=counts))


def test_fails_when_a_resource_differs(log: Path) -> None:
    with pytest.raises(CheckError, match="prod-receipts-table"):
        deploying.unchanged(outcome(log, 0, changes=(TABLE,), counts={"same": 82}))


def test_drift_of_one_table_is_named(log: Path) -> None:
    drifting.only_it_is_named(outcome(log, 7, changes=(TABLE,)), "prod-receipts")


@pytest.mark.parametrize("code", [0, 1])
def test_fails_when_the_refresh_did_not_refuse_for_the_drift(log: Path, code: int) -> None:
    with pytest.raises(CheckError, match="expected 7"):
        drifting.only_it_is_named(outcome(log, code, changes=(TABLE,)), "prod-receipts")


@pytest.mark.parametrize("changes", [(), (OTHER,), (TABLE, OTHER)])
def test_fails_when_something_else_is_named(log: Path, changes: tuple[str, ...]) -> None:
    with pytest.raises(CheckError, match="prod-receipts alone"):
        drifting.only_it_is_named(outcome(log, 7, changes=changes), "prod-receipts")


def test_a_missing_action_is_named(log: Path) -> None:
    permitting.it_is_named(outcome(log, 255, DENIED, "update failed"), "dynamodb:CreateTable")


def test_fails_when_nothing_needed_the_action(log: Path) -> None:
    with pytest.raises(CheckError, match="exit code without the action"):
        permitting.it_is_named(outcome(log), "dynamodb:CreateTable")


@pytest.mark.parametrize("error", ["AccessDenied: s3:PutObject", "the table dynamodb:CreateTable"])
def test_fails_when_it_failed_for_another_reason(log: Path, error: str) -> None:
    with pytest.raises(CheckError, match="AccessDenied that names dynamodb:CreateTable"):
        permitting.it_is_named(outcome(log, 255, error), "dynamodb:CreateTable")


def test_destroy_was_refused_by_protection(log: Path) -> None:
    protecting.it_was_refused(outcome(log, 255, f"{TABLE} cannot be deleted because it is protected."))


@pytest.mark.parametrize(("code", "error"), [(0, "it is protected"), (255, "no credentials")])
def test_fails_when_destroy_was_not_refused_by_protection(log: Path, code: int, error: str) -> None:
    with pytest.raises(CheckError):
        protecting.it_was_refused(outcome(log, code, error))


def test_everything_is_still_there(log: Path) -> None:
    protecting.everything_is_there(HELD, HELD, log)


@pytest.mark.parametrize("after", [{**HELD, "tables": []}, {**HELD, "vaults": ["another"]}])
def test_fails_when_something_is_gone(log: Path, after: dict[str, list[str]]) -> None:
    with pytest.raises(CheckError, match="what the account holds after destroy"):
        protecting.everything_is_there(HELD, after, log)


def test_fails_when_there_was_nothing_to_lose(log: Path) -> None:
    with pytest.raises(CheckError, match="some of each kind"):
        protecting.everything_is_there({"tables": []}, {"tables": []}, log)
