"""What holds data cannot be destroyed by mistake."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rehearsal.local.administrators import Administrators
from rehearsal.local.engine import Outcome
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect

Holdings = Mapping[str, Sequence[str]]
"""Names of what holds data in an account, by kind."""


def destroy_is_refused(scene: Scene, stack: str) -> None:
    """Destroy a stack as a hurried user would, and find everything still there."""
    account = scene.local.world.stacks[stack].accounts.own
    before = holdings(scene.local.administrators, account)
    outcome = scene.pulumi(stack, "destroy", "--yes")
    it_was_refused(outcome)
    everything_is_there(before, holdings(scene.local.administrators, account), outcome.log)


def it_was_refused(outcome: Outcome) -> None:
    """Hold when destroy failed because something is protected."""
    if outcome.code == 0:
        raise CheckError("exit code of destroy", expected="not 0", got=0, log=outcome.log)
    refused = [error for error in outcome.report.errors if "it is protected" in error]
    if not refused:
        expected = "a resource that cannot be deleted because it is protected"
        raise CheckError("errors of the engine", expected=expected, got=outcome.report.errors, log=outcome.log)


def everything_is_there(before: Holdings, after: Holdings, log: Path) -> None:
    """Hold when there was something of each kind, and all of it still is."""
    if not all(before.values()):
        raise CheckError("what the account held before", expected="some of each kind", got=before)
    expect("what the account holds after destroy", expected=before, got=after, log=log)


def holdings(administrators: Administrators, account: str) -> Holdings:
    """Return the names of what holds data in an account, by kind."""
    tables = administrators.dynamodb(account).get_paginator("list_tables").paginate()
    vaults = administrators.backup(account).get_paginator("list_backup_vaults").paginate()
    keys = administrators.kms(account).get_paginator("list_aliases").paginate()
    return {
        "tables": sorted(name for page in tables for name in page["TableNames"]),
        "vaults": sorted(vault.get("BackupVaultName", "") for page in vaults for vault in page["BackupVaultList"]),
        "buckets": sorted(bucket.get("Name", "") for bucket in administrators.s3(account).list_buckets()["Buckets"]),
        "key aliases": sorted(alias.get("AliasName", "") for page in keys for alias in page["Aliases"]),
    }
