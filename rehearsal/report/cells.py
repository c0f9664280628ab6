"""Tables of the page as rows of words: what stands in each cell, and how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearsal.report.findings import Attempt, TableFinding, VaultFinding
from rehearsal.report.story import Story
from rehearsal.scenarios.step import Mark, Result
from strongroom.recovery import instants


@dataclass(frozen=True)
class Cell:
    """One cell."""

    text: str
    look: str = ""
    """good, bad, missing, number or code; the text says the same. Default: plain."""


@dataclass(frozen=True)
class Grid:
    """A table of the page."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    """At least one: the page says in words that there is none."""


_LOOKS = {Mark.HELD: "good", Mark.FAILED: "bad", Mark.NOT_RUN: "missing"}
_NOT_THERE = Cell("none", "missing")


def steps(story: Story) -> Grid:
    """Every step."""
    columns = ("Step", "Result", "What it proves", "Seconds", "AWS calls")
    return Grid("Steps, in order", columns, [_step(result) for result in story.results])


def tables(story: Story) -> Grid:
    """Every table that was compared."""
    columns = ("Table", "Equal", "Items expected", "Items recovered", "Point made", "RPO", "From tier")
    return Grid("Tables, each item compared", columns, [_table(one, story) for one in story.found.tables])


def vaults(story: Story) -> Grid:
    """Every vault that was looked at."""
    columns = ("Vault", "Account", "Tier", "Points", "Newest point", "Locked")
    seen = sorted(story.found.vaults, key=lambda one: (one.account, one.name))
    return Grid("Vaults as last seen", columns, [_vault(one) for one in seen])


def attempts(story: Story) -> Grid:
    """Everything that was tried and must be stopped."""
    columns = ("Action", "Stopped", "Who", "Target", "What must stop it", "Code expected", "Code got")
    return Grid("What was tried, and what stopped it", columns, [_attempt(one, story) for one in story.found.attempts])


def _step(result: Result) -> list[Cell]:
    ran = result.mark is not Mark.NOT_RUN
    return [
        Cell(result.step.name),
        Cell(result.mark.value, _LOOKS[result.mark]),
        Cell(result.step.proves),
        Cell(f"{result.seconds:.1f}", "number") if ran else _NOT_THERE,
        Cell(f"{result.calls:,}", "number") if ran else _NOT_THERE,
    ]


def _table(one: TableFinding, story: Story) -> list[Cell]:
    differs = one in story.unequal
    return [
        Cell(one.table, "code"),
        Cell("no", "bad") if differs else Cell("yes", "good"),
        Cell(f"{one.expected_items:,}", "number"),
        Cell(f"{one.recovered_items:,}", "number") if one.recovered_items is not None else Cell("no table", "missing"),
        Cell(instants.told(one.point_created)) if one.point_created else _NOT_THERE,
        Cell(instants.age(one.rpo)) if one.rpo is not None else Cell("unknown", "missing"),
        Cell(one.tier) if one.tier else _NOT_THERE,
    ]


def _vault(one: VaultFinding) -> list[Cell]:
    return [
        Cell(one.name, "code"),
        Cell(one.account, "code"),
        Cell(one.tier or "no tier"),
        Cell(f"{one.points:,}", "number"),
        Cell(instants.told(one.newest)) if one.newest else _NOT_THERE,
        Cell("yes") if one.locked else Cell("no"),
    ]


def _attempt(one: Attempt, story: Story) -> list[Cell]:
    went_through = one in story.unstopped
    return [
        Cell(one.action, "code"),
        Cell("not by this", "bad") if went_through else Cell("stopped", "good"),
        Cell(one.who),
        Cell(one.target, "code"),
        Cell(one.mechanism),
        Cell(" or ".join(one.expected_codes), "code"),
        Cell(one.got_code, "code") if one.got_code else Cell("it succeeded", "bad"),
    ]
