import json
from pathlib import Path

from rehearsal.report import document, files
from tests.rehearsal.report.stories import FAILED, recovered, told


def test_the_document_and_the_page_lie_beside_each_other(tmp_path: Path) -> None:
    story = recovered()
    file = tmp_path / "build" / "report.json"
    assert files.write(file, story) == document.render(story)
    assert json.loads(file.read_text()) == document.render(story)
    assert files.page_of(file).read_text().lstrip().startswith("<!doctype html>")


def test_a_report_replaces_an_earlier_one(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    files.write(file, told(results=(FAILED,)))
    files.write(file, recovered())
    assert json.loads(file.read_text())["green"] is True
    assert "Not green" not in files.page_of(file).read_text()
    assert {entry.name for entry in tmp_path.iterdir()} == {"report.json", "report.html"}
