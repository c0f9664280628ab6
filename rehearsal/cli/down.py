"""`rehearsal down`: ends the local AWS and keeps its state."""

from rehearsal.cli import output
from rehearsal.cli.ending import told
from rehearsal.cli.options import UP_FOLDER, Folder, place
from rehearsal.local.presence import Presence
from strongroom.cli.exits import Exit

HELP = """End the local AWS. Its state is kept: the next `rehearsal up` goes on with it."""
EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.NOT_FOUND, Exit.REFUSED)


@told
def down(folder: Folder = UP_FOLDER) -> None:
    """End the local AWS of a folder.

    Raises:
        NotFoundError: none is up in it.
        AlreadyRunningError: another command is at work in it.
    """
    ended = Presence(place(folder)).end()
    output.line(f"ended {ended.endpoint}")
