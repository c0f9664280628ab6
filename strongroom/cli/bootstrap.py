"""`strongroom bootstrap ...` as the command line knows it: options parsed, doors opened, the command run."""

import time
from pathlib import Path
from typing import Annotated

import typer

from strongroom.cli import bootstrap_apply, bootstrap_profiles, bootstrap_template
from strongroom.cli.asking import ask
from strongroom.cli.exits import Exit, epilog
from strongroom.cli.options import DryRun, Json
from strongroom.cli.output import Output
from strongroom.cli.stackfiles import read_all
from strongroom.config.profiles import Mode

app = typer.Typer(
    rich_markup_mode=None, help="Day one: what the pipelines need in each account before the first `pulumi up`."
)

Account = Annotated[
    str,
    typer.Option("--account", help="backup, pipeline or management; a stack's name, for its own account; or an id."),
]


@app.command("template", help=bootstrap_template.HELP, epilog=epilog(*bootstrap_template.EXITS))
def template(account: Account, as_json: Json = False) -> Exit:
    """See `bootstrap_template`."""
    options = bootstrap_template.Options(account, as_json)
    return bootstrap_template.run(options, bootstrap_template.Doors(read_all(Path.cwd()), Output()))


@app.command("apply", help=bootstrap_apply.HELP, epilog=epilog(*bootstrap_apply.EXITS))
def apply(
    account: Account,
    profile: Annotated[str | None, typer.Option("--profile", help="AWS profile of an administrator there.")] = None,
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help="Go ahead without the account's id being typed.")] = False,
    as_json: Json = False,
) -> Exit:
    """See `bootstrap_apply`."""
    # Here, because boto3 takes a quarter of a second, which help and the other commands need not wait for.
    from strongroom.aws.sessions import ProfileSessions

    doors = bootstrap_apply.Doors(
        stacks=read_all(Path.cwd()),
        aws=ProfileSessions,
        ask=ask,
        now=time.monotonic,
        sleep=time.sleep,
        output=Output(),
    )
    return bootstrap_apply.run(bootstrap_apply.Options(account, profile, dry_run, yes, as_json), doors)


@app.command("profiles", help=bootstrap_profiles.HELP, epilog=epilog(*bootstrap_profiles.EXITS))
def profiles(
    stack: Annotated[str, typer.Option("--stack", help="Stack whose pipeline it is.")],
    pipeline: Annotated[Mode, typer.Option("--pipeline", help="What the pipeline is there for.")],
    token_file: Annotated[Path, typer.Option("--token-file", help="File that holds the pipeline's identity token.")],
    as_json: Json = False,
) -> Exit:
    """See `bootstrap_profiles`."""
    options = bootstrap_profiles.Options(stack, pipeline, token_file, as_json)
    return bootstrap_profiles.run(options, bootstrap_profiles.Doors(read_all(Path.cwd()), Output()))
