import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from components.watched_verify import HEARTBEAT, limits
from strongroom.config.profiles import Mode
from strongroom.documents.bootstrap import subjects
from tests.stacks import world
from tests.workflows import pipelines

CHECKOUT: Final = Path(__file__).parents[2]
GITHUB: Final = CHECKOUT / ".github"
FILES: Final = sorted((GITHUB / "workflows").glob("*.yml"))

ACTIONS: Final = {pipelines.CHECKOUT: "v7.0.1", pipelines.UPLOAD: "v7.0.0", pipelines.DOWNLOAD: "v8.0.1"}
"""Every action of somebody else, by the commit that its tag meant when it was looked up."""

Part = dict[str, Any]


def workflow(name: str) -> Part:
    # YAML 1.1 takes `on` for true; text is what GitHub reads.
    return yaml.load((GITHUB / "workflows" / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506


WORKFLOWS: Final[Mapping[str, Part]] = {file.stem: workflow(file.stem) for file in FILES}


def jobs() -> Iterator[tuple[str, Part]]:
    for name, found in WORKFLOWS.items():
        for job, content in found["jobs"].items():
            yield f"{name}/{job}", content


def steps() -> Iterator[tuple[str, Part]]:
    for name, job in jobs():
        for step in job.get("steps", []):
            yield f"{name}/{step['name']}", step


def commands(job: Part) -> str:
    return "\n".join(step.get("run", "") for step in job["steps"])


def audited(place: Path) -> set[str]:
    """Names of what zizmor finds."""
    zizmor = Path(sys.executable).with_name("zizmor")
    asked = ["--offline", "--quiet", "--strict-collection", "--persona", "pedantic", "--format", "json"]
    done = subprocess.run([zizmor, *asked, place], check=False, capture_output=True, text=True, timeout=120)
    return {found["ident"] for found in json.loads(done.stdout)}


def test_the_auditor_finds_nothing() -> None:
    assert audited(GITHUB) == set()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "unpinned-uses"),
        ("persist-credentials: false", "fetch-depth: 0", "artipacked"),
        ('run: base/.github/scripts/preview change "$STACK"', "run: echo ${{ github.head_ref }}", "template-injection"),
        ("  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
        ("    permissions: {}\n", "    permissions: write-all\n", "excessive-permissions"),
    ],
)
def test_the_auditor_finds_what_makes_a_workflow_worse(old: str, new: str, found: str, tmp_path: Path) -> None:
    good = (GITHUB / "workflows" / "pull-request.yml").read_text(encoding="utf-8")
    assert old in good
    (tmp_path / "bad.yml").write_text(good.replace(old, new), encoding="utf-8")
    assert found in audited(tmp_path / "bad.yml")


