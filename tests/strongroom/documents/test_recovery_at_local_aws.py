"""A recovery by the recover roles and service roles that bootstrap makes, and by nobody else's rights."""

import json
import time
from pathlib import Path

import pytest

from strongroom.aws.cloudformation import CloudFormation, Waiting, apply
from strongroom.aws.dynamo_table_states import DynamoTableStates
from strongroom.aws.errors import DeniedError
from strongroom.aws.jobs import JobState
from strongroom.aws.keys import KmsKeys
from strongroom.aws.landing import BackupLandingVaults
from strongroom.aws.opt_ins import BackupOptIns, OptIn
from strongroom.aws.organization import AwsOrganizations
from strongroom.aws.points import BackupPoints
from strongroom.aws.quotas import COPIES, RESTORES, ServiceQuotas
from strongroom.aws.roles import IamRoles
from strongroom.cli.exits import Exit
from strongroom.cli.main import run
from strongroom.documents import keys
from strongroom.documents.bootstrap import duties, sizes
from strongroom.documents.bootstrap.template import template
from strongroom.documents.principals import Caretakers
from strongroom.facts import arns, names
from tests.emulator_people import refuses
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import make_role
from tests.rehearsal.emulator.services.backup.backing_up import back_up, make_table
from tests.rehearsal.emulator.services.backup.copying import switch
from tests.strongroom.aws.surroundings import administrator
from tests.strongroom.documents.example import stacks
from tests.strongroom.documents.recovering import (
    CENTRAL,
    FRESH,
    LANDING,
    POINTER,
    TABLE,
    TAGS,
    Operator,
    archive,
    bootstrap,
    central_vault,
    config_file,
    recover_role,
    settings,
)

pytestmark = pytest.mark.emulator


@pytest.fixture
def operator(emulator: Emulator) -> Operator:
    make_table(emulator, TABLE)
    make_role(emulator, "strongroom-backup-prod")
    local, role = emulator.client("backup"), arns.role(PROD, names.backup_role("prod"))
    local.create_backup_vault(BackupVaultName="strongroom-prod")
    where = {"BackupVaultName": "strongroom-prod", "ResourceArn": arns.table(REGION, PROD, TABLE), "IamRoleArn": role}
    point = back_up(local, **where)["RecoveryPointArn"]
    stack = settings()
    for account in (duties.account(FRESH, [stack]), duties.account(BACKUP, [*stacks(), stack])):
        bootstrap(emulator, account)
    switch(emulator, "true")
    central_vault(emulator)
    into = arns.vault(REGION, BACKUP, CENTRAL)
    copied = local.start_copy_job(
        RecoveryPointArn=point,
        SourceBackupVaultName="strongroom-prod",
        DestinationBackupVaultArn=into,
        IamRoleArn=role,
        Lifecycle={"DeleteAfterDays": 35},
    )
    assert local.describe_copy_job(CopyJobId=copied["CopyJobId"])["CopyJob"]["State"] == "COMPLETED"
    central = next(one for one in stacks() if one.environment == "backup")
    fresh, backup = recover_role(emulator, FRESH, stack), recover_role(emulator, BACKUP, central)
    return Operator(emulator, fresh, backup)


def test_a_table_comes_back_by_the_roles_of_bootstrap_alone_and_what_was_made_for_it_goes(operator: Operator) -> None:
    key = operator.land()
    copied = operator.copy()
    assert (copied.state, copied.message) == (JobState.COMPLETED, None)
    restored = operator.restore()
    assert (restored.state, restored.message) == (JobState.COMPLETED, None)
    states = DynamoTableStates(operator.client("dynamodb"))
    found = states.state(TABLE)
    assert found
    states.tag(found.arn, TAGS)
    states.set_pitr(TABLE, 35)
    states.protect(TABLE, on=True)
    assert len(operator.client("dynamodb").scan(TableName=TABLE)["Items"]) == 3
    BackupPoints(operator.client("backup")).delete(LANDING, operator.landed().arn)
    BackupLandingVaults(operator.client("backup")).delete(LANDING)
    assert KmsKeys(operator.client("kms")).schedule_deletion(key, 7)


def test_a_restored_table_is_not_deleted_by_who_recovers(operator: Operator) -> None:
    operator.land()
    operator.copy()
    operator.restore()
    states = DynamoTableStates(operator.client("dynamodb"))
    found = states.state(TABLE)
    assert found
    states.tag(found.arn, TAGS)
    with pytest.raises(DeniedError):
        states.delete(TABLE)


