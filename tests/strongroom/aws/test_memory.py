"""The AWS in memory is trusted by other tests: what it promises is held here."""

from datetime import timedelta

import pytest

from strongroom.aws.copies import Copy
from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.groups import Planning, Recovering, Watching
from strongroom.aws.jobs import JobState
from strongroom.aws.points import Point
from strongroom.aws.restores import Restore
from strongroom.aws.tables import Segment
from strongroom.facts.items import Item
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_accounts import Content, Outcome
from tests.strongroom.aws.memory_calls import NOON, Killed, When
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.aws.memory_sessions import MemorySessions
from tests.strongroom.aws.memory_tables import table_arn

PROD, FRESH, BACKUP = "111111111111", "555555555555", "333333333333"
POINT = "arn:aws:backup:eu-west-2:333333333333:recovery-point:1"
ITEMS: tuple[Item, ...] = tuple({"id": {"S": str(number)}} for number in range(250))


@pytest.fixture
def aws() -> MemoryAws:
    """A backup account with one point, and a fresh account with a vault that lets copies in."""
    made = MemoryAws()
    made.point(BACKUP, Point(POINT, "central", table_arn(PROD, "receipts"), "COMPLETED", NOON, days=35), ITEMS)
    landing = made.account(FRESH).vault("landing")
    landing.policy = {"Version": "2012-10-17", "Statement": []}
    return made


@pytest.fixture
def sessions(aws: MemoryAws) -> MemorySessions:
    """An operator's two profiles."""
    return MemorySessions(aws, {"strongroom-prod": FRESH, "strongroom-backup": BACKUP})


def copy(number: int = 1, days: int | None = None) -> Copy:
    landing = f"arn:aws:backup:eu-west-2:{FRESH}:backup-vault:landing"
    return Copy(POINT, "central", landing, f"arn:aws:iam::{BACKUP}:role/copy", f"t-{number}", days)


def copied(aws: MemoryAws, sessions: MemorySessions) -> str:
    door = sessions.copies("strongroom-backup")
    id_ = door.start(copy())
    aws.clock.sleep(600)
    made = door.job(id_).made
    assert made
    return made


def test_it_has_the_interfaces_of_the_real_doors(sessions: MemorySessions) -> None:
    groups: tuple[Planning, Recovering, Watching] = (sessions, sessions, sessions)
    assert {one.identity("strongroom-backup").account for one in groups} == {BACKUP}


def test_a_copy_takes_its_time_and_lands_with_the_age_of_its_point(aws: MemoryAws, sessions: MemorySessions) -> None:
    door, landed = sessions.copies("strongroom-backup"), sessions.points("strongroom-prod")
    id_ = door.start(copy(days=7))
    aws.clock.sleep(599)
    assert (door.job(id_).state, landed.in_vault("landing")) == (JobState.RUNNING, [])
    aws.clock.sleep(1)
    assert door.job(id_).state is JobState.COMPLETED
    (found,) = landed.in_vault("landing")
    assert (found.created, found.table, found.deleted_at) == (NOON, "receipts", NOON + timedelta(days=7))


def test_a_restore_makes_a_bare_table_with_the_items(aws: MemoryAws, sessions: MemorySessions) -> None:
    door, states = sessions.restores("strongroom-prod"), sessions.table_states("strongroom-prod")
    id_ = door.start(Restore(copied(aws, sessions), "receipts", "role", "t"))
    state = states.state("receipts")
    assert state
    assert state.status == "CREATING"
    aws.clock.sleep(600)
    assert door.job(id_).made == table_arn(FRESH, "receipts")
    state = states.state("receipts")
    assert state
    assert (state.status, state.item_count, state.pitr_days, dict(state.tags)) == ("ACTIVE", 250, None, {})


def test_the_same_token_is_the_same_job_and_never_another_request(sessions: MemorySessions) -> None:
    door = sessions.copies("strongroom-backup")
    assert door.start(copy()) == door.start(copy())
    with pytest.raises(FailedError, match="used with other parameters"):
        door.start(copy(days=9))
    assert door.start(copy(2)) != door.start(copy())


def test_a_job_ends_as_ordered_and_the_next_one_well(aws: MemoryAws, sessions: MemorySessions) -> None:
    aws.order("copy", "receipts", Outcome(JobState.FAILED, "no"), Outcome(JobState.RUNNING, never=True))
    door = sessions.copies("strongroom-backup")
    ids = [door.start(copy(number)) for number in range(3)]
    aws.clock.sleep(86_400)
    found = [door.job(id_) for id_ in ids]
    assert [job.state for job in found] == [JobState.FAILED, JobState.RUNNING, JobState.COMPLETED]
    assert found[0].message == "no"
    assert len(sessions.points("strongroom-prod").in_vault("landing")) == 1


def test_a_failed_restore_leaves_no_table(aws: MemoryAws, sessions: MemorySessions) -> None:
    aws.order("restore", "receipts", Outcome(JobState.ABORTED, "stopped"))
    made = copied(aws, sessions)
    id_ = sessions.restores("strongroom-prod").start(Restore(made, "receipts", "role", "t"))
    aws.clock.sleep(600)
    assert sessions.restores("strongroom-prod").job(id_).state is JobState.ABORTED
    assert sessions.table_states("strongroom-prod").names() == []


