"""`strongroom restore pitr`: one table as it was at an instant, beside the old one."""

from strongroom.cli import restore_single
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.restore_single import Options, Plan
from strongroom.cli.restore_site import Doors, find
from strongroom.recovery.instants import instant
from strongroom.recovery.tables import single
from strongroom.recovery.tables.single_instant import reachable
from strongroom.recovery.tables.single_restore import InTime

HELP = """Restore one table as it was at an instant, to a new table beside it.

Uses point-in-time recovery of the table's own account, with profile strongroom-<ENV> (the recover role). The settings
come from the stack's file in this folder (--stack), or from the manifest in the archive (--environment, which needs
profile strongroom-backup, too).

The new table is called <TABLE>-restored-<yyyymmddhhmm>, or as --into says; a table that exists is never written over.
It gets the declared settings, and every item is read. Nothing points to it until `strongroom restore point-to`, or
until items are written back with `strongroom restore copy-back`. An instant must name its zone. Times are AWS's."""

EXITS = restore_single.EXITS


def run(options: Options, at: str | None, latest: bool, doors: Doors) -> Exit:
    """Check, plan, ask, restore.

    Args:
        options: See there.
        at: Instant as it was given. None: with `latest`.
        latest: Whether to take the latest instant that AWS can reach.
        doors: See there.

    Raises:
        UsageError: not one of `at` and `latest`; or see `restore_site.find`.
        RecoveryError: the instant cannot be reached, or the name is taken.
        AwsError: AWS refuses, or gives up.
    """
    if (at is None) != latest:
        raise UsageError("give --at with an instant, or --latest")
    wanted = instant(at, "--at") if at is not None else None
    site, aws = find(options.where, doors)
    states = aws.table_states(site.profile)
    target = single.target(site, options.into, states)
    reached = reachable(site.table.name, wanted, states.pitr_window(site.table.name), site.now)
    way = InTime(states, reached)
    return restore_single.run(Plan(site, target, way.told), way, aws, options, doors)
