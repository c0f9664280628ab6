"""How commands print: results on standard output, one sentence about a failure on standard error."""

import json
import sys

from rich.console import Console
from rich.table import Table

from rehearsal.local.control import Account


def line(text: str) -> None:
    """Print one line as it is."""
    sys.stdout.write(f"{text}\n")


def document(content: object) -> None:
    """Print JSON."""
    line(json.dumps(content, indent=2))


def failure(sentence: object) -> None:
    """Print why the command failed."""
    sys.stderr.write(f"rehearsal: {sentence}\n")


def account(one: Account) -> dict[str, object]:
    """Return an account as JSON shows it."""
    return {
        "name": one.name,
        "id": one.id,
        "inside": one.inside,
        "lost": one.lost,
        "unit": one.unit,
        "administratorRoleArn": one.administrator_role_arn,
    }


def accounts(listed: tuple[Account, ...]) -> None:
    """Print accounts as a table."""
    table = Table("account", "id", "unit", "state", box=None, pad_edge=False)
    for one in listed:
        state = "lost" if one.lost else "inside" if one.inside else "outside"
        table.add_row(one.name, one.id, one.unit or "", state)
    Console().print(table)
