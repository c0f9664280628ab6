"""`restore point-to`: programs are sent to a table only when it is as declared."""

import json
from pathlib import Path

import pytest

from strongroom.aws.errors import FailedError, NotThereError
from strongroom.cli.exits import Exit
from strongroom.recovery.errors import GuardError
from tests.strongroom.cli.cutting_over import POINTER, act, beside, point_to
from tests.strongroom.cli.restoring import PASSES, PROD, RESTORED, Counter


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return beside(tmp_path)


def test_the_pointer_is_turned_and_turned_back(counter: Counter) -> None:
    assert point_to(counter) is Exit.OK
    parameters = counter.aws.account(PROD).parameters
    assert parameters == {POINTER: RESTORED}
    assert f"parameter {POINTER} of account {PROD}: not there yet -> {RESTORED}" in counter.out.getvalue()
    assert f"the way back: strongroom restore point-to {PASSES} {PASSES} --environment prod" in counter.out.getvalue()
    assert point_to(counter, PASSES) is Exit.OK
    assert parameters == {POINTER: PASSES}
    assert f"{RESTORED} -> {PASSES}" in counter.out.getvalue()


def test_a_pointer_that_points_there_already_is_not_written(counter: Counter) -> None:
    counter.aws.account(PROD).parameters[POINTER] = RESTORED
    assert point_to(counter) is Exit.OK
    assert "already" in counter.out.getvalue()
    assert (counter.aws.wire.count("parameters.put"), counter.questions) == (0, [])


def test_a_dry_run_turns_nothing(counter: Counter) -> None:
    assert point_to(counter, dry_run=True, as_json=True) is Exit.OK
    assert json.loads(counter.out.getvalue()) == {"name": POINTER, "old": None, "new": RESTORED, "written": False}
    assert counter.aws.account(PROD).parameters == {}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ttl_attribute", None),
        ("pitr_days", 34),
        ("pitr_days", None),
        ("deletion_protection", False),
        ("tags", {}),
        ("busy", ("UPDATING", None)),
    ],
)
def test_fails_when_the_restored_table_is_not_as_declared(counter: Counter, setting: str, value: object) -> None:
    until = counter.aws.clock.now().replace(year=2027)
    setattr(counter.table(RESTORED), setting, ("UPDATING", until) if setting == "busy" else value)
    with pytest.raises(GuardError, match=f"table {RESTORED}"):
        point_to(counter)
    assert (counter.aws.account(PROD).parameters, counter.questions) == ({}, [])


def test_fails_when_the_pointer_was_turned_by_somebody_while_it_was_shown(counter: Counter) -> None:
    act(counter, lambda: counter.aws.account(PROD).parameters.update({POINTER: "theirs"}))
    with pytest.raises(GuardError, match="holds theirs by now"):
        point_to(counter)
    assert counter.aws.account(PROD).parameters == {POINTER: "theirs"}


def test_fails_when_the_table_to_point_to_is_not_there(counter: Counter) -> None:
    with pytest.raises(NotThereError, match="there is no table other"):
        point_to(counter, "other")


def test_fails_when_the_pointer_does_not_hold_what_was_written(counter: Counter) -> None:
    parameters = counter.sessions.parameters("strongroom-prod")

    class Deaf(type(parameters)):
        """Takes every write and forgets it."""

        def put(self, name: str, value: str) -> None:
            """Do nothing."""

    counter.sessions.parameters = lambda _: Deaf(parameters.aws, parameters.account)  # type: ignore[method-assign]
    with pytest.raises(FailedError, match=f"holds None after {RESTORED} was written"):
        point_to(counter)
