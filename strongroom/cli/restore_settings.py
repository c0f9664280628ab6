"""`strongroom restore settings`: what a restored table still lacks, for a restore that was stopped or partly done."""

from strongroom.aws.errors import NotThereError
from strongroom.cli import restore_single
from strongroom.cli.exits import Exit
from strongroom.cli.restore_single import Options, Plan
from strongroom.cli.restore_site import Doors, confirm, find

HELP = """Set the declared settings of a restored table, read them back, and read every item.

`strongroom restore pitr` and `point` do this themselves; this goes on after one that was stopped, or that AWS refused
in part. What is set already is not set again. Tags that are not declared stay."""

EXITS = restore_single.EXITS


def run(options: Options, restored: str, doors: Doors) -> Exit:
    """Check, ask, set, tell.

    Raises:
        UsageError: see `restore_site.find`.
        RefusedError: the account and the environment were not typed.
        NotThereError: there is no such table.
        RecoveryError: it has another key.
        AwsError: AWS refuses.
    """
    site, aws = find(options.where, doors)
    if aws.table_states(site.profile).state(restored) is None:
        raise NotThereError(f"there is no table {restored} in account {site.account}; check the name")
    confirm(site, doors, yes=options.yes)
    return restore_single.settle(Plan(site, restored, "is restored already"), aws, options, doors)
