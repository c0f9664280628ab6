import pytest

from tests.workflows.test_scripts import Runner, pipeline

pytestmark = pytest.mark.processes

__all__ = ["pipeline"]


@pytest.fixture
def command(pipeline: Runner) -> str:
    """A command that notes how it is called."""
    pipeline.program(pipeline.root / "bin" / "look", says="looked")
    return "look"


def test_a_command_runs_with_the_profiles_of_one_pipeline(pipeline: Runner, command: str) -> None:
    done = pipeline.run("signed-in", "prod", "operate", command, "prod", "--publish")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "looked")
    (looked,) = pipeline.calls("look")
    assert looked["arguments"] == ["prod", "--publish"]
    assert looked["config"] == "[profile x]\n"
    (profiles,) = pipeline.calls("strongroom")
    asked = ["bootstrap", "profiles", "--stack", "prod", "--pipeline", "operate", "--token-file"]
    assert profiles["arguments"][:-1] == asked


def test_the_token_goes_to_nobody_else(pipeline: Runner, command: str) -> None:
    pipeline.run("signed-in", "prod", "operate", command)
    assert [call["name"] for call in pipeline.all_calls()] == ["curl", "strongroom", "look"]
    (curl,) = pipeline.calls("curl")
    careful = ["--silent", "--show-error", "--fail", "--retry", "3", "--max-time", "60"]
    assert curl["arguments"] == ["--config", "-", *careful, "https://token.example/?api=1&audience=sts.amazonaws.com"]


def test_the_command_cannot_ask_for_tokens_of_its_own(pipeline: Runner, command: str) -> None:
    pipeline.run("signed-in", "prod", "operate", command)
    (looked,) = pipeline.calls("look")
    assert [name for name in looked["environment"] if name.startswith("ACTIONS_ID_TOKEN")] == []


def test_no_token_is_an_argument_and_none_stays(pipeline: Runner, command: str) -> None:
    pipeline.run("signed-in", "prod", "operate", command)
    calls = [call for name in ("curl", "strongroom", "look") for call in pipeline.calls(name)]
    assert not any(
        secret in text for call in calls for text in call["arguments"] for secret in ("signed-t", "bearer-of")
    )
    assert list((pipeline.root / "temp").iterdir()) == []


@pytest.mark.parametrize("code", [1, 4, 7])
def test_the_command_s_code_is_the_script_s(pipeline: Runner, command: str, code: int) -> None:
    pipeline.program(pipeline.root / "bin" / command, code=code)
    assert pipeline.run("signed-in", "prod", "operate", command).returncode == code


@pytest.mark.parametrize(("program", "place"), [("curl", "bin/curl"), ("strongroom", "base/.venv/bin/strongroom")])
def test_fails_when_it_cannot_sign_in(pipeline: Runner, command: str, program: str, place: str) -> None:
    pipeline.program(pipeline.root / place, says="", code=6, reads=program == "curl")
    assert pipeline.run("signed-in", "prod", "operate", command).returncode != 0
    assert pipeline.calls("look") == []
