"""Nothing in the pipelines lets a change past a judge that refused it, or that never spoke."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

CHECKOUT: Final = Path(__file__).parents[2]
GITHUB: Final = CHECKOUT / ".github"

WORKFLOWS: Final[Mapping[str, Any]] = {
    # YAML 1.1 takes `on` for true; text is what GitHub reads.
    file.stem: yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    for file in sorted((GITHUB / "workflows").glob("*.y*ml"))
}

CONDITIONS: Final = {
    "pull-request/preview": "github.event.pull_request.head.repo.full_name == github.repository",
    "pull-request/gate/Comment": "always() && hashFiles('comment.md') != ''",
    "pull-request/judged": "always()",
    "drift/drift/What main says and nobody deployed": "always()",
}
"""Every condition that is there by intent: a fork has no identity, and what is told must be told of a refusal too."""

JUDGING: Final = {
    "pull-request/check/Format, lint, types, layers": "make check",
    "pull-request/check/Settings, program and pack": ".venv/bin/strongroom check",
    "pull-request/check/Tests that need no local AWS": "make test-fast\nscripts/test processes\n",
    "pull-request/preview/Preview under the base's policy pack": (
        'base/.github/scripts/preview change "$STACK" preview preview.json'
    ),
    "pull-request/gate/Judge": 'base/.github/scripts/gate change "$STACK" "$BASE" preview.json comment.md',
    "deploy-stack/up/Preview under the policy pack of before": (
        'base/.github/scripts/preview change "$STACK" deploy preview.json'
    ),
    "deploy-stack/up/Judge": 'base/.github/scripts/gate change "$STACK" "$BASE" preview.json comment.md',
}
"""Every step whose exit code is a verdict, and all that it runs."""

OWNED: Final = {
    *("/.github/", "/gate-overrides.yaml", "/policies/", "/scripts/", "/Pulumi.yaml", "/Pulumi.*.yaml"),
    *("/__main__.py", "/components/", "/stacks/", "/tests/workflows/"),
    *("/strongroom/checking/", "/strongroom/config/", "/strongroom/documents/", "/strongroom/facts/"),
    *("/strongroom/gate/", "/strongroom/cli/audit*.py", "/strongroom/cli/check*.py", "/strongroom/cli/gate*.py"),
}
"""What decides whether a backup is taken, kept and told of, and who judges that."""


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, found in WORKFLOWS.items():
        for job, content in found["jobs"].items():
            yield f"{name}/{job}", content


def parts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every job and every step."""
    for name, job in jobs():
        yield name, job
        for place, step in enumerate(job.get("steps", [])):
            yield f"{name}/{step.get('name', place)}", step


def script(name: str) -> str:
    return (GITHUB / "scripts" / name).read_text(encoding="utf-8")


def test_nothing_goes_on_after_an_error() -> None:
    assert [name for name, part in parts() if "continue-on-error" in part] == []


def test_nothing_is_left_out_except_by_a_condition_that_is_meant() -> None:
    assert {name: part["if"] for name, part in parts() if "if" in part} == CONDITIONS


def test_a_judging_step_runs_its_judge_and_nothing_that_hides_the_verdict() -> None:
    said = {name: part.get("run") for name, part in parts()}
    assert {name: said.get(name) for name in JUDGING} == JUDGING
    asked = {name for name, run in said.items() if re.search(r"scripts/(gate|preview)\b|strongroom check", run or "")}
    assert asked <= set(JUDGING)


def test_commands_run_in_the_shell_that_stops_at_an_error() -> None:
    assert [name for name, part in parts() if "shell" in part or "defaults" in part] == []
    assert [name for name, found in WORKFLOWS.items() if "defaults" in found] == []


def test_a_script_stops_at_its_first_error() -> None:
    for file in (GITHUB / "scripts").iterdir():
        commands = [line for line in script(file.name).splitlines() if line and not line.startswith("#")]
        assert commands[0] == "set -euo pipefail", file.name
        assert not [line for line in commands[1:] if line.startswith(("set ", "trap '' "))], file.name


def test_the_gate_s_own_exit_code_is_the_verdict() -> None:
    *_, comment, why, verdict = [line for line in script("gate").splitlines() if line][-3:]
    assert why == '"${ask[@]}" --output markdown >"$comment" || true'
    assert (comment[:1], verdict) == ("#", '"${ask[@]}"')
    asked = 'gate "$preview" --stack "$stack" --base "$base" --pack "$JUDGE/policies")'
    assert f'\nask=("$JUDGE/.venv/bin/strongroom" {asked}\n' in script("gate")
    assert script("gate").count("||") == 1


def test_every_preview_is_made_under_the_pack_and_its_configuration() -> None:
    configuration = '"$JUDGE/policies/configuration/$stack.json"'
    assert f'\npack=(--policy-pack "$JUDGE/policies" --policy-pack-config {configuration})\n' in script("preview")
    runs = [line for line in script("preview").splitlines() if "scripts/pulumi" in line]
    assert len(runs) == 2
    assert all(' "${pack[@]}"' in line and "||" not in line for line in runs)
    assert runs[-1].endswith('preview --json --show-sames "${pack[@]}" >"$file"')
    assert script("preview").endswith(f"{runs[-1]}\n")


def test_owners_are_asked_about_whatever_decides() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}
    assert set(owned) >= OWNED
    assert all(owners and all(owner.startswith("@") for owner in owners) for owners in owned.values())
    there = [path for path in owned if path != "/gate-overrides.yaml" and not list(CHECKOUT.glob(path.strip("/")))]
    assert there == []
