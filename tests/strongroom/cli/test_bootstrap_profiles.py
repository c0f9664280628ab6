import io
import json
from pathlib import Path

import pytest

from strongroom.cli.bootstrap_profiles import Doors, Options, run
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.output import Output
from strongroom.config.profiles import Mode, render
from tests.strongroom.documents.example import stack

STACKS = {name: stack(name) for name in ("backup", "ci", "prod")}
TOKEN = Path("/run/token")


def printed(options: Options) -> str:
    out = io.StringIO()
    assert run(options, Doors(STACKS, Output(out, io.StringIO()))) is Exit.OK
    return out.getvalue()


def test_the_file_is_printed_as_it_is_to_be_saved() -> None:
    text = printed(Options("prod", Mode.DEPLOY, TOKEN))
    assert text == f"{render(STACKS['prod'], Mode.DEPLOY, TOKEN).rstrip()}\n"


def test_the_token_is_found_from_any_folder() -> None:
    assert f"web_identity_token_file = {Path.cwd() / 'token'}\n" in printed(Options("ci", Mode.PREVIEW, Path("token")))


def test_scripts_get_the_role_of_each_profile() -> None:
    found = json.loads(printed(Options("prod", Mode.OPERATE, TOKEN, as_json=True)))["profiles"]
    assert found["strongroom-prod"] == "arn:aws:iam::111111111111:role/strongroom-operate"


def test_fails_when_there_is_no_such_stack() -> None:
    with pytest.raises(UsageError, match="got 'dev'"):
        run(Options("dev", Mode.DEPLOY, TOKEN), Doors(STACKS, Output()))
