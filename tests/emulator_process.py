"""Starts the local AWS for tests and speaks to it: as anyone in any account, and over its control path."""

import json
import os
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from threading import Timer
from typing import Any, Final

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from tests.answer_check import checked

CHECKOUT: Final = Path(__file__).parent.parent
REGION: Final = "eu-west-2"
MANAGEMENT, PROD, CI, BACKUP, PIPELINE = "100000000001", "111111111111", "222222222222", "333333333333", "444444444444"
ORGANIZATION: Final[dict[str, object]] = {
    "id": "o-exampleorg1",
    "root": "r-exam",
    "region": REGION,
    "management": {"name": "management", "id": MANAGEMENT},
    "units": [
        {"name": "Sources", "id": "ou-exam-sources1"},
        {"name": "Backup", "id": "ou-exam-backup01"},
        {"name": "Pipelines", "id": "ou-exam-pipeline"},
    ],
    "accounts": [
        {"name": "prod", "id": PROD, "unit": "Sources"},
        {"name": "ci", "id": CI, "unit": "Sources"},
        {"name": "backup", "id": BACKUP, "unit": "Backup"},
        {"name": "pipeline", "id": PIPELINE, "unit": "Pipelines"},
    ],
}
_SESSION: Final[Any] = boto3.Session(region_name=REGION)
"""One for all clients: it keeps the service models that it has read."""
_START_SECONDS: Final = 30
CALL_SECONDS: Final = 20


class ControlError(Exception):
    """The control path refused."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Keys:
    """Credentials of someone."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None


@dataclass
class Emulator:
    """A running local AWS."""

    process: "subprocess.Popen[str]"
    endpoint: str
    state: Path
    """Folder that keeps its state."""
    administrator: Keys | None = None
    """The management account's IAM user; None until `organize`."""
    _sessions: dict[str, Keys] = field(default_factory=dict[str, Keys])

    def control(self, method: str, path: str, body: object = None, seconds: float = CALL_SECONDS) -> Any:
        """Call the control path.

        Args:
            method: HTTP method.
            path: What follows `/_rehearsal/`.
            body: Sent as JSON. Default: no body.
            seconds: How long an answer may take.

        Raises:
            ControlError: The emulator answered with a status of 400 or more.
        """
        connection = HTTPConnection(self.endpoint.removeprefix("http://"), timeout=seconds)
        with closing(connection):
            connection.request(method, f"/_rehearsal/{path}", None if body is None else json.dumps(body))
            answer = connection.getresponse()
            content = json.load(answer)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise ControlError(answer.status, content["error"])
        return content

    def organize(self) -> None:
        """Make the example organisation."""
        made = self.control("PUT", "organization", ORGANIZATION)["administrator"]
        self.administrator = Keys(made["access_key_id"], made["secret_access_key"])

    def reset(self) -> None:
        """Go back to the sealed state."""
        self.forget_sessions()
        self.control("POST", "reset")

    def now(self) -> datetime:
        """Return its time, in UTC."""
        return datetime.fromisoformat(self.control("GET", "clock")["now"]).astimezone(UTC)

    def advance(self, seconds: float, patience: float = CALL_SECONDS) -> datetime:
        """Move its clock and return the new time.

        Args:
            seconds: How far.
            patience: How long what falls due meanwhile may take, in seconds.
        """
        moved = self.control("POST", "clock", {"advance_seconds": seconds}, patience)
        return datetime.fromisoformat(moved["now"]).astimezone(UTC)

    def forget_sessions(self) -> None:
        """Open new sessions from now on: those that are known are gone, or have expired with the clock."""
        self._sessions.clear()

    def client(self, service: str, *, account: str = PROD, role_arn: str | None = None, region: str = REGION) -> Any:
        """Return a boto3 client.

        Args:
            service: boto3's name of the service.
            account: Whose administrator calls. Default: prod's.
            role_arn: Role to call as instead, assumed by the administrator of the role's account.
            region: Default: the example region.
        """
        return self.client_with(self.session(role_arn) if role_arn else self.administrator_of(account), service, region)

    def client_with(self, keys: Keys, service: str, region: str = REGION) -> Any:
        """Return a boto3 client that signs with `keys`."""
        client = _SESSION.client(
            service,
            region,
            endpoint_url=self.endpoint,
            aws_access_key_id=keys.access_key_id,
            aws_secret_access_key=keys.secret_access_key,
            aws_session_token=keys.session_token,
            config=Config(retries={"total_max_attempts": 1}, read_timeout=CALL_SECONDS),
        )
        return checked(client)

    def root(self, service: str, account: str = PROD) -> Any:
        """Return a boto3 client with an account's root key."""
        return self.client_with(Keys(account, "any"), service)

    def administrator_of(self, account: str) -> Keys:
        """Return credentials of the account's administrator."""
        if self.administrator is None:
            raise LookupError("no organisation yet, call organize() first")
        if account == MANAGEMENT:
            return self.administrator
        role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
        if account not in self._sessions:
            self._sessions[account] = self.assume(self.administrator, role)
        return self._sessions[account]

    def session(self, role_arn: str) -> Keys:
        """Return a session of a role, assumed by the administrator of the role's account."""
        return self.assume(self.administrator_of(role_arn.split(":")[4]), role_arn)

    def assume(self, keys: Keys, role_arn: str, **more: object) -> Keys:
        """Call AssumeRole as someone."""
        answer = self.client_with(keys, "sts").assume_role(RoleArn=role_arn, RoleSessionName="test", **more)
        made = answer["Credentials"]
        return Keys(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])

    def kill(self) -> None:
        """End the process as a crash would."""
        self.process.kill()
        self._reap()

    def crash(self) -> None:
        """End the process as a crash would, and start the next one on the same state."""
        self.kill()
        self.forget_sessions()
        following = start(self.state)
        self.process, self.endpoint = following.process, following.endpoint

    def stop(self) -> int:
        """End the process as an operator would and return its exit code."""
        self.process.terminate()
        self._reap()
        return self.process.returncode

    def _reap(self) -> None:
        self.process.communicate(timeout=_START_SECONDS)


