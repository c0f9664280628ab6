"""The recovered tables hold what the generator says that they held when their points were taken, item by item."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import groupby
from typing import Final

from rehearsal.report.findings import TableFinding
from rehearsal.scenarios import oracle
from rehearsal.scenarios.joining import fresh_of
from rehearsal.scenarios.oracle import Expected, Question, Verdict
from rehearsal.scenarios.said import Outcome, Table
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect
from strongroom.aws.tables import DynamoTables

_ORACLES: Final = 2
"""Processes that compute at one time."""


def every_item_is_back(scene: Scene) -> None:
    """Compare every table with what a process says that never asked AWS; expired items may be there or not."""
    settings, outcome = fresh_of(scene).settings, outcome_of(scene)
    living = scene.local.control.now()
    told = told_of(scene, settings.environment, outcome, living)
    tables = DynamoTables(scene.local.administrators.dynamodb(settings.accounts.own))
    verdicts = list[Verdict]()
    for table in settings.tables:
        scene.says(f"reading {table.name}")
        verdicts.append(oracle.judge(tables, table, told[table.name], living))
    _note(scene, outcome, verdicts)
    no_table_differs(verdicts)
    what_the_command_read_is_there(outcome, verdicts)


def no_table_differs(verdicts: Iterable[Verdict]) -> None:
    """Hold when every table holds what it must."""
    wrong = [f"{one.table}: {one.difference}" for one in verdicts if not one.equal]
    expect("tables that hold something else than they must", expected=[], got=wrong)


def what_the_command_read_is_there(outcome: Outcome, verdicts: Iterable[Verdict]) -> None:
    """Hold when the command counted and digested what was read here, of tables whose items never expire."""
    said = {one.table: (one.items, one.digest) for one in outcome.tables}
    for one in verdicts:
        if one.whole is not None:
            read = (one.whole.count, one.whole.digest)
            expect(f"items and digest of {one.table}, as the command said", expected=read, got=said[one.table])


def told_of(scene: Scene, environment: str, outcome: Outcome, living: datetime) -> dict[str, Expected]:
    """Ask what each table held at the instant of its point; one process for each instant."""
    history, checkout = scene.ledger.history(environment), scene.local.place.checkout
    questions = [Question(history, names, instant, living) for instant, names in _by_instant(outcome.tables)]

    def ask(question: Question) -> Mapping[str, Expected]:
        return oracle.ask(question, checkout, outcome.run)

    with ThreadPoolExecutor(_ORACLES) as pool:
        answers = pool.map(ask, questions)
        return {table: one for answer in answers for table, one in answer.items()}


def outcome_of(scene: Scene) -> Outcome:
    """Return what the recovery came to.

    Raises:
        CheckError: there was none.
    """
    if scene.ledger.outcome is None:
        raise CheckError("a recovery", expected="one that has ended", got="none")
    return scene.ledger.outcome


def _by_instant(tables: Iterable[Table]) -> Iterator[tuple[datetime, list[str]]]:
    with_point = [(one.point_created, one.table) for one in tables if one.point_created is not None]
    for instant, group in groupby(sorted(with_point), key=lambda one: one[0]):
        yield instant, [table for _, table in group]


def _note(scene: Scene, outcome: Outcome, verdicts: Iterable[Verdict]) -> None:
    points = {one.table: one.point_created for one in outcome.tables}
    lost, tiers = scene.ledger.lost, scene.ledger.tiers
    for one in verdicts:
        created = points[one.table]
        scene.findings.table(
            TableFinding(
                one.table,
                created,
                one.expected.count,
                one.actual.count,
                one.equal,
                lost - created if lost and created else None,
                tiers.get(one.table),
            )
        )
