import re
import textwrap
from datetime import date

from strongroom.cli.gate_judge import HELP, Form
from strongroom.gate import overrides
from strongroom.gate.operations import Operation
from strongroom.gate.overrides import DAYS_AHEAD, REASON_CHARACTERS, Override
from tests.strongroom.documents.example import CHECKOUT


def test_the_page_says_what_the_gate_does() -> None:
    page = (CHECKOUT / "docs" / "gate.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| (?:the resource|it|one of its)", page, re.MULTILINE) == list(Operation)
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) >= {*Override.model_fields, *Form}
    assert f"{REASON_CHARACTERS} characters or more" in page
    assert f"at most {DAYS_AHEAD} days ahead" in page
    assert f"at most {DAYS_AHEAD} days ahead" in " ".join(HELP.split())
    example = page.partition("    overrides:\n")[2].partition("\n| key")[0]
    assert len(overrides.read(textwrap.dedent(f"    overrides:\n{example}"), "gate.md", date(2026, 11, 22))) == 2
