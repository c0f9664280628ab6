"""Nothing in the pipelines lets a change past a judge that refused it, or that never spoke."""

from pathlib import Path
from typing import Any, Final

import yaml

from tests.workflows import pipelines

CHECKOUT: Final = Path(__file__).parents[2]
GITHUB: Final = CHECKOUT / ".github"

WORKFLOWS: Final[dict[str, Any]] = {
    # YAML 1.1 takes `on` for true; text is what GitHub reads.
    file.name: yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    for file in sorted((GITHUB / "workflows").iterdir())
}


def unnamed(workflow: dict[str, Any]) -> dict[str, Any]:
    """A workflow without its steps' names."""
    for job in workflow["jobs"].values():
        for step in job.get("steps", []):
            step.pop("name", None)
    return workflow


def script(name: str) -> str:
    return (GITHUB / "scripts" / name).read_text(encoding="utf-8")


def test_there_are_the_pipelines_that_are_meant_and_no_others() -> None:
    assert set(WORKFLOWS) == set(pipelines.PIPELINES)


def test_a_pipeline_is_what_it_has_to_be_and_nothing_else() -> None:
    assert {name: unnamed(found) for name, found in WORKFLOWS.items()} == pipelines.PIPELINES


def test_a_script_stops_at_its_first_error() -> None:
    for file in (GITHUB / "scripts").iterdir():
        commands = [line for line in script(file.name).splitlines() if line and not line.startswith("#")]
        assert commands[0] == "set -euo pipefail", file.name
        assert not [line for line in commands[1:] if line.startswith(("set ", "trap '' "))], file.name


def test_owners_are_asked_about_everything() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    # The last line that matches counts: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
    assert [line.split() for line in lines if line and not line.startswith("#")] == [["*", *pipelines.OWNERS]]