def test_every_action_is_one_that_was_looked_up_at_its_commit() -> None:
    used = {
        use: said
        for file in FILES
        for use, said in re.findall(r"uses: (\S+)(?: # (.*))?", file.read_text(encoding="utf-8"))
        if not use.startswith("./")
    }
    assert used == ACTIONS


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_nothing_by_itself(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {}


def test_every_job_ends_and_says_what_it_may() -> None:
    for name, job in jobs():
        assert "permissions" in job, name
        assert "uses" in job or 0 < int(job["timeout-minutes"]) <= 120, name


def test_no_text_of_others_becomes_part_of_a_command() -> None:
    assert [name for name, step in steps() if "${{" in step.get("run", "")] == []


def test_every_stack_is_previewed_judged_deployed_and_looked_after() -> None:
    pull, deploy = WORKFLOWS["pull-request"]["jobs"], WORKFLOWS["deploy"]["jobs"]
    drift, verify = (WORKFLOWS[name]["jobs"][name] for name in ("drift", "verify"))
    seen = (pull["preview"], pull["gate"], drift, verify)
    assert all(set(job["strategy"]["matrix"]["stack"]) == set(world.STACKS) for job in seen)
    deployed = [deploy["backup"]["with"]["stack"], *deploy["sources"]["strategy"]["matrix"]["stack"]]
    assert sorted(deployed) == sorted(world.STACKS)


def test_the_central_side_is_deployed_before_the_sources() -> None:
    jobs = WORKFLOWS["deploy"]["jobs"]
    assert jobs["backup"]["with"]["stack"] == "backup"
    assert "needs" not in jobs["backup"]
    assert jobs["sources"]["needs"] == "backup"


def test_a_fork_gets_the_check_alone() -> None:
    jobs = WORKFLOWS["pull-request"]["jobs"]
    assert jobs["preview"]["if"] == "github.event.pull_request.head.repo.full_name == github.repository"
    assert jobs["gate"]["needs"] == "preview"
    assert "if" not in jobs["gate"]
    assert "if" not in jobs["check"]


def test_a_gate_that_never_ran_lets_nothing_pass() -> None:
    judged = WORKFLOWS["pull-request"]["jobs"]["judged"]
    (step,) = judged["steps"]
    assert (judged["if"], judged["needs"], step["env"]) == ("always()", "gate", {"RESULT": "${{ needs.gate.result }}"})
    for result in ("success", "failure", "cancelled", "skipped", ""):
        done = subprocess.run(
            ["bash", "-e", "-c", step["run"]], check=False, capture_output=True, env={"RESULT": result}, timeout=30
        )
        assert (done.returncode == 0) is (result == "success")


def test_nothing_of_the_change_runs_where_the_verdict_is_made() -> None:
    for name in ("pull-request", "deploy-stack"):
        gate = WORKFLOWS[name]["jobs"]["gate"]
        assert "change/" not in commands(gate)
        assert "scripts/setup" in commands(gate)
        assert "id-token" not in gate["permissions"]


def test_a_deployment_is_judged_before_it_is_made() -> None:
    jobs = WORKFLOWS["deploy-stack"]["jobs"]
    assert jobs["gate"]["needs"] == ["base", "preview"]
    assert jobs["up"]["needs"] == ["base", "gate"]
    assert not any("if" in job for job in jobs.values())


@pytest.mark.parametrize("stack", world.STACKS)
def test_the_roles_let_these_pipelines_in_and_no_others(stack: str) -> None:
    settings = world.settings(stack)
    repository = f"repo:{settings.pipeline.repository}"
    assert WORKFLOWS["deploy-stack"]["jobs"]["up"]["environment"] == "${{ inputs.stack }}"
    assert subjects.of(settings, Mode.DEPLOY) == [f"{repository}:environment:{stack}"]
    assert subjects.of(settings, Mode.PREVIEW) == [f"{repository}:pull_request", f"{repository}:ref:refs/heads/main"]
    with_environment = {name for name, job in jobs() if "environment" in job}
    assert with_environment == {"deploy-stack/up", "verify/verify"}
    assert WORKFLOWS["verify"]["jobs"]["verify"]["environment"] == "${{ matrix.stack }}-operate"
    assert subjects.of(settings, Mode.OPERATE) == [f"{repository}:environment:{stack}-operate"]


def test_verify_tells_the_alarms_more_often_than_they_need_to_hear() -> None:
    (schedule,) = WORKFLOWS["verify"]["on"]["schedule"]
    minute, hour, *rest = schedule["cron"].split()
    assert rest == ["*", "*", "*"]
    every = int(hour.removeprefix("*/"))
    assert 0 < int(minute) < 60
    assert 3 * every * 60 * 60 <= HEARTBEAT.period_seconds * HEARTBEAT.periods
    assert all(3 * every * 60 * 60 <= limit.period_seconds for _, limit in limits("prod", {"local": 39}, 15))
    ran = commands(WORKFLOWS["verify"]["jobs"]["verify"]).splitlines()[-1]
    assert ran == '.github/scripts/signed-in "$STACK" operate .venv/bin/strongroom verify "$STACK" --publish'
