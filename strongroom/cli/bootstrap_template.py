"""`strongroom bootstrap template`: the template of one account's day one, to read or to apply by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from strongroom.cli import stackfiles
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output
from strongroom.config.settings import Settings
from strongroom.documents.bootstrap import duties
from strongroom.documents.bootstrap.template import template

HELP = """Print the CloudFormation template of an account's day one.

It holds what the pipelines need in that account, for all stack files of the current folder that name it: the OpenID
Connect provider, the roles and their boundary, and in the pipeline account the bucket and key of Pulumi's state.
Nothing is asked of AWS."""

EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    account: str
    """backup, pipeline, management, the name of a stack or an id."""
    as_json: bool = False
    """With the account and its stacks around the template, for scripts."""


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    stacks: Mapping[str, Settings]
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Print the template.

    Raises:
        UsageError: the option means no account, or several.
        NoDutyError: the stack files ask for what one account cannot be.
        TooLargeError: the template is larger than AWS takes.
    """
    id_ = stackfiles.account(doors.stacks, options.account)
    account = duties.account(id_, list(doors.stacks.values()))
    rendered = template(account)
    if options.as_json:
        doors.output.document(
            {"account": id_, "region": account.region, "stacks": account.stacks, "template": rendered}
        )
    else:
        doors.output.result(json.dumps(rendered, indent=1))
    return Exit.OK
