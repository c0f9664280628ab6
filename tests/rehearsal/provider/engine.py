"""Runs the real Pulumi engine on a small program of a test, with the stand-in as its aws plugin."""

import base64
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.emulator_process import CHECKOUT, PROD, REGION, Emulator, start

PROFILE: Final = "strongroom-prod"
_ISSUER: Final = "https://token.actions.githubusercontent.com"
_AUDIENCE: Final = "sts.amazonaws.com"
_SUBJECT: Final = "repo:example/strongroom:environment:prod"
_ROLE: Final = "engine-test"
_RUN_SECONDS: Final = 120
_LOOK_SECONDS: Final = 0.1


@dataclass(frozen=True)
class Run:
    """What one `pulumi` command did."""

    code: int
    text: str


@dataclass
class Project:
    """One project folder with one stack."""

    folder: Path
    aws: Emulator
    """What it deploys to."""
    environment: dict[str, str]

    def pulumi(self, *arguments: str) -> Run:
        """Run a command of the engine; it is never interactive and ends in two minutes at most."""
        done = subprocess.run(
            _command(arguments),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_RUN_SECONDS,
            check=False,
        )
        return Run(done.returncode, done.stdout)

    def ended_by(self, number: signal.Signals, when: Callable[[], bool], *arguments: str) -> Run:
        """Run a command, and send it a signal once something is so; a kill takes what it started with it."""
        with subprocess.Popen(
            _command(arguments),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as running:
            until = time.monotonic() + _RUN_SECONDS
            while not when():
                assert running.poll() is None
                assert time.monotonic() < until
                time.sleep(_LOOK_SECONDS)
            send = os.killpg if number is signal.SIGKILL else os.kill
            send(running.pid, number)
            text, _ = running.communicate(timeout=_RUN_SECONDS)
            return Run(running.returncode, text)

    def ok(self, *arguments: str) -> str:
        """Run a command that must succeed."""
        run = self.pulumi(*arguments)
        assert run.code == 0, run.text
        return run.text

    def program(self, text: str) -> None:
        """Set the program."""
        (self.folder / "__main__.py").write_text(text)

    def resources(self) -> dict[str, dict[str, Any]]:
        """The state's resources by logical name."""
        state = json.loads(self.ok("stack", "export"))
        return {one["urn"].split("::")[3]: one for one in state["deployment"]["resources"]}

    def state_text(self) -> str:
        """The state file as it lies on the disk."""
        return "".join(path.read_text() for path in self.folder.glob("state/.pulumi/stacks/**/*.json"))


def project(folder: Path, emulator: Emulator) -> Project:
    """A project whose stack `test` works in the prod account through a web identity."""
    _write_project(folder)
    environment = {
        "PATH": f"{_engine()}:{os.environ['PATH']}",
        "HOME": str(folder),
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "PULUMI_SKIP_UPDATE_CHECK": "1",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "AWS_ENDPOINT_URL": emulator.endpoint,
        "AWS_CONFIG_FILE": str(_write_profile(folder)),
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    (folder / "state").mkdir()
    made = Project(folder, emulator, environment)
    made.ok("stack", "init", "test")
    return made


@contextmanager
def serving(folder: Path) -> Generator[Emulator]:
    """A local AWS whose prod account lets the web identity in."""
    running = start(folder)
    try:
        running.organize()
        _let_the_pipeline_in(running)
        running.control("POST", "seal")
        yield running
    finally:
        running.stop()


def _let_the_pipeline_in(emulator: Emulator) -> None:
    """Give the prod account the role that the web identity assumes."""
    iam = emulator.client("iam")
    made = iam.create_open_id_connect_provider(Url=_ISSUER, ClientIDList=[_AUDIENCE])
    host = _ISSUER.removeprefix("https://")
    allow = {
        "Effect": "Allow",
        "Principal": {"Federated": made["OpenIDConnectProviderArn"]},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {f"{host}:aud": _AUDIENCE, f"{host}:sub": _SUBJECT}},
    }
    trust = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    iam.create_role(RoleName=_ROLE, AssumeRolePolicyDocument=trust)
    iam.attach_role_policy(RoleName=_ROLE, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")


def _command(arguments: Sequence[str]) -> list[str]:
    return [str(_engine() / "pulumi"), "--non-interactive", "--color=never", *arguments]


def _engine() -> Path:
    setup = CHECKOUT / "build/setup.json"
    if not setup.exists():
        raise FileNotFoundError(f"{setup} is missing: run scripts/setup first")
    return Path(json.loads(setup.read_text())["engine"])


def _write_project(folder: Path) -> None:
    text = {
        "name": "standin",
        "runtime": {"name": "python", "options": {"toolchain": "pip", "virtualenv": str(CHECKOUT / ".venv")}},
        "plugins": {"providers": [{"name": "aws", "path": str(CHECKOUT / "rehearsal/provider")}]},
    }
    (folder / "Pulumi.yaml").write_text(json.dumps(text))


def _write_profile(folder: Path) -> Path:
    token, config = folder / "token", folder / "aws-config"
    token.write_text(_token())
    lines = (
        f"[profile {PROFILE}]",
        f"role_arn = arn:aws:iam::{PROD}:role/{_ROLE}",
        f"web_identity_token_file = {token}",
        "role_session_name = engine-test",
        f"region = {REGION}",
    )
    config.write_text("\n".join(lines) + "\n")
    return config


def _token() -> str:
    claims = {"iss": _ISSUER, "aud": _AUDIENCE, "sub": _SUBJECT, "exp": 4102444800}
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    encoded = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts]
    return ".".join([*encoded, "unsigned"])
