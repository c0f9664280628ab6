"""The doors of a recovery against the local AWS: out of the backup account, into a fresh one, and away again."""

import json
from dataclasses import dataclass
from typing import Final

import pytest

from strongroom.aws.copies import BackupCopies, Copy
from strongroom.aws.dynamo_table_states import DynamoTableStates
from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.jobs import JobState
from strongroom.aws.keys import KmsKeys
from strongroom.aws.landing import BackupLandingVaults
from strongroom.aws.points import BackupPoints, Point
from strongroom.aws.restores import BackupRestores, Restore
from strongroom.aws.tables import DynamoTables, Segment
from strongroom.documents.policy import Document, Statement, document
from strongroom.facts import names
from tests.emulator_process import BACKUP, CI, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, vault_arn
from tests.rehearsal.emulator.services.backup.copying import CENTRAL, RESTORES, make_pair, order, takes

pytestmark = pytest.mark.emulator

LANDING: Final = names.landing_vault("prod", "abcd1234")
TAGS: Final = {names.TAG_RUN: "abcd1234"}
SERVICE: Final = "recovery-service"
COPIES: Final = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"


@dataclass
class Recovery:
    """A central point, a fresh account with a landing vault, and the doors between them."""

    emulator: Emulator
    point: Point
    key: str
    copies: BackupCopies
    landing: BackupLandingVaults
    keys: KmsKeys
    points: BackupPoints
    restores: BackupRestores
    states: DynamoTableStates

    def copy(self, number: int = 1, days: int | None = None) -> Copy:
        return Copy(self.point.arn, CENTRAL, vault_arn(LANDING, CI), role(BACKUP), f"t-{number}", days)

    def landed(self) -> Point:
        """Copy the point and return what landed."""
        self.copies.start(self.copy(2))
        (found,) = self.points.in_vault(LANDING)
        return found


def role(account: str) -> str:
    return f"arn:aws:iam::{account}:role/{SERVICE}"


