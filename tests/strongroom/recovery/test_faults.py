"""Faults of a whole recovery, each with what must be left: awkward items, wrong tables, wrong accounts."""

import json
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Final

import pytest

from strongroom.aws.errors import FailedError
from strongroom.aws.tables import Page, Segment
from strongroom.cli.exits import Exit
from strongroom.cli.faults import FAULTS
from strongroom.evidence.items import reading
from strongroom.facts.items import ITEM_BYTES, KIBIBYTE, Item
from strongroom.recovery.errors import GuardError
from strongroom.recovery.plans import plan as plans
from tests.strongroom.aws.memory_sessions import MemorySessions
from tests.strongroom.aws.memory_tables import MemoryTables
from tests.strongroom.cli.recovering import Desk
from tests.strongroom.recovery.loss import BACKUP, FRESH, Loss, point
from tests.strongroom.recovery.running import TABLES, Recovery, items

FIRST: Final = TABLES[0]
STRANGER: Final = "666666666666"
LONG: Final = "12345678901234567890123456789012345678"
_READING: Final = ("points.in_vault", "points.point", "sts.*", "*.job", "objects.*", "quotas.*", "tables.*")
_LOOKING: Final = ("table_states.state", "table_states.names", "landing.tags", "keys.find", "keys.tags")


def changes(loss: Loss) -> int:
    """Calls so far of operations that are not known to read only."""
    made = loss.aws.wire
    return made.count() - sum(made.count(operation) for operation in (*_READING, *_LOOKING))


def wide(size: int) -> Item:
    """An item of so many bytes."""
    return {"id": {"S": "x"}, "filler": {"S": "a" * (size - len("id" + "x" + "filler"))}}


def numbered(*numbers: str) -> tuple[Item, ...]:
    return tuple({"id": {"S": number}, "n": {"N": number}} for number in numbers)


AWKWARD: Final[dict[str, tuple[Item, ...]]] = {
    "390 KB": (wide(390 * KIBIBYTE),),
    "as large as an item can be": (wide(ITEM_BYTES.high),),
    "past its time to live": ({"id": {"S": "old"}, "expiresAt": {"N": "1"}},),
    "38 digits": numbered(LONG, f"-{LONG}", f"0.{LONG}", "1E-130", "-0.0"),
    "binary": ({"id": {"S": "b"}, "b": {"B": bytes(range(256))}, "none": {"B": b""}},),
    "sets": ({"id": {"S": "s"}, "n": {"NS": [LONG, "1"]}, "t": {"SS": ["b", "a"]}, "b": {"BS": [b"\x00", b""]}},),
}


@pytest.mark.parametrize("kind", AWKWARD)
def test_awkward_items_come_back_as_they_were(tmp_path: Path, kind: str) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.aws.page_items = 1
    recovery.loss.have(point(FIRST), AWKWARD[kind])
    came = recovery.whole()
    (found,) = [one for one in came.tables if one.table == FIRST]
    wanted = reading.of(AWKWARD[kind]).summary()
    assert (came.whole, found.items, found.digest) == (True, wanted.count, wanted.digest)


def test_the_last_of_38_digits_is_another_digest(tmp_path: Path) -> None:
    digests = set[str | None]()
    for number in (LONG, f"{LONG[:-1]}9"):
        recovery = Recovery(tmp_path / number)
        recovery.loss.have(point(FIRST), ({"id": {"S": "n"}, "n": {"N": number}},))
        digests |= {one.digest for one in recovery.whole().tables if one.table == FIRST}
    assert len(digests) == 2


class _WrittenTables(MemoryTables):
    """Somebody writes an item as soon as the first table is read."""

    def page(self, segment: Segment, after: Item | None) -> Page:
        table = self.aws.account(self.account).tables[segment.table]
        if segment.table == FIRST and len(table.content.items) == len(items(FIRST)):
            table.content = replace(table.content, items=(*table.content.items, {"id": {"S": "new"}}))
        return super().page(segment, after)


class _Written(MemorySessions):
    def tables(self, profile: str | None) -> MemoryTables:
        return _WrittenTables(self.aws, self.profiles[profile])


