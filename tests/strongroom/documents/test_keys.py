from collections.abc import Mapping

import pytest

from strongroom.documents import keys
from strongroom.documents.policy import Document
from tests.strongroom.documents.example import (
    BACKUP,
    CARETAKERS,
    CI,
    ORIGIN,
    PATH,
    PIPELINE,
    PLACE,
    PROD,
    REGION,
    caller_in,
)
from tests.strongroom.documents.judge import Request, allowed, denied

SERVICE_ROLE = "aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
IN_UNIT = {"aws:PrincipalOrgID": ["o-exampleorg1"], "aws:PrincipalOrgPaths": [PATH]}
FOR_BACKUP: dict[str, str | list[str]] = {
    "kms:GrantIsForAWSResource": "true",
    "kms:ViaService": "backup.eu-west-2.amazonaws.com",
}
CENTRAL = keys.central_vault(PLACE, ORIGIN)
LOCAL = keys.local_vault(keys.Place(REGION, keys.Caretakers(PROD)), "prod", BACKUP)
ARCHIVE = keys.archive(PLACE, ORIGIN, "archive")
STATE = keys.state(REGION, PIPELINE, ["prod", "ci"])
OF_STACKS = {
    "central": CENTRAL,
    "archive": ARCHIVE,
    "exports": keys.exports(PLACE),
    "alarms": keys.alarms(PLACE),
    "local": keys.local_vault(PLACE, "prod", BACKUP),
}


def by(account: str, role: str, action: str, context: Mapping[str, str | list[str]] | None = None) -> Request:
    return Request(f"arn:aws:iam::{account}:role/{role}", f"kms:{action}", context=context or {})


@pytest.mark.parametrize("account", [PROD, "555555555555"])
@pytest.mark.parametrize("role", ["strongroom-backup-prod", SERVICE_ROLE])
def test_a_source_and_a_fresh_account_of_its_unit_use_the_central_key(account: str, role: str) -> None:
    assert allowed(CENTRAL, by(account, role, "GenerateDataKey", IN_UNIT))
    assert allowed(CENTRAL, by(account, role, "CreateGrant", {**IN_UNIT, **FOR_BACKUP}))


@pytest.mark.parametrize("account", [CI, "555555555555"])
def test_fails_when_an_account_outside_or_another_source_uses_the_central_key(account: str) -> None:
    context = IN_UNIT if account == CI else caller_in("o-other/r-oth/")
    assert not allowed(CENTRAL, by(account, "strongroom-backup-prod", "Decrypt", context))


def test_a_grant_is_made_for_aws_backup_alone() -> None:
    own = (BACKUP, SERVICE_ROLE, "CreateGrant")
    assert allowed(CENTRAL, by(*own, FOR_BACKUP))
    assert not allowed(CENTRAL, by(*own, {**FOR_BACKUP, "kms:GrantIsForAWSResource": "false"}))
    assert not allowed(CENTRAL, by(*own, {**FOR_BACKUP, "kms:ViaService": "ec2.eu-west-2.amazonaws.com"}))
    assert not allowed(CENTRAL, by(PROD, "strongroom-backup-prod", "CreateGrant", IN_UNIT))


def test_aws_backup_of_the_backup_account_reads_local_points() -> None:
    assert allowed(LOCAL, by(BACKUP, SERVICE_ROLE, "Decrypt"))
    assert not allowed(LOCAL, by(BACKUP, "administrator", "Decrypt"))
    assert not allowed(LOCAL, by(CI, SERVICE_ROLE, "Decrypt"))


@pytest.mark.parametrize("policy", OF_STACKS.values(), ids=list(OF_STACKS))
def test_the_account_can_never_be_locked_out(policy: Document) -> None:
    administered = [s for s in policy["Statement"] if s["Sid"] == "AdministeredByTheAccount"]
    assert administered[0].get("Principal") == {"AWS": f"arn:aws:iam::{BACKUP}:root"}
    assert {"kms:PutKeyPolicy", "kms:DescribeKey"} <= set(administered[0]["Action"])
    assert not denied(policy, by(BACKUP, "strongroom-recover", "PutKeyPolicy"))


@pytest.mark.parametrize("policy", OF_STACKS.values(), ids=list(OF_STACKS))
@pytest.mark.parametrize("action", ["ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy"])
def test_only_caretakers_change_or_destroy_a_key(policy: Document, action: str) -> None:
    assert denied(policy, by(BACKUP, "administrator", action))
    assert denied(policy, Request(f"arn:aws:iam::{BACKUP}:root", f"kms:{action}"))
    assert not denied(policy, by(BACKUP, "strongroom-deploy", action))


def test_the_pipeline_keeps_a_key_by_the_key_s_own_word_but_cannot_destroy_it_by_it() -> None:
    own = [s for s in CENTRAL["Statement"] if s["Sid"] == "AdministeredByThePipeline"]
    assert allowed({"Version": "2012-10-17", "Statement": own}, by(BACKUP, "strongroom-deploy", "EnableKeyRotation"))
    assert not allowed(
        {"Version": "2012-10-17", "Statement": own}, by(BACKUP, "strongroom-operate", "EnableKeyRotation")
    )
    assert not allowed({"Version": "2012-10-17", "Statement": own}, by(PROD, "strongroom-deploy", "EnableKeyRotation"))
    assert not {"kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:Decrypt"} & set(own[0]["Action"])


