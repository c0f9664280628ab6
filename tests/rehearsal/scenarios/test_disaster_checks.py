"""What the steps of the disaster judge, on both sides: each check is seen to hold and to fail."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.local import world
from rehearsal.local.control import Account
from rehearsal.local.engine import Outcome
from rehearsal.local.events import Report
from rehearsal.local.operator import Ran
from rehearsal.local.place import CHECKOUT
from rehearsal.scenarios import adopting, approaching, ledger, losing, proving, recovering, tidying
from rehearsal.scenarios.driver import a_restore_has_begun
from rehearsal.scenarios.ledger import Ledger
from rehearsal.scenarios.oracle import Verdict
from rehearsal.scenarios.ran import ended
from rehearsal.scenarios.said import Chosen, Plan, Table
from rehearsal.scenarios.said import Outcome as Recovery
from rehearsal.scenarios.step import CheckError
from rehearsal.scenarios.tidying import Kept
from strongroom.evidence.items.comparison import Differences
from strongroom.evidence.items.digest import Summary

NIGHT = datetime(2026, 12, 28, 3, tzinfo=UTC)
PROD = world.read(CHECKOUT).sources["prod"]
NAMES = [table.name for table in PROD.tables]
LANDING = "strongroom-prod-landing-abcd1234"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "log").write_text("one\nlast words", encoding="utf-8")
    return tmp_path / "log"


def plan(**changes: Chosen) -> Plan:
    older = Chosen(table=NAMES[0], tier="daily", created=NIGHT - timedelta(days=1), older_because="it is PARTIAL")
    chosen = {NAMES[0]: older, **{name: Chosen(table=name, tier="daily", created=NIGHT) for name in NAMES[1:]}}
    return Plan(target_account="555555555555", chosen=tuple({**chosen, **changes}.values()), left_behind=())


def test_the_newest_whole_points_are_chosen() -> None:
    recovering.the_newest_whole_points_are_chosen(PROD, NIGHT, plan())


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (Chosen(table=NAMES[0], tier="daily", created=NIGHT), "older than the last night"),
        (Chosen(table=NAMES[0], tier="daily", created=NIGHT - timedelta(days=1)), "says why"),
        (Chosen(table=NAMES[1], tier="daily", created=NIGHT - timedelta(days=1)), "older than the last night"),
        (Chosen(table="another", tier="daily", created=NIGHT), "tables of the plan"),
    ],
)
def test_fails_when_another_point_is_chosen_or_not_explained(other: Chosen, sentence: str) -> None:
    with pytest.raises(CheckError, match=sentence):
        recovering.the_newest_whole_points_are_chosen(PROD, NIGHT, plan(**{other.table: other}))


def test_fails_when_the_last_points_were_never_taken() -> None:
    with pytest.raises(CheckError, match="the last points"):
        recovering.the_newest_whole_points_are_chosen(PROD, None, plan())


def test_there_is_one_run(tmp_path: Path) -> None:
    (tmp_path / "abcd1234").mkdir()
    assert recovering.the_only_run(tmp_path) == "abcd1234"
    (tmp_path / "efgh5678").mkdir()
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(CheckError, match="runs in the operator's folder"):
            recovering.the_only_run(folder)


def test_the_journal_says_when_a_restore_has_begun(tmp_path: Path) -> None:
    (tmp_path / "abcd1234").mkdir()
    journal = tmp_path / "abcd1234" / "journal.jsonl"
    assert not a_restore_has_begun(tmp_path)
    journal.write_text('{"event":"job","step":"copy-1"}\n', encoding="utf-8")
    assert not a_restore_has_begun(tmp_path)
    journal.write_text('{"event":"job","step":"copy-1"}\n{"event":"job","step":"restore-1"}\n', encoding="utf-8")
    assert a_restore_has_begun(tmp_path)


def test_a_command_ends_as_it_must(log: Path) -> None:
    ended(Ran("strongroom doctor prod", 0, 1.0, "", log), 0)
    with pytest.raises(CheckError, match="expected 0, got 7: one last words"):
        ended(Ran("strongroom doctor prod", 7, 1.0, "", log), 0)


def deployed(log: Path, counts: Mapping[str, int], changes: Mapping[str, str]) -> Outcome:
    return Outcome("pulumi up", 0, 1.0, log, Report(changes, (), counts))


def test_every_table_is_imported(log: Path) -> None:
    adopting.every_table_is_imported(deployed(log, {"import": 6, "create": 70}, {"urn": "import"}), PROD)


@pytest.mark.parametrize(
    ("counts", "changes"),
    [
        ({"import": 5}, {"urn": "import"}),
        ({"create": 76}, {}),
        ({"import": 6}, {"urn": "replace"}),
        ({"import": 6}, {"urn": "delete"}),
    ],
)
def test_fails_when_a_table_is_made_or_replaced(log: Path, counts: dict[str, int], changes: dict[str, str]) -> None:
    with pytest.raises(CheckError):
        adopting.every_table_is_imported(deployed(log, counts, changes), PROD)


BEFORE = Kept({"tables": NAMES, "vaults": ["strongroom-prod", LANDING]}, ["one", "two"])
AFTER = Kept({"tables": NAMES, "vaults": ["strongroom-prod"]}, ["one", "two"])


def test_the_landing_vault_alone_is_gone() -> None:
    tidying.it_alone_is_gone(BEFORE, AFTER, LANDING)


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        replace(AFTER, central=["one"]),
        replace(AFTER, holdings={**AFTER.holdings, "tables": NAMES[1:]}),
        replace(AFTER, holdings={**AFTER.holdings, "vaults": []}),
    ],
)
def test_fails_when_something_else_is_gone_or_it_is_not(after: Kept) -> None:
    with pytest.raises(CheckError):
        tidying.it_alone_is_gone(BEFORE, after, LANDING)


def account(id_: str, *, lost: bool) -> Account:
    return Account(name=id_, id=id_, inside=True, lost=lost)


def test_one_account_is_lost() -> None:
    losing.it_is_gone((account("1", lost=True), account("2", lost=False)), "1")
    for accounts in ((account("1", lost=False),), (account("1", lost=True), account("2", lost=True))):
        with pytest.raises(CheckError, match="accounts that are lost"):
            losing.it_is_gone(accounts, "1")


def verdict(whole: Summary | None) -> Verdict:
    there = Summary(3, 30, "digest")
    return Verdict(NAMES[0], there, there, whole, 0, Differences())


def recovery(items: int, digest: str) -> Recovery:
    table = Table(table=NAMES[0], point_created=NIGHT, state="recovered", items=items, digest=digest)
    return Recovery(
        run="abcd1234",
        target_account="555555555555",
        begun=NIGHT,
        ended=NIGHT,
        operator_seconds=1.0,
        api_calls={},
        tables=(table,),
        stack_file="",
    )


def test_what_the_command_read_is_what_is_there() -> None:
    proving.what_the_command_read_is_there(recovery(3, "digest"), [verdict(Summary(3, 30, "digest")), verdict(None)])
    for said in (recovery(4, "digest"), recovery(3, "other")):
        with pytest.raises(CheckError, match="as the command said"):
            proving.what_the_command_read_is_there(said, [verdict(Summary(3, 30, "digest"))])


def test_the_next_night_is_told_in_the_sources_own_time_zone() -> None:
    summer = datetime(2027, 6, 1, 2, 30, tzinfo=UTC)
    assert approaching.nightly(PROD, summer) == datetime(2027, 6, 2, 2, tzinfo=UTC)
    assert approaching.nightly(PROD, datetime(2027, 1, 1, 2, 30, tzinfo=UTC)) == datetime(2027, 1, 1, 3, tzinfo=UTC)
    assert approaching.nightly(PROD, NIGHT) == NIGHT + timedelta(days=1)


def test_changes_begin_after_the_months_and_never_at_a_whole_hour() -> None:
    for minute in (0, 1, 59):
        now = datetime(2026, 11, 22, 23, minute, tzinfo=UTC)
        opened: Ledger = ledger.opened(now, timedelta(days=33))
        assert opened.begin - now > timedelta(days=33, hours=1)
        assert (opened.begin.minute, opened.begin.second) == (7, 30)
        assert opened.changed_until == opened.begin


def test_more_than_fifty_thousand_items_are_written() -> None:
    opened = ledger.opened(NIGHT, timedelta(days=33))
    stacks = world.read(CHECKOUT).sources.values()
    written = {one.environment: opened.history(one.environment).items * len(one.tables) for one in stacks}
    assert written["prod"] >= 50_000
    assert written["ci"] > 0
