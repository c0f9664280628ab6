import shutil
import subprocess
from pathlib import Path

import pytest

from rehearsal.local.place import CHECKOUT
from rehearsal.scenarios import checkout
from rehearsal.scenarios.step import CheckError


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A tree without git."""
    for file in CHECKOUT.glob("Pulumi*.yaml"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.fixture
def cloned(exported: Path) -> Path:
    for arguments in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", str(exported), *arguments], check=True, timeout=30)
    return exported


def test_an_untouched_tree_is_unchanged(exported: Path) -> None:
    checkout.refuse_changes(checkout.state(exported), checkout.state(exported))


def test_fails_when_a_stack_file_was_written_to_in_an_export(exported: Path) -> None:
    before = checkout.state(exported)
    with (exported / "Pulumi.prod.yaml").open("a") as file:
        file.write("encryptedkey: x\n")
    with pytest.raises(CheckError, match=r"Pulumi\.prod\.yaml"):
        checkout.refuse_changes(before, checkout.state(exported))


def test_fails_when_a_file_was_left_behind_in_a_clone(cloned: Path) -> None:
    before = checkout.state(cloned)
    (cloned / "left.txt").touch()
    with pytest.raises(CheckError, match=r"\?\? left\.txt"):
        checkout.refuse_changes(before, checkout.state(cloned))


def test_a_tree_that_was_changed_before_may_stay_so(cloned: Path) -> None:
    (cloned / "left.txt").touch()
    checkout.refuse_changes(checkout.state(cloned), checkout.state(cloned))
