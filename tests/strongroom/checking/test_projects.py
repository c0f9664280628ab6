"""Pulumi's own files lead to the program as it is, or are refused."""

import shutil
from pathlib import Path

import pytest

from strongroom.checking.projects import of_project, of_stack
from tests.stacks import world

REGION = "eu-west-2"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in world.CHECKOUT.glob("Pulumi*.yaml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def of_edited_project(folder: Path, old: str, new: str) -> list[str]:
    _edit(folder / "Pulumi.yaml", old, new)
    return [one.sentence for one in of_project(folder)]


def of_edited_stack(folder: Path, old: str, new: str) -> list[str]:
    _edit(folder / "Pulumi.prod.yaml", old, new)
    return [one.sentence for one in of_stack(folder / "Pulumi.prod.yaml", REGION)]


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("stack", world.STACKS)
def test_the_files_of_the_checkout_pass(stack: str) -> None:
    assert list(of_project(world.CHECKOUT)) == []
    assert list(of_stack(world.file(stack), REGION)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: strongroom", "name: another", "name is 'another'; 'strongroom' is required"),
        ("name: python", "name: nodejs", "runtime is {'name': 'nodejs'"),
        (
            "virtualenv: .venv",
            "virtualenv: /tmp/evil",
            "runtime is {'name': 'python', 'options': {",
        ),
        (
            "config:",
            "main: elsewhere\nconfig:",
            "main can lead Pulumi to another program, plugin or state; take it",
        ),
        ("config:", "plugins: {providers: [{name: aws, path: x}]}\nconfig:", "plugins can lead Pulumi to"),
        ("config:", "packages: {aws: x}\nconfig:", "packages can lead Pulumi to"),
        ("config:", "backend: {url: file://x}\nconfig:", "backend can lead Pulumi to"),
        ("config:", "stackConfigDir: x\nconfig:", "stackConfigDir can lead Pulumi to"),
        ("config:", "options: {refresh: always}\nconfig:", "options can lead Pulumi to"),
        ('value: ["*"]', "value: []", "pulumi:disable-default-providers is not ['*'], and what has no provider lands"),
        ("config:", "config:\n  aws:region: {value: us-east-1}", "aws:region configures Pulumi or a provider of every"),
        ("default: false", "default: true", "disposable has a value for every stack, which nobody judges; say it in"),
    ],
)
def test_fails_when_the_project_leads_elsewhere(folder: Path, old: str, new: str, said: str) -> None:
    (found,) = of_edited_project(folder, old, new)
    assert found.startswith(f"Pulumi.yaml: {said}")


def test_what_only_describes_the_project_passes(folder: Path) -> None:
    assert of_edited_project(folder, "config:", "author: us\nlicense: Apache-2.0\nwebsite: https://x\nconfig:") == []


@pytest.mark.parametrize("name", ["Pulumi.json", "Pulumi.yml"])
def test_fails_when_another_file_would_be_the_project(folder: Path, name: str) -> None:
    (folder / name).write_text("{}", encoding="utf-8")
    assert [one.sentence for one in of_project(folder)] == [
        f"{name}: would be read in place of Pulumi.yaml; take it out"
    ]


@pytest.mark.parametrize("text", [None, "", "[]", "name: '"])
def test_fails_when_there_is_no_project(folder: Path, text: str | None) -> None:
    (folder / "Pulumi.yaml").unlink()
    if text is not None:
        (folder / "Pulumi.yaml").write_text(text, encoding="utf-8")
    (said,) = of_project(folder)
    assert said.sentence.startswith("Pulumi.yaml: is not there, or is no YAML mapping; it is required")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("config:", "environment: [theirs]\nconfig:", "environment brings configuration or keys from elsewhere; take"),
        ("config:", "encryptionsalt: v1:x\nconfig:", "encryptionsalt brings configuration or keys from elsewhere; "),
        ("alias/strongroom/state", "alias/theirs", "secretsprovider is 'awskms://alias/theirs?region=eu-west-2"),
        ("context_stack=prod", "context_stack=ci", "secretsprovider is "),
        ("secretsprovider: ", "secretsprovider: passphrase #", "secretsprovider is 'passphrase'; 'awskms://alias/"),
        (
            "config:",
            "config:\n  aws:endpoints: []",
            "aws:endpoints configures Pulumi or a provider beside the program;",
        ),
        ("config:", "config:\n  pulumi:disable-default-providers: []", "pulumi:disable-default-providers configures"),
    ],
)
def test_fails_when_a_stack_file_says_more_than_settings(folder: Path, old: str, new: str, said: str) -> None:
    (found,) = of_edited_stack(folder, old, new)
    assert found.startswith(f"Pulumi.prod.yaml: {said}")


def test_the_key_that_pulumi_writes_into_a_stack_file_passes(folder: Path) -> None:
    assert of_edited_stack(folder, "config:", "encryptedkey: AQ==\nconfig:") == []
