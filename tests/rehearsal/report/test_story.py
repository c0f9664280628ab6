from dataclasses import replace

import pytest

from rehearsal.report.findings import Attempt, TableFinding
from rehearsal.scenarios.step import Result
from tests.rehearsal.report.stories import ATTEMPT, FAILED, HELD, NOT_RUN, TABLE, recovered, told


@pytest.mark.parametrize(
    ("results", "green"),
    [((HELD,), True), ((HELD, FAILED), False), ((HELD, NOT_RUN), False), ((), False)],
)
def test_it_is_green_only_when_every_check_held(results: tuple[Result, ...], green: bool) -> None:
    assert told(results=results).green is green


def test_a_whole_recovery_is_green() -> None:
    assert recovered().green


@pytest.mark.parametrize(
    "table",
    [
        replace(TABLE, equal=False),
        replace(TABLE, recovered_items=8_412),
        replace(TABLE, recovered_items=None),
    ],
)
def test_a_table_that_differs_is_never_green_whatever_the_steps_say(table: TableFinding) -> None:
    story = told(lambda to: to.table(table))
    assert not story.green
    assert story.unequal == (table,)


@pytest.mark.parametrize(
    "attempt",
    [
        replace(ATTEMPT, stopped=False),
        replace(ATTEMPT, got_code=None),
        replace(ATTEMPT, got_code="ResourceNotFoundException"),
    ],
)
def test_an_attempt_counts_only_on_a_code_of_the_mechanism_that_must_stop_it(attempt: Attempt) -> None:
    story = told(lambda to: to.attempt(attempt))
    assert not story.green
    assert story.unstopped == (attempt,)
