"""`rehearsal up`: a seeded local AWS that stays."""

from typing import Annotated

import typer

from rehearsal.cli import output
from rehearsal.cli.ending import told
from rehearsal.cli.options import PORT, UP_FOLDER, Folder, place
from rehearsal.local import lifecycle
from rehearsal.local.lifecycle import Opening
from rehearsal.report.progress import shown
from strongroom.cli.exits import Exit

HELP = """Start a local AWS that stays up, with the organization, the accounts and the bootstrap roles in it.

With it up, `pulumi` works on every stack: source the lines of `rehearsal env`, change into build/rehearsal/program, and
run it there. What an earlier `up` held is taken up again; --fresh begins with an empty one."""
EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.REFUSED, Exit.TIMEOUT, Exit.INTERRUPTED)

Port = Annotated[int, typer.Option(min=0, max=65535, help="TCP port on 127.0.0.1; 0 takes any free one.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Forget what an earlier local AWS held.")]


@told
def up(folder: Folder = UP_FOLDER, port: Port = PORT, fresh: Fresh = False) -> None:
    """Make sure that a local AWS is up."""
    with shown() as progress:
        local, how = lifecycle.up(Opening(place(folder), port, progress), fresh=fresh)
    output.line(f"the local AWS at {local.control.endpoint} {how}")
    first = next(iter(local.world.stacks))
    output.line(f'next: eval "$(rehearsal env --stack {first})" && cd {local.place.program} && pulumi up -s {first}')
