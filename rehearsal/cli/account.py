"""`rehearsal account`: opens, loses and lists accounts."""

from typing import Annotated

import typer

from rehearsal.cli import output
from rehearsal.cli.ending import told
from rehearsal.cli.options import UP_FOLDER, Folder, Json, place
from rehearsal.local.control import Control
from rehearsal.local.presence import Presence
from rehearsal.local.world import SOURCES
from strongroom.cli.exits import Exit, epilog

app = typer.Typer(help="Open, lose or list accounts.", no_args_is_help=True, rich_markup_mode=None)
_EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.NOT_FOUND)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the account.")]
Outside = Annotated[bool, typer.Option("--outside", help="Open it outside the organization.")]


@app.command("add", epilog=epilog(*_EXITS))
@told
def add(name: Name, outside: Outside = False, folder: Folder = UP_FOLDER, json: Json = False) -> None:
    """Open an account: in the organization, in the unit of the sources, or outside it.

    It holds nothing but a role OrganizationAccountAccessRole, which the management account's administrator may assume.
    A name that is taken is refused.
    """
    made = _control(folder).add_account(name, outside=outside, unit=None if outside else SOURCES)
    if json:
        output.document(output.account(made))
    else:
        output.line(f"{made.name} {made.id} {'outside' if outside else 'inside'}, {made.administrator_role_arn}")


@app.command("lose", epilog=epilog(*_EXITS))
@told
def lose(name: Name, folder: Folder = UP_FOLDER, json: Json = False) -> None:
    """Lose an account: everything in it is gone, and nobody can sign in to it any more."""
    _control(folder).lose_account(name)
    if json:
        output.document({"name": name, "lost": True})
    else:
        output.line(f"{name} is lost")


@app.command("list", epilog=epilog(*_EXITS))
@told
def list_(folder: Folder = UP_FOLDER, json: Json = False) -> None:
    """List the accounts, lost ones among them."""
    accounts = _control(folder).accounts()
    if json:
        output.document([output.account(one) for one in accounts])
    else:
        output.accounts(accounts)


def _control(folder: Folder) -> Control:
    return Control(Presence(place(folder)).found().endpoint)
