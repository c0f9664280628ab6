"""The door to Pulumi's configuration: every key of the project's namespace, those that nobody declared included."""

import json
from typing import Final

import pulumi

from strongroom.config.problems import NAMESPACE
from strongroom.config.settings import Settings, parse
from strongroom.config.stackfile import word

_BRACKETS: Final = ("{", "[")


def file_of(stack: str) -> str:
    """Name of a stack's file, for error sentences."""
    return f"Pulumi.{stack}.yaml"


def read(stack: str) -> Settings:
    """Check the settings of the stack that runs.

    `pulumi.Config` answers only for keys that it is asked for, so that a misspelt one would go unseen; what the engine
    hands over as a whole is read instead.

    Args:
        stack: name of the stack, for the error sentences.

    Raises:
        SettingsError: settings that cannot be used.
    """
    prefix = f"{NAMESPACE}:"
    handed = pulumi.runtime.get_config_env()
    values = {key.removeprefix(prefix): _value(text) for key, text in handed.items() if key.startswith(prefix)}
    return parse(values, file=file_of(stack))


def _value(text: str) -> object:
    """A value as the stack file has it: the engine hands over texts, JSON where it is more than one."""
    return json.loads(text) if text.startswith(_BRACKETS) else word(text)
