"""Access policies of vaults, as they are put and as they are judged."""

from typing import Any, Final

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.store import Place, Store
from rehearsal.emulator.services.backup.vaults.principals import Statement, exists, listed, named_in, statements_of
from rehearsal.emulator.services.backup.vaults.shares import permission
from rehearsal.emulator.services.backup.vaults.vaults import OfVault, vault_in, vault_of

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_PROVIDER: Final = (
    "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/vault_policy.go"
)
_READ: Final = "2026-11-22"
_COPY_IN: Final = "backup:CopyIntoBackupVault"


class PutPolicy(OfVault):
    """Input of PutBackupVaultAccessPolicy."""

    Policy: str


@rule(f"{_API}/API_PutBackupVaultAccessPolicy.html", read=_READ)
def refuse_a_policy_that_is_none(well_formed: bool) -> None:
    """A vault's policy is JSON with statements that each have an effect, a principal, an action and a resource."""
    if not well_formed:
        raise Refused("InvalidParameterValueException", "The specified policy document is not valid.")


@rule(_GUIDE, read=_READ)
def refuse_a_wildcard_in_an_action(action: str) -> None:
    """A vault's policy names its actions in full: wildcards are not accepted."""
    if "*" in action or "?" in action:
        raise Refused("InvalidParameterValueException", f"The policy's action {action!r} must not hold a wildcard.")


@rule(_PROVIDER, read=_READ)
def refuse_a_principal_that_does_not_exist(principal: str, exists: bool) -> None:
    """A role or user that a vault's policy names must exist."""
    if not exists:
        raise Refused("InvalidParameterValueException", f"Provided principal is not valid: {principal}")


@rule(f"{_API}/API_GetBackupVaultAccessPolicy.html", read=_READ)
def refuse_an_absent_policy(vault: str, exists: bool) -> None:
    """The policy of a vault that has none is not found."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Backup vault {vault} has no access policy.")


@operation("PutBackupVaultAccessPolicy")
def put_backup_vault_access_policy(call: Call, asked: PutPolicy) -> None:
    """Give a vault its policy, in the place of an earlier one."""
    vault = vault_of(call, asked["BackupVaultName"])
    document = asked.get("Policy", "")
    for statement in _well_formed_statements(document):
        for action in listed(statement.get("Action", statement.get("NotAction"))):
            refuse_a_wildcard_in_an_action(action)
        for principal in named_in(statement):
            refuse_a_principal_that_does_not_exist(principal, exists(principal))
    call.store.vaults.put(call.place, vault["BackupVaultName"], {**vault, "Policy": document})


@operation("GetBackupVaultAccessPolicy")
def get_backup_vault_access_policy(call: Call, asked: OfVault) -> Answer:
    """Return a vault's policy as it was put."""
    vault = vault_of(call, asked["BackupVaultName"])
    refuse_an_absent_policy(vault["BackupVaultName"], "Policy" in vault)
    return {member: vault.get(member) for member in ("BackupVaultName", "BackupVaultArn", "Policy")}


@operation("DeleteBackupVaultAccessPolicy")
def delete_backup_vault_access_policy(call: Call, asked: OfVault) -> None:
    """Take a vault's policy away; without one nothing happens."""
    bare = vault_of(call, asked["BackupVaultName"]).copy()
    bare.pop("Policy", None)
    call.store.vaults.put(call.place, bare["BackupVaultName"], bare)


def policy_in_force(store: Store, arn: str, caller_account: str) -> tuple[dict[str, Any] | None, str] | None:
    """Return what the policy of a vault says to a caller, and the vault's owner, in the form of IAM's evaluation.

    A point is judged by the policy of the vault that holds it, whose statements name points as resources, or `*`. To
    another account a vault's policy can only grant copying in; its other grants do not count there
    (https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html, read 2026-11-22).
    What AWS RAM shares is granted besides.

    Args:
        store: Where the vaults are.
        arn: ARN of the vault or point that is judged.
        caller_account: Account of who calls.

    Returns:
        The policy, or None where there is none, with the owner's account; None when the ARN is no vault's or point's.
    """
    parts = [*arn.split(":"), "", "", "", "", "", ""]
    place = Place(parts[4], parts[3])
    if not _is_of_backup(store, place, arn):
        return None
    vault = _vault_behind(store, place, arn)
    document = vault.get("Policy") if vault else None
    statements = _well_formed_statements(document) if document else []
    if vault and caller_account != place.account:
        statements = [_for_another_account(statement) for statement in statements]
        statements += permission(vault, caller_account)
    return {"Version": "2012-10-17", "Statement": statements} if statements else None, place.account


def _is_of_backup(store: Store, place: Place, arn: str) -> bool:
    return arn.split(":")[5:6] in (["backup-vault"], ["recovery-point"]) or store.points.get(place, arn) is not None


def _vault_behind(store: Store, place: Place, arn: str) -> Vault | None:
    point = store.points.get(place, arn)
    return store.vaults.get(place, point["BackupVaultName"]) if point else vault_in(store, place, arn)


def _for_another_account(statement: Statement) -> Statement:
    if statement["Effect"] == "Deny":
        return statement
    granted = [action for action in listed(statement.get("Action")) if action.lower() == _COPY_IN.lower()]
    # A statement without any action grants nothing.
    return {**statement, "Action": granted or "backup:"}


def _well_formed_statements(document: str) -> list[Statement]:
    statements = statements_of(document) or []
    refuse_a_policy_that_is_none(bool(statements) and all(_is_complete(statement) for statement in statements))
    return statements


def _is_complete(statement: Statement) -> bool:
    return statement.get("Effect") in {"Allow", "Deny"} and all(
        {name, f"Not{name}"} & statement.keys() for name in ("Principal", "Action", "Resource")
    )