def test_a_restore_to_a_table_that_exists_fails_and_leaves_it(aws: MemoryAws, sessions: MemorySessions) -> None:
    made = copied(aws, sessions)
    aws.account(FRESH).table("receipts", tags={"mine": "yes"})
    id_ = sessions.restores("strongroom-prod").start(Restore(made, "receipts", "role", "t"))
    assert sessions.restores("strongroom-prod").job(id_).state is JobState.FAILED
    aws.clock.sleep(600)
    assert aws.account(FRESH).tables["receipts"].tags == {"mine": "yes"}


def test_a_vault_that_lets_nobody_in_fails_the_copy(aws: MemoryAws, sessions: MemorySessions) -> None:
    aws.account(FRESH).vaults["landing"].policy = None
    door = sessions.copies("strongroom-backup")
    assert door.job(door.start(copy())).state is JobState.FAILED


def test_a_cold_point_and_a_lost_one_cannot_be_copied(aws: MemoryAws, sessions: MemorySessions) -> None:
    points = aws.account(BACKUP).vaults["central"].points
    old = points[POINT]
    points[POINT] = Point(POINT, "central", old.resource_arn, "COMPLETED", NOON, cold_at=NOON)
    with pytest.raises(FailedError, match="cold storage"):
        sessions.copies("strongroom-backup").start(copy())
    points.clear()
    with pytest.raises(NotThereError, match="Cannot find recovery point"):
        sessions.copies("strongroom-backup").start(copy())


def test_quotas_hold_jobs_back(aws: MemoryAws, sessions: MemorySessions) -> None:
    aws.account(BACKUP).running_copies = 1
    door = sessions.copies("strongroom-backup")
    door.start(copy())
    with pytest.raises(FailedError, match="LimitExceededException"):
        door.start(copy(2))
    aws.clock.sleep(600)
    assert door.start(copy(2))
    assert aws.account(BACKUP).at_once == {"copy": 1}


@pytest.mark.parametrize(("when", "jobs"), [(When.BEFORE, 0), (When.AFTER, 1)])
def test_a_trouble_meets_a_call_before_its_work_or_after(
    aws: MemoryAws, sessions: MemorySessions, when: When, jobs: int
) -> None:
    aws.wire.trouble(1, Killed(), when, "copies.start")
    sessions.points("strongroom-backup").in_vault("central")
    with pytest.raises(Killed):
        sessions.copies("strongroom-backup").start(copy())
    assert len(aws.account(BACKUP).copies) == jobs
    sessions.copies("strongroom-backup").start(copy())
    assert len(aws.account(BACKUP).copies) == 1


def test_pages_of_segments_give_each_item_once(aws: MemoryAws, sessions: MemorySessions) -> None:
    aws.page_items = 7
    made = copied(aws, sessions)
    sessions.restores("strongroom-prod").start(Restore(made, "receipts", "role", "t"))
    door, found = sessions.tables("strongroom-prod"), list[Item]()
    for number in range(3):
        after, last = None, False
        while not last:
            page = door.page(Segment("receipts", number, 3), after)
            found += page.items
            after, last = page.after, page.after is None
    assert sorted(map(str, found)) == sorted(map(str, ITEMS))


def test_an_item_is_written_only_in_place_of_the_one_that_was_seen(aws: MemoryAws, sessions: MemorySessions) -> None:
    aws.account(FRESH).table("receipts", Content(ITEMS[:1]))
    door, items = sessions.item_writer("strongroom-prod"), sessions.tables("strongroom-prod")
    old, key = ITEMS[0], {"id": {"S": "0"}}
    new = {**old, "more": {"N": "1"}}
    assert not door.put("receipts", new, None)
    assert door.put("receipts", new, old)
    assert not door.put("receipts", new, old)
    assert items.item("receipts", key) == new
    assert not door.delete("receipts", key, old)
    assert door.delete("receipts", key, new)
    assert items.item("receipts", key) is None
    assert door.put("receipts", old, None)


def test_objects_keep_what_a_delete_marker_hides(aws: MemoryAws, sessions: MemorySessions) -> None:
    aws.bucket("archive", BACKUP)
    kept = put_object(aws, "archive", "k", b"first")
    put_object(aws, "archive", "k", None)
    door = sessions.objects("strongroom-backup")
    assert [one.is_delete_marker for one in door.versions("archive", "k", BACKUP)] == [True, False]
    assert door.read("archive", "k", kept, BACKUP) == b"first"


def test_calls_are_counted_by_profile(sessions: MemorySessions) -> None:
    sessions.points("strongroom-backup").in_vault("central")
    sessions.identity("strongroom-backup")
    sessions.identity("strongroom-prod")
    assert sessions.calls.by_profile() == {"strongroom-prod": 1, "strongroom-backup": 2}
