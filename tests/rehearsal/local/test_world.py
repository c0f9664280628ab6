import shutil
from pathlib import Path

import pytest

from rehearsal.local import world
from rehearsal.local.errors import RehearsalError
from rehearsal.local.place import CHECKOUT


def copied(to: Path) -> Path:
    for file in CHECKOUT.glob("Pulumi*.yaml"):
        shutil.copy(file, to)
    return to


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_the_example_world_is_what_the_stack_files_say() -> None:
    assert world.read(CHECKOUT).document() == {
        "id": "o-exampleorg1",
        "root": "r-exam",
        "region": "eu-west-2",
        "management": {"name": "management", "id": "100000000001"},
        "units": [
            {"name": "Sources", "id": "ou-exam-sources1"},
            {"name": "Backup", "id": "ou-exam-backup01"},
            {"name": "Pipelines", "id": "ou-exam-pipeline"},
        ],
        "accounts": [
            {"name": "backup", "id": "333333333333", "unit": "Backup"},
            {"name": "ci", "id": "222222222222", "unit": "Sources"},
            {"name": "prod", "id": "111111111111", "unit": "Sources"},
            {"name": "pipeline", "id": "444444444444", "unit": "Pipelines"},
        ],
    }


def test_the_central_stack_comes_first_because_the_others_look_at_it() -> None:
    assert list(world.read(CHECKOUT).stacks) == ["backup", "ci", "prod"]


def test_another_stack_file_is_another_world(tmp_path: Path) -> None:
    before = world.read(copied(tmp_path)).fingerprint()
    assert world.read(tmp_path).fingerprint() == before
    replaced(tmp_path / "Pulumi.ci.yaml", "owner: platform", "owner: someone")
    assert world.read(tmp_path).fingerprint() != before


def test_fails_when_there_is_no_stack_file(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"holds no Pulumi\.<stack>\.yaml"):
        world.read(tmp_path)


def test_fails_when_two_stack_files_disagree(tmp_path: Path) -> None:
    replaced(copied(tmp_path) / "Pulumi.ci.yaml", "444444444444", "444444444440")
    with pytest.raises(RehearsalError, match=r"Pulumi\.ci\.yaml and Pulumi\.backup\.yaml disagree"):
        world.read(tmp_path)


def test_fails_when_a_stack_file_cannot_be_used(tmp_path: Path) -> None:
    replaced(copied(tmp_path) / "Pulumi.ci.yaml", "daily: 35", "daily: 3")
    with pytest.raises(RehearsalError, match=r"Pulumi\.ci\.yaml: strongroom:retentionDays\.daily .* got 3"):
        world.read(tmp_path)