def test_an_item_that_is_written_while_its_table_is_read_is_no_silent_success(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.loss.sessions = _Written(desk.loss.aws, desk.loss.sessions.profiles)
    wanted = reading.of(items(FIRST)).summary()
    (tmp_path / "expected").write_text(json.dumps({FIRST: {"items": wanted.count, "digest": wanted.digest}}))
    assert desk.run(expect=Path("expected")) is Exit.MISMATCH


class _HeardTables(MemoryTables):
    """Keeps how every page was asked for."""

    asked: ClassVar[list[bool]] = []

    def page(self, segment: Segment, after: Item | None) -> Page:
        self.asked.append(segment.consistent)
        return super().page(segment, after)


class _Heard(MemorySessions):
    def tables(self, profile: str | None) -> MemoryTables:
        return _HeardTables(self.aws, self.profiles[profile])


def test_tables_are_proved_by_strongly_consistent_reads(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.sessions = _Heard(recovery.loss.aws, recovery.loss.sessions.profiles)
    _HeardTables.asked.clear()
    assert recovery.whole().whole
    assert set(_HeardTables.asked) == {True}


def test_no_job_is_asked_for_that_the_quotas_have_no_room_for(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.loss.aws.account(BACKUP).running_copies = 2
    recovery.loss.aws.account(FRESH).running_restores = 1
    assert recovery.whole().whole
    wire = recovery.loss.aws.wire
    assert (wire.count("copies.start"), wire.count("restores.start")) == (len(TABLES), len(TABLES))


@pytest.mark.parametrize("expected", [{"items": 4}, {"items": 2}, {"digest": "0" * 64}])
def test_f39_a_table_that_is_not_as_expected_still_tells_its_rpo_and_its_rto(
    tmp_path: Path, expected: dict[str, object]
) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "expected").write_text(json.dumps({FIRST: expected}))
    assert desk.run(expect=Path("expected"), as_json=True) is Exit.MISMATCH
    told = json.loads(desk.said())
    (found,) = [one for one in told["tables"] if one["table"] == FIRST]
    assert (found["state"], found["rpoSeconds"]) == ("mismatch", 9 * 3600)
    assert found["seconds"] >= 1200
    assert told["begun"] < told["ended"]
    assert (told["stackFile"], told["exit"]) == (None, 4)
    assert json.loads((tmp_path / "strongroom-runs" / told["run"] / "outcome.json").read_text()) == told
    assert {one["state"] for one in told["tables"] if one["table"] != FIRST} == {"recovered"}


@pytest.mark.parametrize(
    ("profile", "account"),
    [
        ("strongroom-prod", STRANGER),
        ("strongroom-prod", BACKUP),
        ("strongroom-backup", STRANGER),
        ("strongroom-backup", FRESH),
    ],
)
def test_f40_a_run_in_a_wrong_account_is_refused_before_the_first_change(
    tmp_path: Path, profile: str, account: str
) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "plan").write_text(plans.text(desk.loss.plan()))
    desk.loss.sessions.profiles[profile] = account
    with pytest.raises(GuardError, match=account) as refused:
        desk.run(plan=Path("plan"), yes=True)
    assert (FAULTS[type(refused.value)], changes(desk.loss)) == (Exit.REFUSED, 0)


@pytest.mark.parametrize("account", [STRANGER, BACKUP])
def test_f40_a_cleaning_in_a_wrong_account_is_refused_before_the_first_change(tmp_path: Path, account: str) -> None:
    desk = Desk(tmp_path)
    desk.run()
    before = changes(desk.loss)
    assert before > 0
    desk.loss.sessions.profiles["strongroom-prod"] = account
    with pytest.raises(GuardError, match=account) as refused:
        desk.clean(yes=True)
    assert (FAULTS[type(refused.value)], changes(desk.loss)) == (Exit.REFUSED, before)


def test_f40_a_cleaning_that_fails_has_listed_everything_and_the_next_one_lists_the_rest(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.run()
    desk.loss.aws.wire.trouble(2, FailedError("deleting: InternalError"), operation="points.delete", times=99)
    with pytest.raises(FailedError):
        desk.clean(yes=True)
    assert desk.err.getvalue().count("delete recovery point") == len(TABLES)
    desk.loss.aws.wire.troubles.clear()
    assert desk.clean(yes=True) is Exit.OK
    assert desk.err.getvalue().count("delete recovery point") == 2 * len(TABLES) - 1


def test_a_table_that_was_mended_is_read_again_when_the_run_is_taken_up(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "expected").write_text(json.dumps({FIRST: {"items": 4}}))
    assert desk.run(expect=Path("expected")) is Exit.MISMATCH
    table = desk.loss.aws.account(FRESH).tables[FIRST]
    table.content = replace(table.content, items=(*table.content.items, {"id": {"S": "mended"}}))
    assert desk.run(resume=desk.run_id) is Exit.OK


class _DeletingTables(MemoryTables):
    """DynamoDB deletes what has expired as soon as expiry is on."""

    def page(self, segment: Segment, after: Item | None) -> Page:
        table = self.aws.account(self.account).tables[segment.table]
        if table.ttl_attribute is not None:
            kept = tuple(one for one in table.content.items if table.ttl_attribute not in one)
            table.content = replace(table.content, items=kept)
        return super().page(segment, after)


class _Deleting(MemorySessions):
    def tables(self, profile: str | None) -> MemoryTables:
        return _DeletingTables(self.aws, self.profiles[profile])


def test_expired_items_are_counted_before_they_may_go(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Loss())
    for one in desk.loss.declared.tables:
        desk.loss.have(point(one.name), items(one.name))
    expiring = next(one for one in desk.loss.declared.tables if one.ttl_attribute)
    held = (*items(expiring.name), {"id": {"S": "old"}, str(expiring.ttl_attribute): {"N": "1763700000"}})
    desk.loss.have(point(expiring.name), held)
    wanted = reading.of(held).summary()
    (tmp_path / "expected").write_text(json.dumps({expiring.name: {"items": wanted.count, "digest": wanted.digest}}))
    desk.loss.sessions = _Deleting(desk.loss.aws, desk.loss.sessions.profiles)
    assert desk.run(expect=Path("expected")) is Exit.OK
    assert desk.loss.aws.account(FRESH).tables[expiring.name].ttl_attribute == expiring.ttl_attribute
