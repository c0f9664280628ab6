"""A run that nobody disturbs, and what becomes of the others when one table goes wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from strongroom.aws.errors import DeniedError, FailedError
from strongroom.aws.jobs import JobState
from strongroom.aws.restores import Restore
from strongroom.recovery.errors import GuardError
from strongroom.recovery.runs.outcome import Outcome as Came
from strongroom.recovery.runs.outcome import State, TableOutcome, outcome
from tests.strongroom.aws.memory_accounts import Outcome
from tests.strongroom.recovery.loss import BACKUP, DAY, FRESH, NIGHT, Loss, point, settings
from tests.strongroom.recovery.running import TABLES, Recovery, items, lost

HOUR = timedelta(hours=1)
FIRST, *OTHERS = TABLES


def of(came: Came, table: str = FIRST) -> TableOutcome:
    return {one.table: one for one in came.tables}[table]


def others_are_recovered(came: Came) -> bool:
    return all(of(came, table).state is State.RECOVERED for table in OTHERS)


def test_every_table_comes_back_with_its_items_and_its_settings(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path, Loss())
    for table in recovery.loss.declared.tables:
        recovery.loss.have(point(table.name), items(table.name))
    came = recovery.whole()
    assert came.whole
    tables = recovery.loss.aws.account(FRESH).tables
    assert {name: one.content.items for name, one in tables.items()} == {name: items(name) for name in tables}
    bundles = tables["prod-submit-bundles"]
    assert (bundles.ttl_attribute, bundles.pitr_days, bundles.deletion_protection) == ("ttl", 35, True)
    assert bundles.tags["strongroom:environment"] == "prod"


def test_restores_say_their_encryption_and_take_the_recovery_role(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.whole()
    asked = [one.asked for one in recovery.loss.aws.account(FRESH).restores.values()]
    assert {(one.role_arn, one.kms_key_arn) for one in asked if isinstance(one, Restore)} == {
        (f"arn:aws:iam::{FRESH}:role/strongroom-recovery-service", None)
    }


def test_250_tables_come_back_in_little_more_than_the_slowest_takes(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path, lost(*(f"table-{number:03}" for number in range(250))), poll=45)
    aws = recovery.loss.aws
    for kind in ("copy", "restore"):
        aws.durations[kind, "table-007"] = timedelta(minutes=40)
    at = recovery.begin()
    begun = aws.clock.now()
    came = outcome(recovery.run(at))
    assert came.whole
    assert aws.clock.now() - begun <= 1.1 * timedelta(minutes=80)
    assert max(one.calls for one in came.tables) <= 300


@pytest.mark.parametrize(("copies", "restores"), [(1, 1), (5, 3), (100, 2)])
def test_no_more_jobs_run_than_the_quotas_allow(tmp_path: Path, copies: int, restores: int) -> None:
    recovery = Recovery(tmp_path, lost(*(f"table-{number:03}" for number in range(12))), poll=60)
    recovery.loss.aws.account(BACKUP).running_copies = copies
    recovery.loss.aws.account(FRESH).running_restores = restores
    assert recovery.whole().whole
    assert recovery.loss.aws.account(BACKUP).at_once["copy"] == min(copies, 12)
    assert recovery.loss.aws.account(FRESH).at_once["restore"] == restores


def test_the_largest_tables_begin_first(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    sizes = dict(zip(TABLES, (10, 30, 20), strict=True))
    for table, size in sizes.items():
        recovery.loss.change(point(table), size_bytes=size)
    recovery.loss.aws.account(BACKUP).running_copies = 1
    recovery.whole()
    begun = [one.table for one in recovery.loss.aws.account(BACKUP).copies.values()]
    assert begun == ["bundles", "passes", "receipts"]


def test_jobs_of_others_that_fill_the_quota_are_waited_for(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    full = FailedError("starting a copy: LimitExceededException: too many jobs are running")
    recovery.loss.aws.wire.trouble(1, full, operation="copies.start", times=60)
    assert recovery.whole().whole


@pytest.mark.parametrize("kind", ["copy", "restore"])
@pytest.mark.parametrize("state", [JobState.FAILED, JobState.PARTIAL, JobState.EXPIRED, JobState.ABORTED])
def test_a_job_that_ends_badly_costs_its_table_alone_until_the_run_is_taken_up(
    tmp_path: Path, kind: str, state: JobState
) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.aws.order("copy" if kind == "copy" else "restore", FIRST, Outcome(state, "so it was ordered"))
    at = recovery.begin()
    came = outcome(recovery.run(at))
    fault = of(came).fault or ""
    assert of(came).state is State.FAILED
    assert f"ended {state.value}: so it was ordered" in fault
    assert f"--point {FIRST}={point(FIRST, NIGHT - DAY).arn}" in fault
    assert "24 h 0 min more of its changes are lost" in fault
    assert others_are_recovered(came)
    assert outcome(recovery.run(at)).whole


@pytest.mark.parametrize("kind", ["copy", "restore"])
@pytest.mark.parametrize(("state", "hours"), [(JobState.CREATED, 2), (JobState.RUNNING, 24)])
def test_a_job_that_never_ends_is_given_up_and_the_others_go_on(
    tmp_path: Path, kind: str, state: JobState, hours: int
) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.aws.order("copy" if kind == "copy" else "restore", FIRST, Outcome(state, never=True))
    begun = recovery.loss.aws.clock.now()
    came = recovery.whole()
    assert of(came).state is State.TIMED_OUT
    assert f"is {state.value} since" in (of(came).fault or "")
    assert others_are_recovered(came)
    assert hours * HOUR < recovery.loss.aws.clock.now() - begun < (hours + 1) * HOUR


def test_a_point_that_went_after_the_plan_is_told_with_the_next_older_one(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    at = recovery.begin()
    recovery.loss.lose(point(FIRST))
    came = outcome(recovery.run(at))
    fault = of(came).fault or ""
    assert of(came).state is State.FAILED
    assert f"Cannot find recovery point {point(FIRST).arn}" in fault
    assert f"--point {FIRST}={point(FIRST, NIGHT - DAY).arn} of `strongroom dr plan prod --only {FIRST}`" in fault
    assert others_are_recovered(came)


def test_what_the_role_may_not_do_is_told_as_that(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.aws.wire.trouble(1, DeniedError("AccessDenied: no"), operation="restores.start")
    came = recovery.whole()
    assert sorted(one.state for one in came.tables) == [State.DENIED, State.RECOVERED, State.RECOVERED]


def test_a_setting_that_cannot_be_set_costs_neither_the_others_nor_the_proof(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.aws.wire.trouble(1, DeniedError("AccessDenied: no"), operation="table_states.set_pitr", times=999)
    at = recovery.begin()
    begun = recovery.loss.aws.clock.now()
    came = outcome(recovery.run(at))
    assert recovery.loss.aws.clock.now() - begun < HOUR, "what is never allowed is not waited for"
    assert {one.state for one in came.tables} == {State.SETTINGS}
    assert "AccessDenied: no" in (of(came).fault or "")
    assert of(came).items == len(items(FIRST))
    assert recovery.loss.aws.account(FRESH).tables[FIRST].deletion_protection
    recovery.loss.aws.wire.troubles.clear()
    assert outcome(recovery.run(at)).whole


def test_a_setting_that_is_refused_for_ever_is_told_after_an_hour(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.aws.wire.trouble(1, FailedError("no"), operation="table_states.set_pitr", times=9999)
    begun = recovery.loss.aws.clock.now()
    came = recovery.whole()
    assert {one.state for one in came.tables} == {State.SETTINGS}
    assert HOUR < recovery.loss.aws.clock.now() - begun < 2 * HOUR


def test_tables_that_are_changing_for_a_while_are_waited_for(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path, Loss())
    recovery.loss.aws.update_takes, recovery.loss.aws.ttl_takes = timedelta(seconds=40), timedelta(minutes=30)
    for table in recovery.loss.declared.tables:
        recovery.loss.have(point(table.name), items(table.name))
    assert recovery.whole().whole


def test_an_empty_table_of_a_point_with_data_is_a_mismatch(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.have(point(FIRST), ())
    came = recovery.whole()
    assert of(came).state is State.MISMATCH
    assert of(came).fault == f"table {FIRST} is empty, and its point holds 1200000 bytes; take another point"


def test_an_empty_table_of_an_empty_point_is_recovered(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.have(point(FIRST, size_bytes=0), ())
    assert recovery.whole().whole


def test_a_caller_in_another_account_changes_nothing(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    at = recovery.begin()
    recovery.loss.sessions.profiles["strongroom-prod"] = "666666666666"
    with pytest.raises(GuardError, match="the plan is for account 555555555555, and profile strongroom-prod is in"):
        recovery.run(at)
    assert at.history().begun is None
    assert recovery.loss.aws.wire.count("*.create") == 0


def test_a_table_that_somebody_else_made_is_in_the_way(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    at = recovery.begin()
    recovery.loss.aws.account(FRESH).table(FIRST)
    with pytest.raises(GuardError, match=f"table {FIRST} exists already"):
        recovery.run(at)
    assert recovery.loss.aws.wire.count("*.create") == 0


def test_a_run_that_is_whole_is_taken_up_without_a_change(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    at = recovery.begin()
    recovery.run(at)
    before, jobs = recovery.state(), recovery.loss.aws.wire.count("*.start")
    came = outcome(recovery.run(at))
    assert (came.whole, recovery.state(), recovery.loss.aws.wire.count("*.start")) == (True, before, jobs)


def test_calls_and_time_of_all_sessions_are_told(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    planned = dict(recovery.loss.sessions.calls.by_profile())
    came = recovery.whole()
    assert came.api_calls["strongroom-prod"] > planned.get("strongroom-prod", 0)
    assert came.operator_seconds >= 1200
    assert (of(came).seconds or 0) >= 1200
    assert settings(*TABLES).environment == came.plan.environment