def anonymous(emulator: Emulator, service: str) -> Any:
    """Return a boto3 client that does not sign."""
    return _SESSION.client(
        service,
        endpoint_url=emulator.endpoint,
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )


def emulator_python() -> Path:
    """Return the interpreter of the emulator's own environment."""
    return CHECKOUT / "rehearsal/emulator/.venv/bin/python"


def launch(
    state: Path, port: int = 0, *, env: dict[str, str] | None = None, stderr: int | None = None
) -> "subprocess.Popen[str]":
    """Start the emulator's process without waiting for it; EMULATOR_ENTRY names another script than the module."""
    entry = [os.environ["EMULATOR_ENTRY"]] if "EMULATOR_ENTRY" in os.environ else ["-m", "rehearsal.emulator"]
    command = [str(emulator_python()), *entry, "--port", str(port), "--state", str(state)]
    return subprocess.Popen(
        command, env={"PYTHONPATH": str(CHECKOUT), **(env or {})}, stdout=subprocess.PIPE, stderr=stderr, text=True
    )


def start(state: Path, port: int = 0, *, env: dict[str, str] | None = None) -> Emulator:
    """Start the emulator and wait until it serves.

    Args:
        state: Folder that keeps its state.
        port: Default: any free one.
        env: Variables of its process. Default: none.
    """
    process = launch(state, port, env=env)
    if process.stdout is None:
        raise RuntimeError("the emulator was started without a pipe to read")
    too_late = Timer(_START_SECONDS, process.kill)
    too_late.start()
    line = process.stdout.readline()
    too_late.cancel()
    if not line.startswith("ready "):
        process.kill()
        raise RuntimeError(f"the emulator said {line!r} instead of ready")
    return Emulator(process, line.split()[1], state)
