"""Options that mean the same in every command that has them."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Write one JSON document to standard output, errors too.")]
Yes = Annotated[bool, typer.Option("--yes", help="Go ahead without anything being typed.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the plan and stop.")]