def test_a_key_without_the_tags_of_a_run_is_not_made(operator: Operator) -> None:
    policy = keys.landing(keys.Place(REGION, Caretakers(FRESH)), BACKUP)
    with pytest.raises(DeniedError):
        KmsKeys(operator.client("kms")).create(policy, "landing", {names.TAG_ENVIRONMENT: "prod"})


def test_a_copy_out_of_the_unit_of_the_sources_fails(operator: Operator, emulator: Emulator) -> None:
    operator.land()
    parents = emulator.client("organizations", account=MANAGEMENT)
    parent = parents.list_parents(ChildId=FRESH)["Parents"][0]["Id"]
    parents.move_account(AccountId=FRESH, SourceParentId=parent, DestinationParentId="ou-exam-backup01")
    assert operator.copy().state is JobState.FAILED


def test_who_recovers_cannot_give_the_role_of_aws_backup_more_rights(operator: Operator) -> None:
    with refuses("AccessDenied"):
        operator.client("iam").attach_role_policy(
            RoleName=names.ROLE_RECOVERY_SERVICE, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"
        )


def test_the_doctor_s_doors_are_open_to_the_recover_roles(operator: Operator) -> None:
    for client, account in ((operator.client, FRESH), (operator.backup_client, BACKUP)):
        switches = BackupOptIns(client("backup"))
        assert switches.across_accounts()
        assert switches.tables() == OptIn(protects=True, manages=True)
        organizations = AwsOrganizations(client("organizations"))
        assert (organizations.id(), organizations.path(FRESH)) == ("o-exampleorg1", None)
        quotas = ServiceQuotas(client("service-quotas"))
        assert (quotas.copies(), quotas.restores(), quotas.tables()) == (COPIES, RESTORES, 2500)
        roles = IamRoles(client("iam"))
        for name in (names.ROLE_RECOVER, names.ROLE_RECOVERY_SERVICE, "AWSServiceRoleForBackup"):
            assert roles.role(name), (account, name)
        assert roles.policy(arns.policy(account, "strongroom-recover-account"))


def test_the_doctor_finds_nothing_in_accounts_that_are_ready_and_one_thing_where_one_is_missing(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(operator.emulator)
    central_vault(operator.emulator, "weekly", (90, 366))
    administrator(monkeypatch, operator.emulator, FRESH)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config_file(operator, tmp_path)))
    assert run(["doctor", "prod", "--json"]) is Exit.OK
    found = json.loads(capsys.readouterr().out)
    assert ([one["check"] for one in found["findings"]], found["unchecked"]) == (["unit"], [])
    switch(operator.emulator, "false")
    assert run(["doctor", "prod"]) is Exit.FAILED
    assert "\n  fix:   aws backup update-global-settings --global-settings" in capsys.readouterr().out


def test_what_the_doctor_looks_for_may_be_absent(emulator: Emulator) -> None:
    stack = settings()
    account = duties.account(FRESH, [stack])
    door = CloudFormation(emulator.client("cloudformation", account=FRESH))
    apply(
        door,
        names.BOOTSTRAP_STACK,
        sizes.text(template(account)),
        Waiting(time.monotonic, time.sleep, lambda _: None, seconds=30),
    )
    client = emulator.client_with(recover_role(emulator, FRESH, stack), "iam")
    assert IamRoles(client).role("AWSServiceRoleForBackup") is None
    client.create_service_linked_role(AWSServiceName="backup.amazonaws.com")
    assert IamRoles(client).role("AWSServiceRoleForBackup")


def test_a_pointer_is_kept_under_its_environment_alone(operator: Operator) -> None:
    ssm = operator.client("ssm")
    ssm.put_parameter(Name=POINTER, Value=TABLE, Type="String")
    ssm.put_parameter(Name=POINTER, Value=f"{TABLE}-2", Type="String", Overwrite=True)
    assert [one["Value"] for one in ssm.get_parameters(Names=[POINTER])["Parameters"]] == [f"{TABLE}-2"]
    with refuses("AccessDeniedException"):
        ssm.put_parameter(Name=names.table_pointer("ci", TABLE), Value=TABLE, Type="String")
