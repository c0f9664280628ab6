import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

pytestmark = pytest.mark.processes

CHECKOUT: Final = Path(__file__).parents[2]
SCRIPTS: Final = CHECKOUT / ".github" / "scripts"

NOTED: Final = """#!{python}
import json, os, pathlib, sys
place = pathlib.Path({place!r})
seen = json.loads(place.read_text()) if place.exists() else []
piped = sys.stdin.read() if {reads} else ""
config = os.environ.get("AWS_CONFIG_FILE", "")
held = pathlib.Path(config).read_text() if config else ""
called = dict(name={name!r}, arguments=sys.argv[1:], environment=dict(os.environ), folder=os.getcwd())
seen.append(dict(called, piped=piped, config=held))
place.write_text(json.dumps(seen))
{does}
"""


@dataclass(frozen=True)
class Runner:
    """A machine of a pipeline: the judging checkout, a change, and programs that note how they are called."""

    root: Path

    def program(self, place: Path, *, says: str = "", code: int = 0, reads: bool = False) -> None:
        """Put a program there that notes its call, prints something and ends with a code."""
        does = f"sys.stdout.write({says!r}); sys.exit({code})"
        notes = str(self.root / "calls.json")
        place.parent.mkdir(parents=True, exist_ok=True)
        text = NOTED.format(python=sys.executable, place=notes, reads=reads, name=place.name, does=does)
        place.write_text(text, encoding="utf-8")
        place.chmod(0o755)

    def run(self, script: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a script of the judging checkout."""
        environment = {
            "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.root / "temp"),
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "bearer-of-the-job",
            "ACTIONS_ID_TOKEN_REQUEST_URL": "https://token.example/?api=1",
            "GITHUB_REPOSITORY": "example/strongroom",
        }
        command = [str(self.root / "base" / ".github" / "scripts" / script), *arguments]
        return subprocess.run(
            command, cwd=self.root, env={**environment, **more}, check=False, capture_output=True, text=True, timeout=60
        )

    def all_calls(self) -> list[Mapping[str, Any]]:
        """How every program was called, in order."""
        place = self.root / "calls.json"
        seen: list[Mapping[str, Any]] = json.loads(place.read_text(encoding="utf-8")) if place.exists() else []
        return seen

    def calls(self, name: str) -> list[Mapping[str, Any]]:
        """How a program was called."""
        return [call for call in self.all_calls() if call["name"] == name]


@pytest.fixture
def pipeline(tmp_path: Path) -> Runner:
    """With everything that `pulumi` needs."""
    made = Runner(tmp_path)
    base = tmp_path / "base"
    for folder in (base / ".github" / "scripts", base / "build", tmp_path / "change", tmp_path / "temp"):
        folder.mkdir(parents=True)
    for script in SCRIPTS.iterdir():
        (base / ".github" / "scripts" / script.name).write_bytes(script.read_bytes())
        (base / ".github" / "scripts" / script.name).chmod(0o755)
    (base / "Pulumi.prod.yaml").write_bytes((CHECKOUT / "Pulumi.prod.yaml").read_bytes())
    (base / "build" / "setup.json").write_text(json.dumps({"engine": str(tmp_path / "engine")}), encoding="utf-8")
    made.program(tmp_path / "bin" / "curl", says='{"value": "signed-token"}', reads=True)
    made.program(tmp_path / "bin" / "gh", says="")
    made.program(tmp_path / "engine" / "pulumi", says="{}")
    made.program(base / ".venv" / "bin" / "strongroom", says="[profile x]\n")
    python = base / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{CHECKOUT}" exec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return made


def test_pulumi_runs_as_one_pipeline_of_one_stack(pipeline: Runner) -> None:
    done = pipeline.run("pulumi", "change", "prod", "preview", "preview", "--json")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "{}")
    (pulumi,) = pipeline.calls("pulumi")
    assert pulumi["arguments"] == ["-C", "change", "--non-interactive", "preview", "--stack", "prod", "--json"]
    assert pulumi["environment"]["PULUMI_BACKEND_URL"] == (
        "s3://strongroom-state-444444444444-eu-west-2/prod?region=eu-west-2&profile=strongroom-state"
    )
    assert pulumi["config"] == "[profile x]\n"
    (profiles,) = pipeline.calls("strongroom")
    assert profiles["arguments"][:6] == ["bootstrap", "profiles", "--stack", "prod", "--pipeline", "preview"]


def test_the_program_cannot_ask_for_tokens_of_its_own(pipeline: Runner) -> None:
    pipeline.run("pulumi", "change", "prod", "preview", "preview")
    (pulumi,) = pipeline.calls("pulumi")
    assert [name for name in pulumi["environment"] if name.startswith("ACTIONS_ID_TOKEN")] == []


def test_no_token_is_an_argument(pipeline: Runner) -> None:
    pipeline.run("pulumi", "change", "prod", "preview", "preview")
    (curl,) = pipeline.calls("curl")
    assert curl["piped"] == 'header = "Authorization: bearer bearer-of-the-job"\n'
    assert curl["arguments"][-1] == "https://token.example/?api=1&audience=sts.amazonaws.com"
    calls = [call for name in ("curl", "strongroom", "pulumi") for call in pipeline.calls(name)]
    assert not any(secret in text for call in calls for text in call["arguments"] for secret in ("signed", "bearer-of"))


def test_nothing_of_the_token_stays(pipeline: Runner) -> None:
    pipeline.run("pulumi", "change", "prod", "preview", "preview")
    assert list((pipeline.root / "temp").iterdir()) == []


@pytest.mark.parametrize(
    ("program", "place"),
    [("curl", "bin/curl"), ("strongroom", "base/.venv/bin/strongroom"), ("pulumi", "engine/pulumi")],
)
def test_fails_when_one_of_its_parts_does(pipeline: Runner, program: str, place: str) -> None:
    pipeline.program(pipeline.root / place, says="", code=6, reads=program == "curl")
    assert pipeline.run("pulumi", "change", "prod", "preview", "preview").returncode != 0
    assert bool(pipeline.calls("pulumi")) is (program == "pulumi")


def test_fails_when_the_answer_holds_no_token(pipeline: Runner) -> None:
    pipeline.program(pipeline.root / "bin" / "curl", says='{"message": "no"}', reads=True)
    assert pipeline.run("pulumi", "change", "prod", "preview", "preview").returncode != 0
    assert pipeline.calls("pulumi") == []


def pack(pipeline: Runner) -> list[str]:
    """How Pulumi is asked to judge by the base's pack."""
    policies = pipeline.root / "base" / "policies"
    return ["--policy-pack", f"{policies}", "--policy-pack-config", f"{policies}/configuration/prod.json"]


def test_an_update_is_judged_by_the_base_s_pack(pipeline: Runner) -> None:
    assert pipeline.run("under-pack", "change", "prod", "deploy", "up", "--yes").returncode == 0
    (pulumi,) = pipeline.calls("pulumi")
    asked = ["-C", "change", "--non-interactive", "up", "--stack", "prod", "--yes"]
    assert pulumi["arguments"] == [*asked, *pack(pipeline)]
    (profiles,) = pipeline.calls("strongroom")
    assert profiles["arguments"][4:6] == ["--pipeline", "deploy"]


def test_pulumi_is_told_nothing_by_variables_but_where_the_state_lies(pipeline: Runner) -> None:
    pipeline.run("under-pack", "change", "prod", "deploy", "up")
    (pulumi,) = pipeline.calls("pulumi")
    told = {name for name in pulumi["environment"] if name.startswith("PULUMI")}
    assert told == {"PULUMI_BACKEND_URL", "PULUMI_SKIP_UPDATE_CHECK"}


def test_a_preview_is_for_people_first_and_then_for_the_gate(pipeline: Runner) -> None:
    assert pipeline.run("preview", "change", "prod", "preview.json").returncode == 0
    people, gate = (call["arguments"][3:] for call in pipeline.calls("pulumi"))
    assert people == ["preview", "--stack", "prod", "--diff", *pack(pipeline)]
    assert gate == ["preview", "--stack", "prod", "--json", "--show-sames", *pack(pipeline)]
    assert (pipeline.root / "preview.json").read_text(encoding="utf-8") == "{}"


def test_fails_when_the_preview_of_people_does(pipeline: Runner) -> None:
    pipeline.program(pipeline.root / "engine" / "pulumi", code=1)
    assert pipeline.run("preview", "change", "prod", "preview.json").returncode != 0
    assert len(pipeline.calls("pulumi")) == 1


@pytest.mark.parametrize("code", [0, 1, 2, 6])
def test_the_gate_s_code_is_the_script_s(pipeline: Runner, code: int) -> None:
    pipeline.program(pipeline.root / "base" / ".venv" / "bin" / "strongroom", says="<!-- mark -->\n", code=code)
    (pipeline.root / "preview.json").write_text("{}", encoding="utf-8")
    done = pipeline.run("gate", "change", "prod", "0" * 40, "preview.json", "comment.md")
    assert done.returncode == code
    first, second = (call["arguments"] for call in pipeline.calls("strongroom"))
    base = pipeline.root / "base"
    asked = [
        "gate",
        f"{pipeline.root}/preview.json",
        "--stack",
        "prod",
        "--base",
        "0" * 40,
        "--pack",
        f"{base}/policies",
    ]
    assert (first, second) == ([*asked, "--output", "markdown"], asked)
    assert {call["folder"] for call in pipeline.calls("strongroom")} == {str(pipeline.root / "change")}
    assert (pipeline.root / "preview.json").read_text(encoding="utf-8") == "{}"
    assert (pipeline.root / "comment.md").read_text(encoding="utf-8") == "<!-- mark -->\n"


def commented(pipeline: Runner, *, known: str, text: str) -> Mapping[str, Any]:
    """How the comment was written where the pipeline's last one has this id."""
    pipeline.program(pipeline.root / "bin" / "gh", says=known)
    (pipeline.root / "comment.md").write_text(text, encoding="utf-8")
    assert pipeline.run("comment", "12", "comment.md", STACK="prod").returncode == 0
    asked, written = pipeline.calls("gh")
    assert "github-actions[bot]" in asked["arguments"][-1]
    assert asked["environment"]["MARK"] == "<!-- strongroom gate: prod -->"
    return written


def test_the_first_verdict_is_a_new_comment(pipeline: Runner) -> None:
    written = commented(pipeline, known="", text="<!-- strongroom gate: prod -->\n**gate: passed**\n")
    assert written["arguments"][2:5] == ["--method", "POST", "repos/example/strongroom/issues/12/comments"]
    assert written["arguments"][-1] == "body=@comment.md"


def test_the_next_verdict_takes_the_place_of_the_last_one(pipeline: Runner) -> None:
    written = commented(pipeline, known="77\n78\n", text="<!-- strongroom gate: prod -->\n**gate: passed**\n")
    assert written["arguments"][2:5] == ["--method", "PATCH", "repos/example/strongroom/issues/comments/77"]


def test_a_gate_that_could_not_judge_is_said_so(pipeline: Runner) -> None:
    commented(pipeline, known="", text="")
    assert (pipeline.root / "comment.md").read_text(encoding="utf-8") == (
        "<!-- strongroom gate: prod -->\n**gate: not judged; the job says why**\n"
    )
