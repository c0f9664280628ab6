"""`strongroom bootstrap profiles`: the AWS config file of one stack's pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from strongroom.cli import stackfiles
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output
from strongroom.config import profiles
from strongroom.config.profiles import Mode
from strongroom.config.settings import Settings

HELP = """Print the AWS config file of a stack's pipeline.

Save it and name it in AWS_CONFIG_FILE: Pulumi's providers and this command find their roles in it by profile. The roles
are taken with the identity token in --token-file, which must be there when they are. Nothing is asked of AWS."""

EXITS = (Exit.OK, Exit.USAGE)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    stack: str
    pipeline: Mode
    token_file: Path
    as_json: bool = False
    """The role of each profile instead of the file."""


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    stacks: Mapping[str, Settings]
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Print the file.

    Raises:
        UsageError: there is no such stack.
    """
    settings = stackfiles.one(doors.stacks, options.stack)
    if options.as_json:
        doors.output.document({"profiles": profiles.roles(settings, options.pipeline)})
    else:
        doors.output.result(profiles.render(settings, options.pipeline, options.token_file.absolute()).rstrip())
    return Exit.OK
