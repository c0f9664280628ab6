import shutil
from pathlib import Path

import pytest

from strongroom.cli.faults import UsageError
from strongroom.cli.stackfiles import account, read_all
from strongroom.config.problems import SettingsError
from tests.strongroom.documents.example import BACKUP, CHECKOUT, PROD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with copies of the example stack files."""
    for file in CHECKOUT.glob("Pulumi.*"):
        shutil.copy(file, tmp_path)
    return tmp_path


def test_every_stack_file_is_read_by_its_stack_s_name(folder: Path) -> None:
    assert list(read_all(folder)) == ["backup", "ci", "prod"]


def test_a_stack_s_name_may_hold_a_dot(folder: Path) -> None:
    (folder / "Pulumi.prod.yaml").rename(folder / "Pulumi.prod.eu.yaml")
    assert list(read_all(folder)) == ["backup", "ci", "prod.eu"]


def test_fails_when_there_is_no_stack_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"holds no Pulumi\.<stack>\.yaml; run in the project's folder"):
        read_all(tmp_path)


def test_fails_with_the_faults_of_every_file(folder: Path) -> None:
    for name in ("ci", "prod"):
        file = folder / f"Pulumi.{name}.yaml"
        file.write_text(file.read_text().replace("daily: 35", "daily: 34"))
    with pytest.raises(SettingsError) as wrong:
        read_all(folder)
    assert [fault.split(":")[0] for fault in wrong.value.faults] == ["Pulumi.ci.yaml", "Pulumi.prod.yaml"]


def test_an_account_is_meant_by_its_part_by_its_stack_or_by_its_id(folder: Path) -> None:
    stacks = read_all(folder)
    assert account(stacks, "backup") == BACKUP
    assert account(stacks, "prod") == PROD
    assert account(stacks, "999999999999") == "999999999999"


@pytest.mark.parametrize("asked", ["dev", "99999999999", "9999999999999", ""])
def test_fails_when_nothing_is_meant(folder: Path, asked: str) -> None:
    with pytest.raises(UsageError, match=f"--account must be one of .*, or an id, got '{asked}'"):
        account(read_all(folder), asked)


def test_fails_when_the_stacks_name_several_accounts(folder: Path) -> None:
    file = folder / "Pulumi.ci.yaml"
    file.write_text(file.read_text().replace("444444444444", "444444444445"))
    with pytest.raises(UsageError, match="--account pipeline means 444444444444 or 444444444445; give the id"):
        account(read_all(folder), "pipeline")
