"""The `rehearsal` command and its parts."""

import signal
from types import FrameType

import typer

from rehearsal.cli import account, clock, down, env, reset, run, status, up
from strongroom.cli.exits import epilog

app = typer.Typer(
    name="rehearsal",
    help="Rehearse backup and recovery on a local AWS: no AWS account, no Pulumi account, no network.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("run", help=run.HELP, epilog=epilog(*run.EXITS))(run.run)
app.command("up", help=up.HELP, epilog=epilog(*up.EXITS))(up.up)
app.command("down", help=down.HELP, epilog=epilog(*down.EXITS))(down.down)
app.command("reset", help=reset.HELP, epilog=epilog(*reset.EXITS))(reset.reset)
app.command("status", help=status.HELP, epilog=epilog(*status.EXITS))(status.status)
app.command("env", help=env.HELP, epilog=epilog(*env.EXITS))(env.env)
app.add_typer(clock.app, name="clock")
app.add_typer(account.app, name="account")


def main() -> None:
    """Run the command; a signal that asks it to end is taken like Ctrl-C, so that nothing is left running."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    app()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
