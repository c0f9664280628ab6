"""What Pulumi takes from its own files beside the settings: which program it runs, by which plugins, under which key.

Pulumi.yaml and Pulumi.<stack>.yaml in pulumi/pulumi v3.256.0, sdk/go/common/workspace/project.go and paths.go, read
2026-11-23.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, cast

import yaml

from strongroom.checking.findings import Finding
from strongroom.config.problems import NAMESPACE
from strongroom.facts import names

RULE: Final = "project-files"
_PROJECT: Final = "Pulumi.yaml"
_OTHERS: Final = ("Pulumi.json", "Pulumi.yml")
"""Pulumi would look for the project, and for the stack files, under these names as well."""
_SAID: Final[Mapping[str, object]] = {
    "name": NAMESPACE,
    "runtime": {"name": "python", "options": {"toolchain": "pip", "virtualenv": ".venv"}},
}
_HARMLESS: Final = ("author", "config", "description", "license", "website")
_DEFAULT_PROVIDERS: Final = "pulumi:disable-default-providers"
_OF_A_STACK: Final = ("config", "encryptedkey", "secretsprovider")
"""Pulumi itself writes the encrypted key of the stack's secrets there."""


def of_project(folder: Path) -> Iterator[Finding]:
    """A finding for each thing in the project's file that could run or configure something else."""
    for other in _OTHERS:
        if (folder / other).exists():
            yield _says(other, f"would be read in place of {_PROJECT}; take it out")
    content = _content(folder / _PROJECT)
    if content is None:
        yield _says(_PROJECT, "is not there, or is no YAML mapping; it is required: take the one of the program")
        return
    for key, wanted in _SAID.items():
        if content.get(key) != wanted:
            yield _says(_PROJECT, f"{key} is {content.get(key)!r}; {wanted!r} is required: set it to that")
    for key in content:
        if key not in (*_SAID, *_HARMLESS):
            yield _says(_PROJECT, f"{key} can lead Pulumi to another program, plugin or state; take it out")
    yield from _configured(_mapping(content.get("config")))


def of_stack(file: Path, region: str) -> Iterator[Finding]:
    """A finding for each thing in a stack file that is no setting, and under which key its state is kept.

    Args:
        file: The stack file.
        region: Where the key lies, by the settings.
    """
    content = _content(file) or {}
    stack = file.name.removeprefix("Pulumi.").removesuffix(".yaml")
    key = f"awskms://{names.STATE_KEY_ALIAS}?region={region}&profile={names.STATE_PROFILE}&context_stack={stack}"
    if content.get("secretsprovider") != key:
        yield _says(file.name, f"secretsprovider is {content.get('secretsprovider')!r}; {key!r} is required")
    for name in content:
        if name not in _OF_A_STACK:
            yield _says(file.name, f"{name} brings configuration or keys from elsewhere; take it out")
    for name in _mapping(content.get("config")):
        if not name.startswith(f"{NAMESPACE}:"):
            yield _says(
                file.name,
                f"{name} configures Pulumi or a provider beside the program; take it out",
            )


def _configured(config: Mapping[str, object]) -> Iterator[Finding]:
    if _mapping(config.get(_DEFAULT_PROVIDERS)).get("value") != ["*"]:
        yield _says(
            _PROJECT,
            f"{_DEFAULT_PROVIDERS} is not ['*'], and what has no provider lands anywhere; set it to that",
        )
    for name, said in config.items():
        one = _mapping(said)
        if name == _DEFAULT_PROVIDERS:
            continue
        if ":" in name:
            yield _says(_PROJECT, f"{name} configures Pulumi or a provider of every stack; take it out")
        # The check reads stack files alone: a default that says something would be in force unseen.
        elif one.get("default") or one.get("value"):
            yield _says(_PROJECT, f"{name} has a value for every stack, which nobody judges; say it in the stack files")


def _content(file: Path) -> Mapping[str, object] | None:
    try:
        read: object = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, yaml.YAMLError, UnicodeDecodeError):
        return None
    return _mapping(read) or None


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        return {}
    return {str(key): one for key, one in cast("dict[object, object]", value).items()}


def _says(file: str, says: str) -> Finding:
    return Finding(RULE, file, f"{file}: {says}")
