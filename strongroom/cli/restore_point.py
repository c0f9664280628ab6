"""`strongroom restore point`: one table from a recovery point of its own account, beside the old one."""

from dataclasses import dataclass

from strongroom.cli import restore_single
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.restore_single import Options, Plan
from strongroom.cli.restore_site import Doors, find
from strongroom.recovery.instants import instant
from strongroom.recovery.tables import single, single_point
from strongroom.recovery.tables.single_restore import FromPoint

HELP = """Restore one table from a recovery point of its own account, to a new table beside it.

Takes the newest whole point of the environment's vault (--newest, and --at for one that is no newer than an instant),
or the one that you name (--point with --vault). For an account that is lost see `strongroom dr`.

Uses profile strongroom-<ENV> (the recover role); AWS Backup takes role strongroom-recovery-service. The settings come
from the stack's file in this folder (--stack), or from the manifest in the archive (--environment, which needs profile
strongroom-backup, too). The new table is called <TABLE>-restored-<yyyymmddhhmm>, or as --into says, which may be
TABLE itself where it is gone; a table that exists is never written over. It gets the declared settings, and every item
is read."""

EXITS = restore_single.EXITS


@dataclass(frozen=True)
class Choice:
    """Which point."""

    arn: str | None = None
    vault: str | None = None
    """With `arn`."""
    newest: bool = False
    at: str | None = None
    """With `newest`: it must not be newer."""


def run(options: Options, choice: Choice, doors: Doors) -> Exit:
    """Check, plan, ask, restore.

    Raises:
        UsageError: options that do not fit together; or see `restore_site.find`.
        RecoveryError: the point cannot be used, or the name is taken.
        NotThereError: there is no such point.
        AwsError: AWS refuses, or gives up.
    """
    _fit(choice)
    at = instant(choice.at, "--at") if choice.at else None
    site, aws = find(options.where, doors)
    target = single.target(site, options.into, aws.table_states(site.profile))
    points = aws.points(site.profile)
    if choice.arn and choice.vault:
        point = single_point.named(site, choice.arn, choice.vault, points)
    else:
        point = single_point.newest(site, at, points)
    way = FromPoint(aws.restores(site.profile), point)
    return restore_single.run(Plan(site, target, way.told, point.size_bytes), way, aws, options, doors)


def _fit(choice: Choice) -> None:
    if (choice.arn is None) != choice.newest:
        raise UsageError("give --point with a recovery point, or --newest")
    if (choice.arn is None) != (choice.vault is None):
        raise UsageError("--point and --vault name one recovery point; give both, or --newest")
    if choice.at and not choice.newest:
        raise UsageError("--at says how new the newest point may be; give it with --newest")
