"""`rehearsal env`: what a shell, or any AWS client, needs to work with the local AWS that is up."""

import os
import shlex
from collections.abc import Mapping
from typing import Annotated

import typer

from rehearsal.cli import output
from rehearsal.cli.ending import told
from rehearsal.cli.options import UP_FOLDER, Folder, Json, place
from rehearsal.local import local, parts, pipeline, world
from rehearsal.local.errors import NotFoundError
from rehearsal.local.local import Local
from rehearsal.local.pipeline import Mode
from rehearsal.local.presence import Presence
from strongroom.cli.exits import Exit

HELP = """Print lines to source: eval "$(rehearsal env --stack prod --mode deploy)".

The shell is then one pipeline of one stack: `pulumi` and any AWS client that runs in it are that pipeline. With --json:
endpoint, organization, each account with its administrator role, and the credentials that may assume it."""
EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.NOT_FOUND)

Stack = Annotated[str, typer.Option(help="Stack whose pipeline the shell becomes.")]
Pipeline = Annotated[Mode, typer.Option(help="Which of the stack's pipelines.")]

_UNSET = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_DEFAULT_REGION",
    "AWS_DEFAULT_PROFILE",
)
"""A key that the shell holds would win over the profile."""


@told
def env(folder: Folder = UP_FOLDER, stack: Stack = "prod", mode: Pipeline = Mode.DEPLOY, json: Json = False) -> None:
    """Print the environment of a pipeline.

    Raises:
        NotFoundError: no local AWS is up, or there is no such stack.
    """
    here = place(folder)
    found = Presence(here).found()
    opened = local.opened(here, parts.read(here.checkout), world.read(here.checkout), found.endpoint)
    if stack not in opened.world.stacks:
        raise NotFoundError(f"no stack is named {stack!r}; there are {', '.join(opened.world.stacks)}")
    settings = opened.world.stacks[stack]
    variables = pipeline.environment(here, found.endpoint, settings, stack, mode)
    if json:
        output.document(_document(opened, variables))
        return
    output.line(f"unset {' '.join(_UNSET)}")
    for name, value in variables.items():
        output.line(f"export {name}={shlex.quote(value)}")
    output.line(f'export PATH={shlex.quote(str(opened.parts.engine))}{os.pathsep}"$PATH"')


def _document(opened: Local, variables: Mapping[str, str]) -> dict[str, object]:
    key = opened.administrators.key
    organization = opened.world.any.organization
    return {
        "endpoint": opened.control.endpoint,
        "region": opened.world.any.region,
        "organization": {
            "id": organization.id,
            "sourcesPath": organization.sources_path,
            "managementAccount": opened.world.any.accounts.management,
        },
        "accounts": [output.account(one) for one in opened.control.accounts()],
        "administrator": {
            "arn": key.arn,
            "accessKeyId": key.access_key_id,
            "secretAccessKey": key.secret_access_key,
        },
        "program": str(opened.place.program),
        "engine": str(opened.parts.engine),
        "environment": dict(variables),
    }
