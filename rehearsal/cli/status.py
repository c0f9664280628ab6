"""`rehearsal status`: whether a local AWS is up, and what is in it."""

from rehearsal.cli import output
from rehearsal.cli.ending import told
from rehearsal.cli.options import UP_FOLDER, Folder, Json, place
from rehearsal.local.control import Control
from rehearsal.local.presence import Presence
from strongroom.cli.exits import Exit

HELP = """Show whether a local AWS is up, its endpoint, its virtual time and its accounts."""
EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.NOT_FOUND)


@told
def status(folder: Folder = UP_FOLDER, json: Json = False) -> None:
    """Show the local AWS of a folder.

    Raises:
        NotFoundError: none is up in it.
    """
    found = Presence(place(folder)).found()
    accounts = Control(found.endpoint).accounts()
    if json:
        output.document(
            {
                "pid": found.pid,
                "endpoint": found.endpoint,
                "now": found.now.isoformat(),
                "sealed": found.sealed,
                "accounts": [output.account(one) for one in accounts],
            }
        )
        return
    output.line(f"up at {found.endpoint} (process {found.pid}), virtual time {found.now.isoformat()}")
    output.accounts(accounts)
