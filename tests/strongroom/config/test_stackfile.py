from pathlib import Path

import pytest

from strongroom.config import stackfile
from strongroom.config.problems import SettingsError


def refused(file: Path) -> str:
    with pytest.raises(SettingsError) as problem:
        stackfile.read(file)
    return str(problem.value)


def test_fails_when_there_is_no_such_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "Pulumi.x.yaml").startswith("Pulumi.x.yaml: no such file")


@pytest.mark.parametrize("text", ["{", "\x00", "a: b: c"])
def test_fails_when_the_file_is_not_yaml(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.yaml").write_text(text)
    assert "is not YAML" in refused(tmp_path / "f.yaml")


@pytest.mark.parametrize("text", ["", "- a", "config: 3", "other: {}"])
def test_fails_when_the_file_has_no_config(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.yaml").write_text(text)
    assert refused(tmp_path / "f.yaml") == "f.yaml: has no config: section"


def test_keys_of_other_namespaces_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("config: {aws:region: x, strongroom:role: source}")
    assert stackfile.values(tmp_path / "f.yaml") == {"role": "source"}


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("false", False), ('"true"', True), ('"false"', False)])
def test_a_word_that_pulumi_wrote_anew_means_what_it_meant(tmp_path: Path, said: str, meant: bool) -> None:
    file = tmp_path / "Pulumi.prod.yaml"
    file.write_text(f"config:\n  strongroom:disposable: {said}\n  strongroom:environment: 'yes'\n")
    assert stackfile.values(file) == {"disposable": meant, "environment": "yes"}
