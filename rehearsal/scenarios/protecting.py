"""What holds data cannot be destroyed by mistake."""

from collections.abc import Mapping, Sequence

from rehearsal.local.administrators import Administrators
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect


def destroy_is_refused(scene: Scene, stack: str) -> None:
    """Destroy a stack as a hurried user would, and find everything still there."""
    account = scene.local.world.stacks[stack].accounts.own
    before = _holdings(scene.local.administrators, account)
    outcome = scene.pulumi(stack, "destroy", "--yes")
    if outcome.code == 0:
        raise CheckError("exit code of destroy", expected="not 0", got=0, log=outcome.log)
    refused = [error for error in outcome.report.errors if "it is protected" in error]
    if not refused:
        expected = "a resource that cannot be deleted because it is protected"
        raise CheckError("errors of the engine", expected=expected, got=outcome.report.errors, log=outcome.log)
    after = _holdings(scene.local.administrators, account)
    expect(f"what {stack} holds after destroy", expected=before, got=after, log=outcome.log)
    if not all(before.values()):
        raise CheckError(f"what {stack} held before", expected="tables, vaults, buckets and keys", got=before)


def _holdings(administrators: Administrators, account: str) -> Mapping[str, Sequence[str]]:
    tables = administrators.dynamodb(account).get_paginator("list_tables").paginate()
    vaults = administrators.backup(account).get_paginator("list_backup_vaults").paginate()
    keys = administrators.kms(account).get_paginator("list_aliases").paginate()
    return {
        "tables": sorted(name for page in tables for name in page["TableNames"]),
        "vaults": sorted(vault.get("BackupVaultName", "") for page in vaults for vault in page["BackupVaultList"]),
        "buckets": sorted(bucket.get("Name", "") for bucket in administrators.s3(account).list_buckets()["Buckets"]),
        "key aliases": sorted(alias.get("AliasName", "") for page in keys for alias in page["Aliases"]),
    }
