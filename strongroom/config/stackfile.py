"""Reads the settings of a stack file, for those who run without Pulumi."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

import yaml

from strongroom.config.problems import NAMESPACE, SettingsError
from strongroom.config.settings import Settings, parse

_WORDS: Final = ("true", "false")


def read(file: Path) -> Settings:
    """Check the settings of `Pulumi.<stack>.yaml`.

    Raises:
        SettingsError: no such file, no YAML, no `config:`, or settings that cannot be used.
    """
    return parse(values(file), file=file.name)


def values(file: Path) -> dict[str, object]:
    """Keys of the project's namespace in a stack file, without the namespace.

    Raises:
        SettingsError: no such file, no YAML, or no `config:`.
    """
    config = _config(file)
    prefix = f"{NAMESPACE}:"
    return {key.removeprefix(prefix): word(value) for key, value in config.items() if key.startswith(prefix)}


def word(value: object) -> object:
    """A value of the first level as it is meant: Pulumi holds texts alone there, and writes files anew with them."""
    return json.loads(value) if isinstance(value, str) and value in _WORDS else value


def _config(file: Path) -> Mapping[str, object]:
    try:
        content: object = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError([f"{file.name}: no such file in {file.parent}; run in the project's folder"]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as invalid:
        raise SettingsError([f"{file.name}: is not YAML: {invalid}"]) from None
    config: object = cast("dict[str, object]", content).get("config") if isinstance(content, dict) else None
    if not isinstance(config, dict):
        raise SettingsError([f"{file.name}: has no config: section"])
    return cast("Mapping[str, object]", config)
