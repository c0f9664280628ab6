from pathlib import Path

import documentation
import pytest
from strongroom_policies.catalogue import RULES
from strongroom_policies.rule import AnyRule

from tests.stacks import world

PAGE = world.CHECKOUT / "docs" / "policies.md"


def test_the_page_is_what_the_rules_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == documentation.page(), "run make docs"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_what_why_and_how(rule: AnyRule) -> None:
    (section,) = [part for part in documentation.page().split("\n### ") if part.startswith(f"{rule.name}\n")]
    assert rule.description in section
    assert f"Why: {rule.why}" in section
    assert all(f"- `{name}` (" in section for name in rule.options)


def test_nothing_of_this_machine_is_on_the_page() -> None:
    assert str(Path.home()) not in documentation.page()
