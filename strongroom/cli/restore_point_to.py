"""`strongroom restore point-to`: programs sent to a restored table, or back, by one parameter."""

from dataclasses import dataclass

from strongroom.cli.exits import Exit
from strongroom.cli.restore_site import Doors, Where, confirm, find
from strongroom.recovery.tables import pointer
from strongroom.recovery.tables.pointer import Turn
from strongroom.recovery.tables.single import Site

HELP = """Let the parameter /strongroom/<ENV>/tables/<TABLE> hold the name of a restored table.

Programs that read that parameter of the Systems Manager use RESTORED from then on; others do not notice. RESTORED may
be TABLE itself: that is the way back. Refused where RESTORED is not ACTIVE, or has another key or other settings than
TABLE declares. The old and the new value are shown first; the parameter's history keeps the old ones. Writes that went
to the old table meanwhile are not in the new one: see `strongroom restore diff`."""

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.NOT_FOUND,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    where: Where
    restored: str
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


def run(options: Options, doors: Doors) -> Exit:
    """Check, show, ask, write, read back.

    Raises:
        UsageError: see `restore_site.find`.
        RefusedError: the account and the environment were not typed.
        RecoveryError: programs must not be sent there.
        AwsError: AWS refuses.
    """
    site, aws = find(options.where, doors)
    parameters = aws.parameters(site.profile)
    turned = pointer.turn(site, options.restored, aws.table_states(site.profile), parameters)
    if not options.as_json:
        doors.output.result(_line(site, turned))
    written = not (options.dry_run or turned.needless)
    if written:
        confirm(site, doors, yes=options.yes)
        pointer.carry_out(turned, parameters)
    if options.as_json:
        doors.output.document({"name": turned.name, "old": turned.old, "new": turned.new, "written": written})
    elif written:
        doors.output.result(f"done; the way back: {_back(site, turned)}")
    return Exit.OK


def _line(site: Site, turned: Turn) -> str:
    where = f"parameter {turned.name} of account {site.account}"
    if turned.needless:
        return f"{where} holds {turned.new} already"
    return f"{where}: {turned.old or 'not there yet'} -> {turned.new}"


def _back(site: Site, turned: Turn) -> str:
    table, environment = site.table.name, site.settings.environment
    return f"strongroom restore point-to {table} {turned.old or table} --environment {environment}"
