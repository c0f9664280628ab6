"""From the stack's configuration to its resources: what can be refused is refused before the first of them."""

import sys
from collections.abc import Callable
from typing import Final

import pulumi

from stacks import central, configuration, source, surroundings
from stacks.adoption import Adoption
from strongroom.aws.errors import AwsError
from strongroom.aws.sessions import Sessions
from strongroom.config.outputs import CentralOutputs, SourceOutputs
from strongroom.config.problems import SettingsError
from strongroom.config.settings import Settings, SourceSettings

# By it Pulumi's language host knows that the user has been told, and adds nothing of its own.
# https://github.com/pulumi/pulumi/blob/v3.256.0/sdk/python/cmd/pulumi-language-python-exec, read 2026-11-22.
_TOLD: Final = 32


def run(sessions: Callable[[str], Sessions]) -> None:
    """Register the stack that Pulumi runs.

    Args:
        sessions: opens the door to AWS in a region.

    Raises:
        SystemExit: settings or accounts that cannot be used; the user has been told why.
    """
    stack = pulumi.get_stack()
    try:
        settings = configuration.read(stack)
        surroundings.check(settings, sessions(settings.region))
        adoption = Adoption(settings.adopt)
        outputs = _build(settings, adoption)
        adoption.finish(configuration.file_of(stack))
    except (SettingsError, AwsError, surroundings.MissingCentralSideError) as wrong:
        pulumi.log.error(str(wrong))
        sys.exit(_TOLD)
    for name, value in outputs.items():
        pulumi.export(name, value)


def _build(
    settings: Settings, adoption: Adoption
) -> SourceOutputs[pulumi.Output[str]] | CentralOutputs[pulumi.Output[str]]:
    if isinstance(settings, SourceSettings):
        return source.build(settings, adoption)
    return central.build(settings, adoption)
