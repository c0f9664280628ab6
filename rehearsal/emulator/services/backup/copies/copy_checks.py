"""What keeps a copy from being made: asked at the instant at which the job begins, and again in part when it ends."""

from dataclasses import dataclass
from typing import Final, cast

from rehearsal.emulator import judgement
from rehearsal.emulator.authorization.memory import MEMORY
from rehearsal.emulator.authorization.standing import of_arn
from rehearsal.emulator.membership import membership
from rehearsal.emulator.rules import differs
from rehearsal.emulator.services.backup.copies import copy_rules
from rehearsal.emulator.services.backup.copies.copy_keys import check_keys
from rehearsal.emulator.services.backup.job_records import CopyJob, Point
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.lives import fits_lock
from rehearsal.emulator.services.backup.points.points import refuse_an_absent_point
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.settings import crosses_accounts
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.backup.vaults.air_gapped import is_air_gapped
from rehearsal.emulator.services.backup.vaults.vaults import vault_in

_SERVICE: Final = "backup.amazonaws.com"

differs(
    "AWS Backup",
    "The service-linked role AWSServiceRoleForBackup is made by iam:CreateServiceLinkedRole alone; AWS Backup also "
    "makes it by itself when an account backs something up.",
    "Copies across accounts stop at once when they are turned off; on AWS they may begin for 15 minutes more.",
)


@dataclass(frozen=True)
class Route:
    """What a copy is made from, and where to."""

    source: Point
    source_vault: Vault | None
    """None when it was deleted."""
    destination: Vault
    place: Place
    """The destination's."""
    crosses: bool
    """Whether it leads into another account."""


def place_of(vault_arn: str) -> Place:
    """Return the account and region of a vault."""
    parts = vault_arn.split(":")
    return Place(parts[4], parts[3])


def linked_role(account: str) -> str:
    """Return the ARN of an account's service-linked role of AWS Backup."""
    return f"arn:aws:iam::{account}:role/aws-service-role/{_SERVICE}/AWSServiceRoleForBackup"


def exists(role: str) -> bool:
    """Return whether a role exists."""
    return of_arn(role) is not None


def check_role(work: Work, role: str, source_arn: str) -> None:
    """Refuse a role that AWS Backup cannot take for this account.

    Raises:
        Refused: It is one.
    """
    own = role.split(":")[4:5] == [work.place.account]
    trusts = own and judgement.service_may_assume(role, _SERVICE, work.place.account, source_arn)
    copy_rules.refuse_a_copy_role_that_backup_cannot_assume(role, trusts)


def check(work: Work, job: CopyJob) -> None:
    """Refuse a copy that cannot be made.

    Raises:
        Refused: It is one; the message is the failed job's.
    """
    place = place_of(job["DestinationBackupVaultArn"])
    source = _source(work, job)
    copy_rules.refuse_to_copy_a_cold_point(job["SourceRecoveryPointArn"], source["StorageClass"])
    copy_rules.refuse_to_copy_what_dynamodb_manages(work.place.region, place.region, source["Advanced"])
    if place.account != work.place.account:
        copy_rules.refuse_too_many_copies_at_a_time(len(work.store.copying.get(work.place, job["ResourceArn"]) or []))
    if job["CreatedByBackupJobId"] is None:
        _check_surroundings(work, job)
        return
    # Years of a plan ask the same of points that no policy can name yet: their ARNs are new.
    life = tuple(sorted(job["Lifecycle"].items()))
    question = ("copy", job["SourceBackupVaultArn"], job["DestinationBackupVaultArn"], job["IamRoleArn"], life)
    MEMORY.remember((*question, _for_whom(job)), lambda: _check_surroundings(work, job))


