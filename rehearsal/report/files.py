"""Where the report of a rehearsal goes: one file for other programs, and a page beside it for people."""

import json
from pathlib import Path

from rehearsal.report import document, page
from rehearsal.report.story import Story


def write(file: Path, story: Story) -> dict[str, object]:
    """Write the JSON document to `file` and the page beside it, and return the document.

    Each takes the place of an earlier one, all of it or nothing.

    Raises:
        OSError: one cannot be written.
    """
    content = document.render(story)
    _replace(page_of(file), page.render(story))
    _replace(file, json.dumps(content, indent=2) + "\n")
    return content


def page_of(file: Path) -> Path:
    """Return where the page of a JSON document lies: the same name, ending .html."""
    return file.with_suffix(".html")


def _replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.fresh")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)
