"""`rehearsal reset`: back to the world as it was seeded."""

from rehearsal.cli import output
from rehearsal.cli.ending import told
from rehearsal.cli.options import UP_FOLDER, Folder, place
from rehearsal.local.control import Control
from rehearsal.local.presence import Presence
from strongroom.cli.exits import Exit

HELP = """Return the local AWS to the state it was in when it was seeded, in milliseconds.

What was deployed is gone, Pulumi's state of it as well, and lost accounts are back."""
EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.NOT_FOUND)


@told
def reset(folder: Folder = UP_FOLDER) -> None:
    """Reset the local AWS of a folder.

    Raises:
        NotFoundError: none is up in it.
    """
    found = Presence(place(folder)).found()
    Control(found.endpoint).reset()
    output.line(f"reset {found.endpoint}")
