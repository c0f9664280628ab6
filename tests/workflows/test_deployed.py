"""Which commit judges a deployment."""

import json
import subprocess

import pytest

from tests.workflows.test_scripts import Runner, pipeline

pytestmark = pytest.mark.processes

__all__ = ["pipeline"]


def commit(runner: Runner) -> str:
    """One more commit of the judging checkout."""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    git = ["git", "-C", str(runner.root / "base")]
    subprocess.run([*git, "init", "-q"], check=True, timeout=30)
    subprocess.run([*git, *who, "commit", "-q", "--allow-empty", "-m", "x"], check=True, timeout=30)
    said = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True, timeout=30)
    return said.stdout.strip()


def update(head: str, *, kind: str = "update", result: str = "succeeded") -> dict[str, object]:
    return {"kind": kind, "result": result, "environment": {"git.head": head} if head else {}}


def found(runner: Runner, *history: dict[str, object], now: str) -> tuple[int, str]:
    """What the script says of a stack with this history, newest first."""
    runner.program(runner.root / "engine" / "pulumi", says=json.dumps(history))
    done = runner.run("deployed", "prod", GITHUB_SHA=now)
    return done.returncode, done.stdout.strip()


def test_the_last_commit_that_was_deployed_in_full_judges_the_next(pipeline: Runner) -> None:
    first, second, refused, now = (commit(pipeline) for _ in range(4))
    newest = update(refused, kind="refresh"), update(refused, result="failed"), update(refused, kind="preview")
    assert found(pipeline, *newest, update(second), update(first), now=now) == (0, second)
    (pulumi,) = pipeline.calls("pulumi")
    asked = ["stack", "--stack", "prod", "history", "--json", "--page-size", "100"]
    assert pulumi["arguments"] == ["-C", str(pipeline.root / "base"), "--non-interactive", *asked]
    (profiles,) = pipeline.calls("strongroom")
    assert profiles["arguments"][4:6] == ["--pipeline", "preview"]


def test_a_deployment_that_is_made_again_is_judged_by_itself(pipeline: Runner) -> None:
    now = commit(pipeline)
    assert found(pipeline, update(now), now=now) == (0, now)


def test_a_stack_that_was_never_deployed_from_a_commit_has_no_judge(pipeline: Runner) -> None:
    now = commit(pipeline)
    for history in ([], [update(now, result="failed")], [update("")], [update("HEAD")]):
        assert found(pipeline, *history, now=now) == (1, "")


def test_a_commit_that_does_not_lead_to_this_one_judges_nothing(pipeline: Runner) -> None:
    now, later = commit(pipeline), commit(pipeline)
    assert found(pipeline, update(later), now=now) == (1, "")
    code, said = found(pipeline, update("0" * 40), now=now)
    assert (code != 0, said) == (True, "")


def test_a_history_that_cannot_be_read_names_no_judge(pipeline: Runner) -> None:
    pipeline.program(pipeline.root / "engine" / "pulumi", says="[]", code=1)
    done = pipeline.run("deployed", "prod", GITHUB_SHA=commit(pipeline))
    assert (done.returncode != 0, done.stdout) == (True, "")
