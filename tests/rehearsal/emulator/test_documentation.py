import re
import subprocess

import pytest

from tests.emulator_process import CHECKOUT, emulator_python

pytestmark = pytest.mark.emulator

_RULE = re.compile(r"\| `(\w+)` \| (.+) \| \[(.+)\]\((.+)\), (\d{4}-\d\d-\d\d) \|")


@pytest.fixture(scope="module")
def written() -> str:
    """What the code says today."""
    made = subprocess.run(
        [str(emulator_python()), "-m", "rehearsal.emulator.documentation"],
        env={"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return made.stdout


def test_the_page_is_what_the_code_says(written: str) -> None:
    assert (CHECKOUT / "docs/emulator.md").read_text() == written, "run `make docs`"


def test_each_rule_is_named_after_what_it_refuses_and_says_so_in_a_sentence_with_its_page(written: str) -> None:
    lines = [line for line in written.splitlines() if line.startswith("| `")]
    rules = [_RULE.fullmatch(line) for line in lines]
    assert [line for line, rule in zip(lines, rules, strict=True) if rule is None] == []
    found = [rule.groups() for rule in rules if rule]
    assert len(found) > 100
    assert [name for name, *_ in found if not name.startswith("refuse_")] == []
    assert [name for name, says, *_ in found if not says.endswith(".")] == []
    assert [name for name, _, _, source, _ in found if not source.startswith("https://")] == []


def test_no_two_rules_of_a_service_have_one_name(written: str) -> None:
    for service in written.split("\n## "):
        names = re.findall(r"^\| `(\w+)`", service, re.MULTILINE)
        assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_differences_are_sentences(written: str) -> None:
    _, _, differences = written.partition("## Known differences from AWS")
    sentences = re.findall(r"^- (.+)$", differences, re.MULTILINE)
    assert sentences
    assert [sentence for sentence in sentences if not sentence.endswith(".")] == []
