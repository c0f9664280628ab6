import pytest

from strongroom.documents import vaults
from strongroom.documents.principals import Caretakers
from tests.strongroom.documents.example import BACKUP, CARETAKERS, CI, ORIGIN, PATH, PROD
from tests.strongroom.documents.judge import Request, allowed, denied

FRESH = "555555555555"
CENTRAL = vaults.central(ORIGIN, CARETAKERS)
IN_UNIT = {"aws:PrincipalOrgID": ["o-exampleorg1"], "aws:PrincipalOrgPaths": [PATH]}
BELOW_UNIT = {**IN_UNIT, "aws:PrincipalOrgPaths": [f"{PATH}ou-exam-recover1/"]}
OUTSIDE = {**IN_UNIT, "aws:PrincipalOrgPaths": ["o-exampleorg1/r-exam/ou-exam-backup01/"]}


def copy_in(account: str, role: str = "strongroom-backup-prod", context: dict[str, list[str]] | None = None) -> Request:
    principal = f"arn:aws:iam::{account}:role/{role}"
    return Request(principal, "backup:CopyIntoBackupVault", context=IN_UNIT if context is None else dict(context))


def by(role: str, action: str, account: str = BACKUP) -> Request:
    return Request(f"arn:aws:iam::{account}:role/{role}", f"backup:{action}")


def test_the_source_copies_in_with_its_backup_role() -> None:
    assert allowed(CENTRAL, copy_in(PROD))


def test_a_fresh_account_of_the_unit_copies_in_with_the_same_role() -> None:
    assert allowed(CENTRAL, copy_in(FRESH))
    assert allowed(CENTRAL, copy_in(FRESH, context=BELOW_UNIT))


def test_fails_when_another_source_poses_as_this_one() -> None:
    assert not allowed(CENTRAL, copy_in(CI))


@pytest.mark.parametrize("account", [PROD, FRESH])
def test_fails_when_the_account_has_left_the_unit(account: str) -> None:
    assert not allowed(CENTRAL, copy_in(account, context=OUTSIDE))
    assert not allowed(CENTRAL, copy_in(account, context={**IN_UNIT, "aws:PrincipalOrgID": ["o-anotherorg1"]}))
    assert not allowed(CENTRAL, copy_in(account, context={}))


@pytest.mark.parametrize("account", [PROD, FRESH])
def test_fails_when_another_role_copies_in(account: str) -> None:
    assert not allowed(CENTRAL, copy_in(account, role="administrator"))
    assert not allowed(CENTRAL, copy_in(account, role="strongroom-backup-prod-2"))


@pytest.mark.parametrize("action", ["DeleteRecoveryPoint", "UpdateRecoveryPointLifecycle", "DisassociateRecoveryPoint"])
@pytest.mark.parametrize("role", ["strongroom-deploy", "strongroom-recover", "administrator"])
def test_nobody_deletes_or_shortens_a_point(action: str, role: str) -> None:
    assert denied(CENTRAL, by(role, action))
    assert denied(vaults.local(CARETAKERS), by(role, action))


@pytest.mark.parametrize(
    "action",
    [
        "PutBackupVaultAccessPolicy",
        "DeleteBackupVaultLockConfiguration",
        "PutBackupVaultLockConfiguration",
        "DeleteBackupVault",
    ],
)
def test_only_caretakers_change_the_guards(action: str) -> None:
    assert denied(CENTRAL, by("administrator", action))
    assert denied(CENTRAL, by("strongroom-operate", action))
    assert denied(CENTRAL, by("strongroom-deploy", action, account=PROD))
    assert not denied(CENTRAL, by("strongroom-deploy", action))
    assert not denied(CENTRAL, by("strongroom-recover", action))


def test_only_operate_and_recover_restore_from_a_central_vault() -> None:
    assert denied(CENTRAL, by("strongroom-deploy", "StartRestoreJob"))
    assert not denied(CENTRAL, by("strongroom-operate", "StartRestoreJob"))
    assert not denied(CENTRAL, by("strongroom-recover", "StartRestoreJob"))


def test_the_local_vault_lets_nobody_in() -> None:
    assert {statement["Effect"] for statement in vaults.local(Caretakers(PROD))["Statement"]} == {"Deny"}


LANDING = vaults.landing(BACKUP)


def test_a_recovery_s_copies_alone_land_in_a_landing_vault() -> None:
    assert allowed(LANDING, copy_in(BACKUP, "strongroom-recovery-service"))
    assert not allowed(LANDING, copy_in(BACKUP, "strongroom-backup-prod"))
    assert not allowed(LANDING, copy_in(BACKUP, "administrator"))
    assert not allowed(LANDING, copy_in(CI, "strongroom-recovery-service"))
    assert not allowed(LANDING, by("strongroom-recovery-service", "DeleteRecoveryPoint"))


def test_a_landing_vault_s_policy_names_its_actions_in_full() -> None:
    assert [statement["Action"] for statement in LANDING["Statement"]] == [["backup:CopyIntoBackupVault"]]
