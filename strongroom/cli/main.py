"""The `strongroom` command: commands by name, faults told in sentences, exit codes mapped here and nowhere else."""

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import NoReturn

import typer

from strongroom.cli import (
    audit,
    audit_judge,
    bootstrap,
    check,
    check_judge,
    doctor,
    doctor_examine,
    dr,
    gate,
    gate_judge,
    restore,
    status,
    status_tell,
    verify,
    verify_judge,
)
from strongroom.cli.exits import Exit, epilog
from strongroom.cli.faults import FAULTS
from strongroom.cli.output import Output, faults

app = typer.Typer(
    name="strongroom",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Back up accounts in a separate, locked account; prove the backups good; bring everything back.",
    epilog=epilog(*Exit),
)
app.add_typer(bootstrap.app, name="bootstrap")
app.add_typer(dr.app, name="dr")
app.add_typer(restore.app, name="restore")
app.command("doctor", help=doctor_examine.HELP, epilog=epilog(*doctor_examine.EXITS))(doctor.doctor)
app.command("status", help=status_tell.HELP, epilog=epilog(*status_tell.EXITS))(status.status)
app.command("verify", help=verify_judge.HELP, epilog=epilog(*verify_judge.EXITS))(verify.verify)
app.command("check", help=check_judge.HELP, epilog=epilog(*check_judge.EXITS))(check.check)
app.command("audit", help=audit_judge.HELP, epilog=epilog(*audit_judge.EXITS))(audit.audit)
app.command("gate", help=gate_judge.HELP, epilog=epilog(*gate_judge.EXITS))(gate.gate)


@app.callback()
def _root() -> None:
    """Keep commands under their names while there is one group of them."""


def run(arguments: Sequence[str]) -> Exit:
    """Run one command line.

    Args:
        arguments: Without the program's name.
    """
    output = Output()
    as_json = "--json" in arguments or "--output=json" in arguments or ("--output", "json") in pairwise(arguments)
    try:
        ended = typer.main.get_command(app).main(list(arguments), prog_name="strongroom", standalone_mode=False)
    except typer.TyperException as wrong:
        sentence = f"{' '.join(wrong.format_message().split()).rstrip('.')}; add --help to see what there is"
        faults(output, [sentence], Exit.USAGE, as_json=as_json)
        return Exit.USAGE
    except tuple(FAULTS) as fault:
        ends = FAULTS[type(fault)]
        faults(output, str(fault).splitlines(), ends, as_json=as_json)
        return ends
    code = Exit(ended or 0)
    if code is Exit.INTERRUPTED:
        faults(output, ["interrupted"], code, as_json=as_json)
    return code


def main() -> NoReturn:
    """Run the command line that the program was called with."""
    sys.exit(run(sys.argv[1:]).value)
