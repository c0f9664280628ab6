import signal
import socket
import subprocess
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import CHECKOUT, Emulator, Keys, emulator_python, launch, start

pytestmark = pytest.mark.emulator


def test_fails_when_the_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = launch(tmp_path, port, stderr=subprocess.PIPE)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    [line] = said.splitlines()
    assert line.startswith(f"cannot listen on 127.0.0.1:{port}: ")


def test_fails_when_the_state_belongs_to_a_running_emulator(tmp_path: Path) -> None:
    first = start(tmp_path)
    second = launch(tmp_path, stderr=subprocess.PIPE)
    _, said = second.communicate(timeout=30)
    first.stop()
    assert second.returncode == 1
    assert said == f"{tmp_path} belongs to an emulator that is running; stop it or give another --state\n"


def test_it_listens_on_the_loopback_only(emulator: Emulator) -> None:
    port = int(emulator.endpoint.rpartition(":")[2])
    tables = [Path("/proc/net/tcp").read_text(), Path("/proc/net/tcp6").read_text()]
    listening = [line.split()[1] for table in tables for line in table.splitlines()[1:] if line.split()[3] == "0A"]
    assert [place for place in listening if place.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_a_key_in_the_environment_is_nobodys(tmp_path: Path) -> None:
    emulator = start(tmp_path, env={"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"})
    try:
        with refuses("InvalidClientTokenId"):
            emulator.client_with(Keys("AKIAIOSFODNN7EXAMPLE", "secret"), "iam").list_roles()
    finally:
        emulator.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0(tmp_path: Path, number: signal.Signals) -> None:
    emulator = start(tmp_path)
    emulator.process.send_signal(number)
    emulator.process.communicate(timeout=30)
    assert emulator.process.returncode == 0


@pytest.mark.parametrize("path", ["/_ministack/reset", "/_ministack/health", "/_localstack/health", "/health"])
def test_ministacks_own_pages_are_closed(emulator: Emulator, path: str) -> None:
    connection = HTTPConnection(emulator.endpoint.removeprefix("http://"), timeout=10)
    connection.request("POST", path)
    answer = connection.getresponse()
    assert answer.status == 404
    assert b"is closed" in answer.read()
    connection.close()


def test_a_request_in_absolute_form_is_answered_like_any_other(emulator: Emulator) -> None:
    emulator.client("s3").create_bucket(Bucket="proxied", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    url = emulator.client("s3").generate_presigned_url("list_objects_v2", {"Bucket": "proxied"})
    connection = HTTPConnection(emulator.endpoint.removeprefix("http://"), timeout=10)
    connection.request("GET", url)
    answer = connection.getresponse()
    assert answer.status == 200
    assert b"<Name>proxied</Name>" in answer.read()
    connection.close()


@pytest.mark.parametrize(
    ("patch", "sentence"),
    [
        (
            'replaces("core.iam_evaluator:evaluate", read="0")(lambda original, *a: original(*a))',
            "unsupported MiniStack: core.iam_evaluator:evaluate is not what was read",
        ),
        (
            'replaces("core.iam_evaluator:no_such", read="0")(lambda original, *a: original(*a))',
            "unsupported MiniStack: core.iam_evaluator:no_such is not what was read",
        ),
        (
            'adds("services.iam:_IAM_HANDLERS[CreateRole]", None)',
            "unsupported MiniStack: services.iam:_IAM_HANDLERS[CreateRole] exists, it did not when it was read",
        ),
        ('patching.door.VERSION = "0.0.1"', "unsupported MiniStack: version 1.5.33, read was 0.0.1"),
    ],
)
def test_fails_when_ministack_is_not_what_was_read(patch: str, sentence: str) -> None:
    imported = "from rehearsal.emulator import patching\nfrom rehearsal.emulator.patching import adds, replaces"
    script = f"{imported}\n{patch}\npatching.install()"
    ran = subprocess.run(
        [str(emulator_python()), "-c", script],
        env={"PYTHONPATH": str(CHECKOUT), "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == f"rehearsal.emulator.patching.UnsupportedMiniStackError: {sentence}"
