"""The plan as a page for a tired person: what, how old, which steps, what to think of, what is lost, what to type."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from typing import Final

from strongroom.recovery.instants import age, told
from strongroom.recovery.plans.plan import Chosen, Plan
from strongroom.recovery.plans.summary import phases

WIDTH: Final = 100
_MARK: Final = "*"
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")
_THOUSAND: Final = 1000


def page(plan: Plan, command: str) -> str:
    """The page.

    Args:
        plan: What it tells.
        command: What to type next.
    """
    parts = (
        _head(plan),
        _points(plan),
        _missing(plan),
        _list("STEPS", phases(plan), numbered=True),
        _list("WARNINGS", plan.warnings),
        _list("WILL NOT COME BACK", plan.left_behind),
        ["NEXT, once this page says what you want", "", f"  {command}"],
    )
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(plan: Plan) -> list[str]:
    rows = {
        "lost account": plan.lost_account,
        "new account": plan.target_account,
        "backup account": plan.backup_account,
        "region": plan.region,
        "settings": f"as of {told(plan.settings_written)}, version {plan.settings_version}",
        "made": f"{told(plan.made)} by AWS's clock, as run {plan.run}",
    }
    if plan.at is not None:
        rows["no point after"] = told(plan.at)
    return [f"RECOVERY OF {plan.environment}", "", *(f"  {name:<16}{value}" for name, value in rows.items())]


def _points(plan: Plan) -> list[str]:
    header = ("table", "taken at (UTC)", "old", "tier", "size")
    table = _columns([header, *(_row(one) for one in plan.chosen)])
    older = [(f"{one.table}: ", one.older_because) for one in plan.chosen if one.older_because]
    notes = ["", f"  {_MARK} why not newer:", *(line for who, why in older for line in _wrapped("    ", f"{who}{why}"))]
    return [f"POINTS OF {len(plan.chosen)} of {_wanted(plan)} tables", "", *table, *(notes if older else [])]


def _wanted(plan: Plan) -> int:
    return len(plan.chosen) + len(plan.missing)


def _row(one: Chosen) -> tuple[str, ...]:
    mark = f" {_MARK}" if one.older_because else ""
    taken = f"{one.created.astimezone(UTC):%Y-%m-%d %H:%M}"
    return (f"{one.table}{mark}", taken, age(timedelta(seconds=one.rpo_seconds)), one.tier, _size(one.size_bytes))


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _missing(plan: Plan) -> list[str]:
    if not plan.missing:
        return []
    lines = [line for one in plan.missing for line in _wrapped("  !! ", f"{one.table}: {one.why}")]
    return [f"NO POINT, AND NOT ONE ITEM COMES BACK, OF {len(plan.missing)} of {_wanted(plan)} tables", "", *lines]


def _list(title: str, sentences: Sequence[str], *, numbered: bool = False) -> list[str]:
    if not sentences:
        return []
    marks = [f"  {number:>2}  " if numbered else "  -  " for number in range(1, len(sentences) + 1)]
    return [title, "", *(line for mark, said in zip(marks, sentences, strict=True) for line in _wrapped(mark, said))]


def _wrapped(mark: str, sentence: str) -> Iterator[str]:
    rest = " " * len(mark)
    # An ARN or a command that is broken in two cannot be copied.
    yield from textwrap.wrap(
        sentence, WIDTH, initial_indent=mark, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _size(size: int | None) -> str:
    if size is None:
        return "not told"
    amount, unit = float(size), 0
    while amount >= _THOUSAND and unit < len(_UNITS) - 1:
        amount, unit = amount / _THOUSAND, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit else f"{size} B"
