import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from strongroom.cli.exits import Exit
from strongroom.cli.main import run


@pytest.fixture
def no_profiles(tmp_path: Path) -> Iterator[None]:
    """An AWS config file without any profile."""
    before = dict(os.environ)
    os.environ.update(AWS_CONFIG_FILE=str(tmp_path / "config"), AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    (tmp_path / "config").write_text("")
    yield
    os.environ.clear()
    os.environ.update(before)


def ran(*arguments: str) -> tuple[Exit, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        return run(arguments), out.getvalue(), err.getvalue()


def test_help_is_the_manual() -> None:
    code, out, _ = ran("dr", "plan", "--help")
    assert code is Exit.OK
    for part in ("--region", "--at", "--point", "--only", "--settings-version", "--out", "--json", "EXIT STATUS"):
        assert part in out


@pytest.mark.usefixtures("no_profiles")
@pytest.mark.parametrize("region", [(), ("--region", "eu-west-2")])
def test_fails_when_there_is_no_profile_and_says_how_to_get_one(region: tuple[str, ...]) -> None:
    code, _, err = ran("dr", "plan", "prod", *region)
    assert code is Exit.DENIED
    assert "strongroom-prod" in err
