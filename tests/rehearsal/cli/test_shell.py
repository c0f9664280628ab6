"""The commands by hand: a local AWS that is up, and `pulumi` from a shell that has sourced `rehearsal env`."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from rehearsal.local.place import CHECKOUT
from strongroom.cli.exits import Exit

pytestmark = [pytest.mark.emulator, pytest.mark.engine]

SECONDS = 180


class Shell:
    """The `rehearsal` command on one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = [sys.executable, "-m", "rehearsal.cli.main"]

    def run(self, *arguments: str, code: int = Exit.OK) -> str:
        """Run a command, which has to end with `code`, and return what it printed."""
        done = subprocess.run(
            [*self.command, *arguments, "--folder", str(self.folder)],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert done.returncode == code, done.stderr
        return done.stdout if code == Exit.OK else done.stderr

    def pulumi(self, stack: str, arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `pulumi` in a shell that is the deploy pipeline of a stack, with a key at hand that must not be used."""
        lines = f'eval "$({" ".join(self.command)} env --stack {stack} --folder {self.folder})"'
        script = f"set -e; cd {CHECKOUT}; {lines}; cd {self.folder}/program; pulumi {arguments} --non-interactive"
        environment = {**os.environ, "AWS_ACCESS_KEY_ID": "AKIAUSER", "AWS_SECRET_ACCESS_KEY": "mine"}
        return subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, timeout=SECONDS)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    shell = Shell(tmp_path_factory.mktemp("up"))
    shell.run("up", "--port", "0")
    yield shell
    shell.run("down")
    shell.run("status", code=Exit.NOT_FOUND)


def test_pulumi_previews_a_stack_from_a_shell(shell: Shell) -> None:
    done = shell.pulumi("backup", "preview --stack backup")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "to create" in done.stdout


def test_fails_when_a_source_comes_before_its_central_side(shell: Shell) -> None:
    done = shell.pulumi("prod", "preview --stack prod")
    assert done.returncode != 0
    assert "vault strongroom-prod-daily-35-90 in account 333333333333 is not there" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_any_client_can_be_pointed_at_every_account(shell: Shell) -> None:
    said = json.loads(shell.run("env", "--json"))
    key = said["administrator"]
    user = boto3.Session(key["accessKeyId"], key["secretAccessKey"], region_name=said["region"])
    sts = user.client("sts", endpoint_url=said["endpoint"], config=Config(proxies={}))
    for account in said["accounts"]:
        if account["id"] != said["organization"]["managementAccount"]:
            arn = account["administratorRoleArn"]
            assert account["id"] in sts.assume_role(RoleArn=arn, RoleSessionName="shell")["AssumedRoleUser"]["Arn"]


def test_accounts_are_opened_lost_and_brought_back_by_a_reset(shell: Shell) -> None:
    shell.run("account", "add", "fresh")
    shell.run("account", "add", "stranger", "--outside")
    assert "account fresh" in shell.run("account", "add", "fresh", code=Exit.FAILED)
    shell.run("account", "lose", "prod")
    accounts = {one["name"]: one for one in json.loads(shell.run("account", "list", "--json"))}
    assert (accounts["fresh"]["inside"], accounts["fresh"]["unit"]) == (True, "Sources")
    assert accounts["stranger"]["inside"] is False
    assert accounts["prod"]["lost"] is True
    assert "no account is named" in shell.run("account", "lose", "nobody", code=Exit.NOT_FOUND)
    shell.run("reset")
    names = {one["name"]: one["lost"] for one in json.loads(shell.run("account", "list", "--json"))}
    assert names == dict.fromkeys(("management", "prod", "ci", "backup", "pipeline"), False)


def test_the_clock_goes_forward(shell: Shell) -> None:
    before = json.loads(shell.run("clock", "show", "--json"))["now"]
    after = json.loads(shell.run("clock", "advance", "3d", "--json"))["now"]
    assert before[:10] < after[:10]


def test_fails_when_a_second_one_wants_the_folder(shell: Shell) -> None:
    assert "is up in" in shell.run("run", code=Exit.REFUSED)
