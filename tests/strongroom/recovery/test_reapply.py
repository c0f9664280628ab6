"""Settings of restored tables are set as declared, each by itself, and read back."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from strongroom.aws.errors import AwsError, DeniedError, FailedError, NotThereError
from strongroom.config.tables import StreamView
from strongroom.facts import names
from strongroom.recovery.reapply import Patience, Reapplied, Wanted, differences, reapply, wanted
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_accounts import MemoryTable
from tests.strongroom.aws.memory_calls import Killed
from tests.strongroom.aws.memory_tables import MemoryTableStates
from tests.strongroom.recovery.loss import FRESH, settings

EVERY_CHANGE = ("tag", "set_pitr", "set_ttl", "protect", "set_stream")


def declared(**changes: object) -> Wanted:
    """Wanted settings of a table with every one of them."""
    source = settings("orders", tags={"team": "orders"}, **changes)
    table = source.tables[0].model_copy(
        update={"ttl_attribute": "expires", "stream": StreamView.NEW_IMAGE, "pitr_days": 14}
    )
    return wanted(source, table)


@dataclass
class Scene:
    """A restored table that has nothing but its items."""

    aws: MemoryAws = field(default_factory=MemoryAws)
    heard: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.states = MemoryTableStates(self.aws, FRESH)
        self.aws.account(FRESH).table("orders")

    @property
    def table(self) -> MemoryTable:
        return self.aws.account(FRESH).tables["orders"]

    def patience(self, waits: int = 50, seconds: float = 60) -> Patience:
        """Waits so many times."""
        most = len(self.heard) + waits

        def wait(line: str) -> bool:
            self.heard.append(line)
            self.aws.clock.sleep(seconds)
            return len(self.heard) < most

        return wait

    def reapply(self, patience: Patience | None = None, **changes: object) -> Reapplied:
        return reapply(self.states, "orders", declared(**changes), patience or self.patience())

    def left(self) -> set[str]:
        state = self.states.state("orders")
        assert state is not None
        return {one.what for one in differences(declared(), state)}


def test_a_restored_table_is_set_as_declared_and_read_back() -> None:
    scene = Scene()
    came = scene.reapply()
    assert (came.failed, came.left) == ((), ())
    assert scene.left() == set()
    table = scene.table
    assert (table.ttl_attribute, table.pitr_days, table.deletion_protection) == ("expires", 14, True)
    assert table.stream is StreamView.NEW_IMAGE
    assert table.tags == {"team": "orders", names.TAG_DATA_CLASS: "standard", names.TAG_ENVIRONMENT: "prod"}


def test_what_was_set_is_told() -> None:
    assert set(Scene().reapply().done) == {
        "expiry by attribute",
        "days of point-in-time recovery",
        "deletion protection",
        "stream",
        "tag team",
        f"tag {names.TAG_DATA_CLASS}",
        f"tag {names.TAG_ENVIRONMENT}",
    }


def test_a_disposable_stack_protects_nothing_from_deletion() -> None:
    scene = Scene()
    assert scene.reapply(disposable=True).left == ()
    assert not scene.table.deletion_protection


def test_tags_that_are_not_declared_stay() -> None:
    scene = Scene()
    scene.table.tags[names.TAG_RUN] = "abcd1234"
    assert scene.reapply().left == ()
    assert scene.table.tags[names.TAG_RUN] == "abcd1234"


def test_doing_it_again_asks_once_and_changes_nothing() -> None:
    scene = Scene()
    scene.reapply()
    before = len(scene.aws.wire.made)
    assert scene.reapply() == Reapplied((), (), ())
    assert [call.operation for call in scene.aws.wire.made[before:]] == ["table_states.state"]


@pytest.mark.parametrize("operation", EVERY_CHANGE)
def test_a_change_that_is_not_allowed_keeps_none_of_the_others_back(operation: str) -> None:
    scene = Scene()
    scene.aws.wire.trouble(1, DeniedError("not allowed"), operation=f"table_states.{operation}", times=99)
    came = scene.reapply()
    assert set(came.failed) == {"not allowed"}
    assert scene.left() == {one.what for one in came.left}
    assert len(came.done) + len(came.left) == 7
    assert len(scene.heard) <= 1, "what is not allowed is waited for by nobody"


@pytest.mark.parametrize("operation", EVERY_CHANGE)
@pytest.mark.parametrize("times", [1, 3])
def test_a_change_that_fails_for_a_while_is_made_in_the_end(operation: str, times: int) -> None:
    scene = Scene()
    scene.aws.wire.trouble(1, FailedError("slow down"), operation=f"table_states.{operation}", times=times)
    came = scene.reapply()
    assert (came.failed, came.left) == ((), ())
    assert set(came.done) == set(came_of(Scene()))


def came_of(scene: Scene) -> tuple[str, ...]:
    """What is set where nothing is in the way."""
    return scene.reapply().done


def test_a_table_that_is_changing_after_each_change_is_waited_for() -> None:
    scene = Scene(MemoryAws(update_takes=timedelta(minutes=3)))
    assert scene.reapply().left == ()
    assert "UPDATING" in scene.heard[0]
    assert [scene.aws.wire.count(f"table_states.{name}") for name in EVERY_CHANGE] == [1, 1, 1, 1, 1]


def test_a_table_that_is_being_made_is_waited_for() -> None:
    scene = Scene()
    scene.table.busy = ("CREATING", scene.aws.clock.now() + timedelta(minutes=10))
    assert scene.reapply().left == ()
    assert len(scene.heard) >= 10


def test_expiry_by_another_attribute_is_switched_off_first_however_long_that_takes() -> None:
    scene = Scene(MemoryAws(ttl_takes=timedelta(minutes=30)))
    scene.table.ttl_attribute = "other"
    assert scene.reapply().left == ()
    assert scene.table.ttl_attribute == "expires"
    assert scene.aws.wire.count("table_states.set_ttl") == 2, "nothing is asked for that DynamoDB must refuse"


def test_expiry_that_is_being_switched_when_the_patience_ends_is_left() -> None:
    scene = Scene(MemoryAws(ttl_takes=timedelta(minutes=30)))
    scene.table.ttl_attribute = "other"
    (left,) = scene.reapply(scene.patience(5)).left
    assert (left.what, left.wanted, left.found) == ("expiry by attribute", "expires", "off")


def test_a_stream_with_another_view_is_switched_off_first() -> None:
    scene = Scene()
    scene.table.stream = StreamView.KEYS_ONLY
    assert scene.reapply().left == ()
    assert scene.table.stream is StreamView.NEW_IMAGE


def test_without_patience_nothing_is_waited_for_and_a_second_pass_goes_on() -> None:
    scene = Scene()
    assert [one.what for one in scene.reapply(lambda _: False).left] == ["stream"]
    assert scene.reapply(lambda _: False).left == ()


def test_a_killed_pass_is_taken_up_by_the_next() -> None:
    killed = 0
    for nth in range(1, 12):
        scene = Scene()
        scene.aws.wire.trouble(nth, Killed(), operation="table_states.*")
        try:
            scene.reapply()
        except Killed:
            killed += 1
        scene.aws.wire.troubles.clear()
        scene.reapply()
        assert scene.left() == set()
    assert killed >= 8


@pytest.mark.parametrize("gone", ["before", "between"])
def test_a_table_that_is_gone_is_no_table_without_settings(gone: str) -> None:
    scene = Scene()

    def lose(_: str) -> bool:
        scene.aws.account(FRESH).tables.clear()
        return True

    if gone == "before":
        lose("")
    with pytest.raises(NotThereError, match="there is no table orders"):
        scene.reapply(lose)


def test_fails_when_the_table_cannot_be_read() -> None:
    scene = Scene()
    scene.aws.wire.trouble(1, FailedError("cut off"), operation="table_states.state")
    with pytest.raises(AwsError, match="cut off"):
        scene.reapply()
