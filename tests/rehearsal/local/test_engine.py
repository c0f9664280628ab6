import os
from pathlib import Path

import pytest

from rehearsal.local import pipeline, world
from rehearsal.local.engine import Engine, Operation
from rehearsal.local.errors import RehearsalError, TookTooLongError
from rehearsal.local.parts import Parts
from rehearsal.local.pipeline import Mode
from rehearsal.local.place import CHECKOUT, Place

FAKE = """#!/bin/sh
echo "arguments: $*"
echo "environment: $(env | cut -d= -f1 | sort | tr '\\n' ' ')"
while [ $# -gt 0 ]; do
    if [ "$1" = --event-log ]; then echo '{"summaryEvent": {"resourceChanges": {"same": 4}}}' > "$2"; fi
    shift
done
"""


def engine(folder: Path, script: str, seconds: float = 10) -> Engine:
    place = Place(folder / "place")
    place.prepare()
    place.program.mkdir()
    fake = folder / "pulumi"
    fake.write_text(script)
    fake.chmod(0o755)
    return Engine(place, folder, seconds=seconds)


def operation(*arguments: str) -> Operation:
    return Operation("01-up", arguments, {"PATH": os.defpath, "ONLY": "this"})


def test_what_it_prints_is_logged_and_told_line_by_line(tmp_path: Path) -> None:
    told: list[str] = []
    made = Operation("01-up", ["up"], {"PATH": os.defpath}, told.append)
    outcome = engine(tmp_path, FAKE).run(made)
    assert outcome.code == 0
    assert told[0].startswith("arguments: up --non-interactive --color=never --event-log ")
    assert [line.strip() for line in outcome.text.splitlines()] == told
    assert outcome.log == tmp_path / "place/logs/01-up.log"


def test_the_event_log_is_read(tmp_path: Path) -> None:
    assert engine(tmp_path, FAKE).run(operation("up")).report.counts == {"same": 4}


def test_an_event_log_of_an_earlier_run_does_not_count(tmp_path: Path) -> None:
    one = engine(tmp_path, FAKE)
    one.run(operation("up"))
    (tmp_path / "pulumi").write_text("#!/bin/sh\nexit 255\n")
    assert one.run(operation("up")).report.resources == 0


def test_nothing_of_the_users_environment_reaches_it(tmp_path: Path) -> None:
    names = engine(tmp_path, FAKE).run(operation("up")).text.splitlines()[1].split()[1:]
    assert set(names) <= {"ONLY", "PATH", "PWD", "OLDPWD", "SHLVL", "_", "LC_CTYPE"}


def test_an_exit_code_is_the_callers_to_judge(tmp_path: Path) -> None:
    assert engine(tmp_path, "#!/bin/sh\nexit 7\n").run(operation("up")).code == 7


def test_fails_when_it_had_to_succeed(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"pulumi stack init ended with 3: no bucket; its log is .*01-up\.log"):
        engine(tmp_path, "#!/bin/sh\necho no bucket\nexit 3\n").must(operation("stack", "init"))


def test_fails_when_it_takes_too_long_and_is_ended(tmp_path: Path) -> None:
    one = engine(tmp_path, f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n", seconds=0.5)
    with pytest.raises(TookTooLongError, match=r"pulumi up took longer than 0\.5 seconds; it was ended"):
        one.run(operation("up"))
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    place = Place(tmp_path)
    place.prepare()
    settings = world.read(CHECKOUT).stacks["ci"]
    parts = Parts(tmp_path / "engine", "3.256.0", tmp_path, tmp_path)
    return {
        **pipeline.environment(place, "http://127.0.0.1:1", settings, "ci", Mode.DEPLOY),
        **pipeline.engine_environment(place, parts),
    }


def test_a_pipeline_holds_a_token_and_no_key(environment: dict[str, str]) -> None:
    config = Path(environment["AWS_CONFIG_FILE"]).read_text()
    assert "role_arn = arn:aws:iam::222222222222:role/strongroom-deploy" in config
    assert "arn:aws:iam::333333333333:role/strongroom-provisioner-ci" in config
    assert not {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} & environment.keys()
    assert environment["AWS_SHARED_CREDENTIALS_FILE"] == os.devnull
    assert environment["AWS_EC2_METADATA_DISABLED"] == "true"
    token = Path(environment["AWS_CONFIG_FILE"]).with_suffix(".token")
    assert str(token) in config
    assert token.exists()


def test_everything_of_aws_is_on_the_loopback_and_no_proxy_is_used(environment: dict[str, str]) -> None:
    assert environment["AWS_ENDPOINT_URL"] == environment["AWS_ENDPOINT_URL_STS"] == "http://127.0.0.1:1"
    assert "127.0.0.1" in environment["NO_PROXY"]
    assert not {name for name in environment if name.lower() in ("http_proxy", "https_proxy", "all_proxy")}


def test_the_engine_looks_for_nothing_on_the_network(environment: dict[str, str]) -> None:
    assert environment["PULUMI_SKIP_UPDATE_CHECK"] == "true"
    assert environment["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] == "true"
    assert environment["PULUMI_PYTHON_NO_REQUIRED_PACKAGES"] == "1"


def test_state_lies_under_the_stacks_own_prefix(environment: dict[str, str]) -> None:
    bucket = "s3://strongroom-state-444444444444-eu-west-2/ci"
    assert environment["PULUMI_BACKEND_URL"] == f"{bucket}?region=eu-west-2&profile=strongroom-state"


def test_the_engine_comes_first_on_the_path(environment: dict[str, str], tmp_path: Path) -> None:
    assert environment["PATH"].split(os.pathsep)[0] == str(tmp_path / "engine")
