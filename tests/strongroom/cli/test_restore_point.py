"""`restore point`: a table from a point that can be used, however its job ends."""

from pathlib import Path

import pytest

from strongroom.aws.errors import FailedError, NotThereError, TimedOutError
from strongroom.aws.jobs import JobState
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.restore_point import Choice
from strongroom.facts import names
from strongroom.recovery.errors import GuardError, RequestError
from tests.strongroom.aws.memory_accounts import Outcome
from tests.strongroom.cli.bringing_back import BEFORE, point, writes
from tests.strongroom.cli.restoring import PASSES, PROD, RESTORED, VAULT, Counter, item


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path)


def test_a_fault_of_aws_while_a_job_is_waited_for_starts_no_second_job(counter: Counter) -> None:
    counter.take_point("good", item("a"))
    counter.aws.wire.trouble(1, FailedError("slow down"), operation="restores.job", times=4)
    assert point(counter) is Exit.OK
    assert counter.aws.wire.count("restores.start") == 1


def test_the_newest_whole_point_of_the_table_is_taken(counter: Counter) -> None:
    counter.take_point("old", item("x"), hours_ago=30)
    counter.take_point("good", item("a"), item("b"), hours_ago=6)
    counter.take_point("broken", item("y"), hours_ago=2, status="PARTIAL")
    counter.take_point("of another", item("z"), of="prod-submit-bundles")
    assert point(counter) is Exit.OK
    assert set(counter.held(RESTORED)) == {"a", "b"}
    assert "(good)" in counter.out.getvalue()


def test_no_point_is_newer_than_was_asked_for(counter: Counter) -> None:
    counter.take_point("old", item("x"), hours_ago=30)
    counter.take_point("new", item("a"), hours_ago=6)
    assert point(counter, Choice(newest=True, at="2026-11-22T05:59:59Z")) is Exit.OK
    assert set(counter.held(RESTORED)) == {"x"}
    assert point(counter, Choice(newest=True, at="2026-11-22T06:00:00Z"), into="other") is Exit.OK
    assert set(counter.held("other")) == {"a"}


def test_a_point_that_is_named_is_taken(counter: Counter) -> None:
    counter.take_point("old", item("x"), hours_ago=30)
    counter.take_point("new", item("a"))
    assert point(counter, Choice("old", VAULT)) is Exit.OK
    assert set(counter.held(RESTORED)) == {"x"}


def test_a_table_that_is_gone_comes_back_under_its_own_name(counter: Counter) -> None:
    counter.take_point("good", item("a"))
    del counter.aws.account(PROD).tables[PASSES]
    assert point(counter, into=PASSES) is Exit.OK
    assert set(counter.held()) == {"a"}


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice("arn", VAULT, newest=True),
        Choice("arn"),
        Choice(vault=VAULT, newest=True),
        Choice("arn", VAULT, at=BEFORE),
    ],
)
def test_fails_when_options_of_a_point_do_not_fit_together(counter: Counter, choice: Choice) -> None:
    with pytest.raises(UsageError):
        point(counter, choice)
    assert counter.aws.wire.count() == 0


def test_fails_when_there_is_no_whole_point_and_says_what_there_is(counter: Counter) -> None:
    counter.take_point("broken", item("y"), status="PARTIAL")
    with pytest.raises(NotThereError, match=r"no whole recovery point .* PARTIAL of 2026-11-22T11:00:00Z"):
        point(counter)


def test_fails_when_there_is_no_vault_which_is_no_empty_one(counter: Counter) -> None:
    with pytest.raises(NotThereError, match="does not exist"):
        point(counter)


def test_fails_when_the_named_point_is_not_usable(counter: Counter) -> None:
    counter.take_point("broken", status="EXPIRED")
    counter.take_point("other", of="prod-submit-bundles")
    with pytest.raises(GuardError, match="is EXPIRED"):
        point(counter, Choice("broken", VAULT))
    with pytest.raises(RequestError, match="prod-submit-bundles"):
        point(counter, Choice("other", VAULT))
    with pytest.raises(NotThereError, match="holds no recovery point gone"):
        point(counter, Choice("gone", VAULT))
    assert writes(counter) == 0


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.ABORTED, JobState.EXPIRED, JobState.PARTIAL])
def test_fails_when_the_job_ends_badly_with_the_words_of_aws(counter: Counter, state: JobState) -> None:
    counter.take_point("good", item("a"))
    counter.aws.order("restore", PASSES, Outcome(state, "the key is gone"))
    with pytest.raises(FailedError, match=f"ended {state.value}: the key is gone"):
        point(counter)
    assert counter.aws.wire.count("restores.start") == 1


@pytest.mark.parametrize(("state", "after"), [(JobState.CREATED, "2 h"), (JobState.RUNNING, "24 h")])
def test_fails_when_the_job_never_ends(counter: Counter, state: JobState, after: str) -> None:
    counter.take_point("good", item("a"))
    counter.aws.order("restore", PASSES, Outcome(state, never=True))
    with pytest.raises(TimedOutError, match=f"is {state.value} since {after}"):
        point(counter)


def test_an_empty_table_out_of_a_point_that_is_not_is_no_success(counter: Counter) -> None:
    counter.take_point("hollow")
    assert point(counter) is Exit.MISMATCH
    assert "it is empty, and its point holds 1000 bytes" in counter.err.getvalue()


def test_aws_backup_takes_the_role_that_bootstrap_made(counter: Counter) -> None:
    counter.take_point("good", item("a"))
    point(counter)
    (job,) = counter.aws.account(PROD).restores.values()
    assert f"role/{names.ROLE_RECOVERY_SERVICE}" in str(job.asked)
