"""The vault that a job or a plan's rule backs up to: a standard one, or an air-gapped one that stands beside it."""

from rehearsal.emulator.services.backup.jobs.job_rules import (
    refuse_an_air_gapped_target_that_is_none,
    refuse_an_air_gapped_vault_as_the_only_target,
)
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.settings import fully_managed
from rehearsal.emulator.services.backup.vaults.air_gapped import is_air_gapped
from rehearsal.emulator.services.backup.vaults.vaults import vault_in


def check_target(work: Work, vault: Vault, air_gapped_arn: str | None) -> None:
    """Refuse a target that no backup can be made to.

    Args:
        work: Its place is the job's or plan's.
        vault: What was named as the vault.
        air_gapped_arn: What was named as the air-gapped vault. None: nothing.

    Raises:
        Refused: it is one.
    """
    refuse_an_air_gapped_vault_as_the_only_target(vault["BackupVaultName"], is_air_gapped(vault))
    if air_gapped_arn is not None:
        found = vault_in(work.store, work.place, air_gapped_arn)
        refuse_an_air_gapped_target_that_is_none(air_gapped_arn, found is not None and is_air_gapped(found))


def target(work: Work, vault: str, air_gapped_arn: str | None, resource_type: str) -> str:
    """Return the name of the vault that holds the point: the air-gapped one takes what AWS Backup manages fully."""
    if air_gapped_arn is None or not fully_managed(work, resource_type):
        return vault
    return air_gapped_arn.rpartition(":")[2]
