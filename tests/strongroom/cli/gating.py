"""The gate in a folder of its own, for tests."""

import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from strongroom.cli.exits import Exit
from strongroom.cli.gate_judge import Doors, Options, run
from strongroom.cli.output import Output
from tests.strongroom.gate.previews import TABLE, digest, step, urn

OVERRIDE: Final = f"""overrides:
  - urn: {urn(TABLE)}
    operation: delete
    reason: "ticket 12: moved to the new account"
    expires: 2026-12-01
"""
DELETED: Final = json.dumps(digest(step("delete", TABLE)))
UNCHANGED: Final = json.dumps(digest(step("same", TABLE)))


@dataclass(frozen=True)
class Gate:
    """The command in a folder of its own."""

    folder: Path

    def __call__(self, preview: str | None, options: Options | None = None) -> tuple[Exit, str]:
        """Run it with a preview on standard input."""
        out = io.StringIO()
        doors = Doors(self.folder, lambda: preview, lambda: date(2026, 11, 22), Output(out, io.StringIO()))
        return run(options or Options(), doors), out.getvalue()