def make_service_role(emulator: Emulator, account: str) -> None:
    """Make a role that AWS Backup takes for copies and for restores."""
    iam = emulator.client("iam", account=account)
    statement = {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.create_role(RoleName=SERVICE, AssumeRolePolicyDocument=trust)
    for policy in (COPIES, RESTORES):
        iam.attach_role_policy(RoleName=SERVICE, PolicyArn=policy)


def let(account: str, *actions: str) -> Statement:
    """A statement that lets an account do something."""
    root = f"arn:aws:iam::{account}:root"
    return {
        "Sid": f"Let{account}",
        "Effect": "Allow",
        "Principal": {"AWS": root},
        "Action": list(actions),
        "Resource": "*",
    }


def own_key(account: str) -> Document:
    """A key of an account that the backup account's copies may lie under."""
    use = ("kms:DescribeKey", "kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:CreateGrant")
    return document(let(account, "kms:*"), let(BACKUP, *use))


@pytest.fixture
def recovery(emulator: Emulator) -> Recovery:
    """The backup account holds a copy of prod's point; ci stands for the fresh account."""
    source = emulator.client("backup")
    source.create_backup_vault(BackupVaultName=VAULT)
    make_pair(emulator, source).copy()
    for account in (BACKUP, CI):
        make_service_role(emulator, account)
    emulator.client("iam", account=CI).create_service_linked_role(AWSServiceName="backup.amazonaws.com")
    central, fresh = emulator.client("backup", account=BACKUP), emulator.client("backup", account=CI)
    keys, landing = KmsKeys(emulator.client("kms", account=CI)), BackupLandingVaults(fresh)
    key = keys.create(own_key(CI), "landing", TAGS)
    landing.create(LANDING, key, TAGS, "vault-token")
    landing.put_policy(LANDING, document(let(BACKUP, "backup:CopyIntoBackupVault")))
    (point,) = BackupPoints(central).in_vault(CENTRAL)
    states = DynamoTableStates(emulator.client("dynamodb", account=CI))
    return Recovery(
        emulator,
        point,
        key,
        BackupCopies(central),
        landing,
        keys,
        BackupPoints(fresh),
        BackupRestores(fresh),
        states,
    )


def test_a_point_is_copied_into_the_fresh_account_and_takes_its_time(recovery: Recovery) -> None:
    takes(recovery.emulator, "copy", 600)
    id_ = recovery.copies.start(recovery.copy(days=30))
    assert (recovery.copies.job(id_).state, recovery.points.in_vault(LANDING)) == (JobState.RUNNING, [])
    recovery.emulator.advance(601)
    job = recovery.copies.job(id_)
    assert (job.state, job.message) == (JobState.COMPLETED, None)
    assert job.ended
    (landed,) = recovery.points.in_vault(LANDING)
    assert (landed.arn, landed.created, landed.table) == (job.made, recovery.point.created, "receipts")
    assert (landed.days, landed.status, landed.key_arn) == (30, "COMPLETED", recovery.key)
    found = recovery.points.point(LANDING, landed.arn)
    assert found
    assert found.storage_class == "WARM"


def test_the_same_token_is_the_same_copy_and_never_another_one(recovery: Recovery) -> None:
    takes(recovery.emulator, "copy", 600)
    assert recovery.copies.start(recovery.copy()) == recovery.copies.start(recovery.copy())
    with pytest.raises(FailedError, match=r"starting the copy of .*: InvalidParameterValueException"):
        recovery.copies.start(recovery.copy(days=9))
    recovery.emulator.advance(601)
    assert len(recovery.points.in_vault(LANDING)) == 1


@pytest.mark.parametrize("ends", ["FAILED", "PARTIAL"])
def test_a_copy_that_ends_otherwise_says_so(recovery: Recovery, ends: str) -> None:
    order(recovery.emulator, "copy", ends, message="as ordered")
    job = recovery.copies.job(recovery.copies.start(recovery.copy()))
    assert (job.state, job.message) == (JobState(ends), "as ordered")


def test_a_restore_makes_a_bare_table_with_every_item(recovery: Recovery) -> None:
    landed = recovery.landed()
    takes(recovery.emulator, "restore", 600)
    asked = Restore(landed.arn, "receipts", role(CI), "t-1")
    id_ = recovery.restores.start(asked)
    assert recovery.restores.start(asked) == id_
    with pytest.raises(FailedError, match=r"starting the restore of .*: InvalidParameterValueException"):
        recovery.restores.start(Restore(landed.arn, "other", role(CI), "t-1"))
    assert recovery.restores.job(id_).state is JobState.RUNNING
    recovery.emulator.advance(601)
    job, state = recovery.restores.job(id_), recovery.states.state("receipts")
    assert state
    assert (job.state, job.made, state.status) == (JobState.COMPLETED, state.arn, "ACTIVE")
    assert (state.pitr_days, state.ttl_attribute, state.stream, dict(state.tags)) == (None, None, None, {})
    assert (state.deletion_protection, state.kms_key_arn) == (False, None)
    assert [(part.name, part.kind, part.type) for part in state.keys] == [("id", "HASH", "S")]
    items = DynamoTables(recovery.emulator.client("dynamodb", account=CI)).page(Segment("receipts"), None).items
    assert len(items) == 3


def test_a_table_may_be_restored_under_a_key_of_the_account(recovery: Recovery) -> None:
    own = recovery.keys.create(own_key(CI), "tables", {})
    id_ = recovery.restores.start(Restore(recovery.landed().arn, "receipts", role(CI), "t-1", own))
    assert recovery.restores.job(id_).state is JobState.COMPLETED
    state = recovery.states.state("receipts")
    assert state
    assert state.kms_key_arn == own


def test_a_restore_over_a_table_fails_in_its_job(recovery: Recovery) -> None:
    landed = recovery.landed()
    recovery.restores.start(Restore(landed.arn, "receipts", role(CI), "t-1"))
    job = recovery.restores.job(recovery.restores.start(Restore(landed.arn, "receipts", role(CI), "t-2")))
    assert job.state is JobState.FAILED
    assert job.message


def test_what_is_not_there_is_told_as_such(recovery: Recovery) -> None:
    with pytest.raises(NotThereError, match="listing the recovery points of vault nowhere"):
        recovery.points.in_vault("nowhere")
    assert recovery.points.point(LANDING, recovery.point.arn.replace(BACKUP, CI)) is None
    for look in (recovery.copies.job, recovery.restores.job):
        with pytest.raises(NotThereError):
            look("00000000-0000-0000-0000-000000000000")


def test_a_landing_vault_is_made_once_and_never_taken_from_somebody_else(recovery: Recovery) -> None:
    assert recovery.landing.create(LANDING, recovery.key, TAGS, "vault-token") == vault_arn(LANDING, CI)
    assert recovery.landing.create(LANDING, recovery.key, TAGS, "another-token") == vault_arn(LANDING, CI)
    with pytest.raises(FailedError, match="exists and was not made by this run"):
        recovery.landing.create(LANDING, recovery.key, {names.TAG_RUN: "other"}, "other-token")
    assert recovery.landing.tags(LANDING) == TAGS


def test_a_run_takes_away_what_it_made(recovery: Recovery) -> None:
    landed = recovery.landed()
    with pytest.raises(FailedError, match=f"deleting vault {LANDING}: "):
        recovery.landing.delete(LANDING)
    for _ in range(2):
        recovery.points.delete(LANDING, landed.arn)
        assert recovery.points.point(LANDING, landed.arn) is None
    for _ in range(2):
        recovery.landing.delete(LANDING)
        assert recovery.landing.tags(LANDING) is None
    assert recovery.keys.find(TAGS) == [recovery.key]
    due = recovery.keys.schedule_deletion(recovery.key, 7)
    assert recovery.keys.schedule_deletion(recovery.key, 30) == due
    assert (recovery.keys.find(TAGS), recovery.keys.tags(recovery.key)) == ([], TAGS)


def test_keys_are_found_by_all_their_tags(recovery: Recovery) -> None:
    other = recovery.keys.create(own_key(CI), "other", {**TAGS, "purpose": "other"})
    assert set(recovery.keys.find(TAGS)) == {recovery.key, other}
    assert recovery.keys.find({**TAGS, "purpose": "other"}) == [other]
    assert recovery.keys.find({names.TAG_RUN: "else"}) == []
    assert recovery.keys.tags("00000000-0000-0000-0000-000000000000") is None
