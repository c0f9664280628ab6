from pathlib import Path

import pytest

from strongroom.gate.base import Base
from strongroom.gate.errors import BaseError
from strongroom.gate.pack import differences
from tests.strongroom.gate.repository import commit, git, write

PACK = {"policies/rules.py": "RULES = 60\n", "policies/configuration/prod.json": "{}\n", "other.py": "\n"}
FIX = "; the pack that judges a change is the base's: run the preview with a checkout of it"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    commit(tmp_path / "head", PACK)
    return tmp_path / "head"


def told(checkout: Path, pack: Path) -> list[str]:
    return [says.removeprefix(f"{pack}: ").removesuffix(FIX) for says in differences(Base.open(checkout, "main"), pack)]


def test_the_pack_of_the_base_may_judge(checkout: Path) -> None:
    write(checkout, {"other.py": "changed\n"})
    assert told(checkout, checkout / "policies") == []
    assert told(checkout, checkout / "policies" / "configuration" / "prod.json") == []


def test_a_pack_that_the_change_touches_may_not_judge_it(checkout: Path) -> None:
    write(checkout, {"policies/configuration/prod.json": '{"all": "advisory"}\n', "policies/json.py": "\n"})
    (checkout / "policies" / "rules.py").unlink()
    assert told(checkout, checkout / "policies") == [
        "configuration/prod.json is not what it is in main",
        "json.py is not in main",
        "rules.py is missing, unlike in main",
    ]


def test_one_file_of_configuration_is_compared_too(checkout: Path) -> None:
    write(checkout, {"policies/configuration/prod.json": '{"all": "advisory"}\n'})
    place = checkout / "policies" / "configuration" / "prod.json"
    assert told(checkout, place) == ["prod.json is not what it is in main"]


def test_a_committed_change_of_the_pack_is_one_too(checkout: Path) -> None:
    base = Base.open(checkout, "main")
    commit(checkout, {"policies/rules.py": "RULES = 0\n"})
    assert len(differences(base, checkout / "policies")) == 1


def test_the_pack_may_lie_in_another_checkout_of_the_base(checkout: Path) -> None:
    git(checkout, "worktree", "add", "--quiet", "../base", "main~0")
    write(checkout, {"policies/rules.py": "RULES = 0\n"})
    assert told(checkout, checkout.parent / "base" / "policies") == []


def test_what_python_leaves_beside_the_pack_is_no_part_of_it(checkout: Path) -> None:
    write(checkout, {"policies/__pycache__/rules.pyc": "compiled\n"})
    assert told(checkout, checkout / "policies") == []


def test_a_link_is_what_it_leads_to(checkout: Path) -> None:
    (checkout / "policies" / "latest.json").symlink_to("configuration/prod.json")
    commit(checkout, {})
    assert told(checkout, checkout / "policies") == []
    (checkout / "policies" / "latest.json").unlink()
    (checkout / "policies" / "latest.json").symlink_to("../other.py")
    assert told(checkout, checkout / "policies") == ["latest.json is not what it is in main"]


def test_fails_when_the_pack_is_not_there(checkout: Path) -> None:
    with pytest.raises(BaseError, match="nowhere is not there; name the folder or file"):
        told(checkout, checkout / "nowhere")


def test_fails_when_the_pack_lies_in_no_repository(checkout: Path, tmp_path: Path) -> None:
    with pytest.raises(BaseError, match="lies in no git repository"):
        told(checkout, tmp_path)
