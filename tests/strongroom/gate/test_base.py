import os
from pathlib import Path

import pytest

from strongroom.gate.base import Base, lies_in_one, prefix
from strongroom.gate.errors import BaseError
from tests.strongroom.gate.repository import commit, git, write


def refusal(folder: Path, ref: str, seconds: float = 30) -> str:
    with pytest.raises(BaseError) as refused:
        Base.open(folder, ref, seconds)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_file_is_read_as_it_stands_in_the_base(tmp_path: Path) -> None:
    first = commit(tmp_path, {"a.yaml": "old\n", "b/c.yaml": "deep\n"})
    commit(tmp_path, {"a.yaml": "new\n"})
    write(tmp_path, {"a.yaml": "newest\n"})
    assert Base.open(tmp_path, first).text("a.yaml") == "old\n"
    assert Base.open(tmp_path, "main").text("a.yaml") == "new\n"
    assert Base.open(tmp_path, "HEAD~1").commit == first


def test_paths_are_seen_from_the_folder(tmp_path: Path) -> None:
    commit(tmp_path, {"a.yaml": "top\n", "b/c.yaml": "deep\n"})
    base = Base.open(tmp_path / "b", "main")
    assert (base.text("c.yaml"), base.text("../a.yaml"), base.text("a.yaml")) == ("deep\n", "top\n", None)
    assert (prefix(tmp_path / "b"), prefix(tmp_path)) == ("b/", "")


def test_a_folder_lies_in_a_repository_or_it_does_not(tmp_path: Path) -> None:
    commit(tmp_path / "in", {"b/c.yaml": "deep\n"})
    assert lies_in_one(tmp_path / "in" / "b")
    assert not lies_in_one(tmp_path)
    assert not lies_in_one(tmp_path / "in", seconds=0)


def test_a_file_that_the_base_lacks_is_none(tmp_path: Path) -> None:
    commit(tmp_path, {"a.yaml": "old\n"})
    write(tmp_path, {"b.yaml": "only here\n"})
    assert Base.open(tmp_path, "main").text("b.yaml") is None


def test_a_path_is_a_name_and_no_pattern(tmp_path: Path) -> None:
    commit(tmp_path, {"a.yaml": "old\n"})
    base = Base.open(tmp_path, "main")
    assert base.entries("*.yaml") == base.entries(":/a.yaml") == base.entries(":(top)a.yaml") == {}


@pytest.mark.parametrize("ref", ["", "--all", "-h"])
def test_fails_when_the_base_is_an_option(tmp_path: Path, ref: str) -> None:
    commit(tmp_path, {"a.yaml": "old\n"})
    assert refusal(tmp_path, ref) == f"--base must be a branch, a tag or a commit, got {ref!r}"


def test_fails_when_the_base_means_nothing(tmp_path: Path) -> None:
    commit(tmp_path, {"a.yaml": "old\n"})
    assert refusal(tmp_path, "origin/main").startswith("--base origin/main means no commit, or more than one, in ")
    assert refusal(tmp_path, "main:a.yaml").startswith("--base main:a.yaml means no commit")


def test_fails_when_the_base_means_two_commits(tmp_path: Path) -> None:
    commit(tmp_path, {"a.yaml": "old\n"})
    git(tmp_path, "branch", "release")
    commit(tmp_path, {"a.yaml": "new\n"})
    assert Base.open(tmp_path, "release").text("a.yaml") == "old\n"
    git(tmp_path, "tag", "release")
    assert refusal(tmp_path, "release").startswith("--base release means no commit, or more than one, in ")


def test_fails_when_there_is_no_repository(tmp_path: Path) -> None:
    assert refusal(tmp_path, "main").startswith("--base main means no commit, or more than one, in ")
    with pytest.raises(BaseError, match="lies in no git repository"):
        prefix(tmp_path)


def test_fails_when_the_file_is_a_link_in_the_base(tmp_path: Path) -> None:
    commit(tmp_path, {"a.yaml": "old\n"})
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    commit(tmp_path, {})
    with pytest.raises(BaseError, match=r"b\.yaml must be a plain file in main, got mode 120000"):
        Base.open(tmp_path, "main").text("b.yaml")


def test_fails_when_the_file_is_no_text_in_the_base(tmp_path: Path) -> None:
    tmp_path.joinpath("a.yaml").write_bytes(b"\xff\xfe")
    commit(tmp_path, {})
    with pytest.raises(BaseError, match=r"a\.yaml is no text in main"):
        Base.open(tmp_path, "main").text("a.yaml")


def test_fails_when_git_does_not_answer_in_time(tmp_path: Path) -> None:
    commit(tmp_path, {"a.yaml": "old\n"})
    assert refusal(tmp_path, "main", seconds=0) == f"git rev-parse did not answer within 0 seconds in {tmp_path}"


def test_objects_put_in_the_place_of_others_do_not_count(tmp_path: Path) -> None:
    first = commit(tmp_path, {"a.yaml": "old\n"})
    second = commit(tmp_path, {"a.yaml": "new\n"})
    git(tmp_path, "replace", first, second)
    assert git(tmp_path, "show", f"{first}:a.yaml") == "new"
    assert Base.open(tmp_path, first).text("a.yaml") == "old\n"


def test_git_is_not_led_elsewhere_by_variables(tmp_path: Path) -> None:
    commit(tmp_path / "here", {"a.yaml": "here\n"})
    commit(tmp_path / "there", {"a.yaml": "there\n"})
    os.environ["GIT_DIR"] = str(tmp_path / "there" / ".git")
    try:
        assert Base.open(tmp_path / "here", "main").text("a.yaml") == "here\n"
    finally:
        del os.environ["GIT_DIR"]