def _check_surroundings(work: Work, job: CopyJob) -> None:
    """Check all that hangs on accounts, vaults, roles and keys, and not on the point."""
    check_role(work, job["IamRoleArn"], _for_whom(job))
    place = place_of(job["DestinationBackupVaultArn"])
    if place.account != work.place.account:
        _check_accounts(work, place.account)
        copy_rules.refuse_to_copy_into_a_default_vault_across_accounts(_name(job))
    route = route_of(work, job)
    _check_rights(route, job)
    _check_destination(route, job)
    _check_keys(route, job)


def check_again(work: Work, job: CopyJob) -> None:
    """Refuse to end a copy well, when what it needs to the end was taken away since it began.

    Raises:
        Refused: It was; the message is the failed job's.
    """
    route = route_of(work, job)
    if route.crosses:
        copy_rules.refuse_to_end_without_the_copy_role(exists(job["IamRoleArn"]))
    _check_keys(route, job)


def route_of(work: Work, job: CopyJob) -> Route:
    """Return what a copy is made from, and where to.

    Raises:
        Refused: The point or the destination is not there.
    """
    source, arn = _source(work, job), job["DestinationBackupVaultArn"]
    place = place_of(arn)
    crosses = place.account != work.place.account
    vault = vault_in(work.store, place, arn)
    if crosses:
        copy_rules.refuse_to_copy_into_a_vault_that_does_not_let_in(vault is not None)
    copy_rules.refuse_an_absent_destination(arn, vault is not None)
    source_arn = job["SourceBackupVaultArn"]
    source_vault = vault_in(work.store, place_of(source_arn), source_arn)
    return Route(source, source_vault, cast("Vault", vault), place, crosses)


def _check_keys(route: Route, job: CopyJob) -> None:
    role = linked_role(route.place.account)
    check_keys(job["IamRoleArn"], route.source_vault, route.destination, role, crosses=route.crosses)


def _source(work: Work, job: CopyJob) -> Point:
    source = work.store.points.get(work.place, job["SourceRecoveryPointArn"])
    refuse_an_absent_point(job["SourceRecoveryPointArn"], source is not None)
    return cast("Point", source)


def _check_accounts(work: Work, other: str) -> None:
    ours, theirs = membership(work.place.account), membership(other)
    same = ours is not None and theirs is not None and ours.organization == theirs.organization
    copy_rules.refuse_to_copy_out_of_the_organization(same)
    copy_rules.refuse_while_copies_across_accounts_are_off(ours is not None and crosses_accounts(work, ours.management))


def _check_rights(route: Route, job: CopyJob) -> None:
    target = membership(route.place.account)
    into = {f"aws:ResourceTag/{key}": value for key, value in route.destination["Tags"].items()}
    out = {"backup:CopyTargets": [job["DestinationBackupVaultArn"]]}
    if target:
        out["backup:CopyTargetOrgPaths"] = [target.path]
    copy_rules.refuse_to_copy_from_a_vault_that_does_not_let_out(
        judgement.may(job["IamRoleArn"], "backup:CopyFromBackupVault", job["SourceRecoveryPointArn"], out)
    )
    copy_rules.refuse_to_copy_into_a_vault_that_does_not_let_in(
        judgement.may(job["IamRoleArn"], "backup:CopyIntoBackupVault", job["DestinationBackupVaultArn"], into)
    )


def _check_destination(route: Route, job: CopyJob) -> None:
    role = linked_role(route.place.account)
    if route.crosses:
        copy_rules.refuse_without_the_service_linked_role(role, exists(role))
    source, destination = route.source_vault, route.destination
    if source and is_air_gapped(source) and not is_air_gapped(destination):
        copy_rules.refuse_to_copy_out_of_an_air_gapped_vault_under_an_aws_key(destination["KeyIsCustomerManaged"])
    copy_rules.refuse_a_life_outside_the_lock(fits_lock(destination.get("Lock"), job["Lifecycle"]))


def _name(job: CopyJob) -> str:
    return job["DestinationBackupVaultArn"].rpartition(":")[2]


def _for_whom(job: CopyJob) -> str:
    return job["CreatedBy"]["BackupPlanArn"] if job["CreatedBy"] else job["SourceBackupVaultArn"]
