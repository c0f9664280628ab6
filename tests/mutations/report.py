"""Says of every edit by whom it is refused: `python -m tests.mutations.report` writes build/mutations.json."""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.mutations.catalogue import MUTATIONS
from tests.mutations.judges import refusals
from tests.mutations.tree import Tree
from tests.stacks import world

PLACE: Final = world.CHECKOUT / "build" / "mutations.json"


def main() -> int:
    """Judge every edit; 1 when one is refused by nobody, or not by whom it should be."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(Path(folder).resolve())
        for mutation in MUTATIONS:
            begun = time.monotonic()
            found = refusals(tree, mutation)
            good = mutation.refused_by in found
            by = ", ".join(judge.value for judge in found) or "NOBODY"
            sys.stdout.write(f"{'' if good else 'WRONG '}{mutation.name}: {by} ({time.monotonic() - begun:.1f} s)\n")
            rows.append(
                {
                    "edit": mutation.name,
                    "file": mutation.file,
                    "refusedBy": {one.value: says for one, says in found.items()},
                }
            )
            if not good:
                sys.stdout.write(f"   expected {mutation.refused_by.value}; said {json.dumps(found)[:600]}\n")
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return int(any(not row["refusedBy"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