def test_replicas_are_sealed_through_s3_and_for_the_archive_alone() -> None:
    context: dict[str, str | list[str]] = {
        **IN_UNIT,
        "kms:ViaService": "s3.eu-west-2.amazonaws.com",
        "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::archive",
    }
    role = (PROD, "strongroom-replication-prod", "GenerateDataKey")
    assert allowed(ARCHIVE, by(*role, context))
    assert allowed(ARCHIVE, by(*role, {**context, "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::archive/a"}))
    assert not allowed(ARCHIVE, by(*role, {**context, "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::archive-2"}))
    assert not allowed(ARCHIVE, by(*role, {**context, "kms:ViaService": "backup.eu-west-2.amazonaws.com"}))
    assert not allowed(ARCHIVE, by(CI, "strongroom-replication-prod", "GenerateDataKey", context))


def test_messages_of_other_accounts_services_are_not_sealed_but_eventbridge_s_are() -> None:
    policy = keys.alarms(PLACE)
    own = {"aws:SourceAccount": BACKUP}
    assert allowed(policy, Request("cloudwatch.amazonaws.com", "kms:GenerateDataKey", context=own))
    assert not allowed(policy, Request("cloudwatch.amazonaws.com", "kms:GenerateDataKey"))
    assert not allowed(policy, Request("s3.amazonaws.com", "kms:Decrypt", context={"aws:SourceAccount": PROD}))
    assert allowed(policy, Request("events.amazonaws.com", "kms:GenerateDataKey"))


def test_a_stack_opens_its_own_secrets_alone() -> None:
    mine = {"kms:EncryptionContext:stack": "prod"}
    assert allowed(STATE, by(PIPELINE, "strongroom-state-prod", "Decrypt", mine))
    assert not allowed(STATE, by(PIPELINE, "strongroom-state-ci", "Decrypt", mine))
    assert not allowed(STATE, by(PIPELINE, "strongroom-state-prod", "Decrypt"))


def test_nobody_destroys_the_state_key_but_its_policy_can_be_changed() -> None:
    assert denied(STATE, by(PIPELINE, "administrator", "ScheduleKeyDeletion"))
    assert allowed(STATE, by(PIPELINE, "administrator", "PutKeyPolicy"))


@pytest.mark.parametrize("policy", OF_STACKS.values(), ids=list(OF_STACKS))
def test_no_other_account_gets_every_right(policy: Document) -> None:
    assert not any("kms:*" in statement["Action"] for statement in policy["Statement"])


def test_a_provisioner_is_a_caretaker_where_it_is_named() -> None:
    place = keys.Place(REGION, keys.Caretakers(BACKUP, ("strongroom-provisioner-ci",)))
    assert not denied(keys.archive(place, ORIGIN, "a"), by(BACKUP, "strongroom-provisioner-ci", "PutKeyPolicy"))
    assert denied(ARCHIVE, by(BACKUP, "strongroom-provisioner-ci", "PutKeyPolicy"))
    assert CARETAKERS.provisioners == ()


FRESH = "555555555555"
LANDING = keys.landing(keys.Place(REGION, keys.Caretakers(FRESH)), BACKUP)
SERVICE = "strongroom-recovery-service"


def test_the_backup_account_copies_out_of_a_central_vault_with_the_role_of_recoveries() -> None:
    assert allowed(CENTRAL, by(BACKUP, SERVICE, "Decrypt"))
    assert allowed(CENTRAL, by(BACKUP, SERVICE, "CreateGrant", FOR_BACKUP))
    assert not allowed(CENTRAL, by(BACKUP, SERVICE, "CreateGrant", {"kms:GrantIsForAWSResource": "false"}))
    assert not allowed(CENTRAL, by(PROD, SERVICE, "Decrypt", IN_UNIT))
    assert not allowed(CENTRAL, by(BACKUP, "strongroom-backup-prod", "Decrypt"))


@pytest.mark.parametrize(
    ("account", "role"),
    [(BACKUP, SERVICE), (BACKUP, SERVICE_ROLE), (FRESH, SERVICE), (FRESH, SERVICE_ROLE)],
)
def test_a_landing_key_seals_copies_and_opens_them_for_the_restore(account: str, role: str) -> None:
    assert all(allowed(LANDING, by(account, role, action)) for action in ("GenerateDataKey", "Decrypt", "DescribeKey"))
    assert allowed(LANDING, by(account, role, "CreateGrant", FOR_BACKUP))
    assert not allowed(LANDING, by(account, role, "ScheduleKeyDeletion"))


@pytest.mark.parametrize("account", [CI, PROD])
def test_a_landing_key_is_shut_to_everybody_else(account: str) -> None:
    assert not allowed(LANDING, by(account, SERVICE, "Decrypt", IN_UNIT))
    assert not allowed(LANDING, by(BACKUP, "administrator", "Decrypt"))


def test_the_recover_role_takes_a_landing_key_away_and_does_not_use_it() -> None:
    assert allowed(LANDING, by(FRESH, "strongroom-recover", "ScheduleKeyDeletion"))
    assert not denied(LANDING, by(FRESH, "strongroom-recover", "ScheduleKeyDeletion"))
    assert denied(LANDING, by(FRESH, "administrator", "ScheduleKeyDeletion"))
    assert not allowed(LANDING, by(BACKUP, "strongroom-recover", "ScheduleKeyDeletion"))
    assert not allowed(LANDING, by(FRESH, "strongroom-recover", "Decrypt"))


def test_the_role_of_recoveries_reads_local_points() -> None:
    assert allowed(LOCAL, by(PROD, SERVICE, "Decrypt"))
    assert not allowed(LOCAL, by(BACKUP, SERVICE, "Decrypt"))
