"""A command that is killed while it holds a local AWS: started by tests as a process of its own."""

import sys
import time
from pathlib import Path

from rehearsal.local import lifecycle
from rehearsal.local.lifecycle import Opening
from rehearsal.local.local import Local
from rehearsal.local.place import Place
from rehearsal.local.progress import Progress, Silent


def wait_for_the_end(local: Local, _: Progress) -> None:
    sys.stdout.write(f"{local.control.endpoint}\n")
    sys.stdout.flush()
    time.sleep(60)


def main(command: str, checkout: str) -> None:
    place = Place(Path(checkout) / "build" / "rehearsal", Path(checkout))
    opening = Opening(place, 0, Silent(), wait_for_the_end)
    if command == "up":
        lifecycle.up(opening, fresh=False)
    else:
        with lifecycle.attended(opening) as local:
            wait_for_the_end(local, Silent())


if __name__ == "__main__":
    main(*sys.argv[1:])
