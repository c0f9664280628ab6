"""Tables, their exports and their settings against the local AWS."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from strongroom.aws.dynamo_table_states import DynamoTableStates
from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.exports import DynamoExports
from strongroom.aws.table_state import TableState
from strongroom.config.tables import StreamView
from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.dynamodb.exporting import BUCKET, export, make_bucket
from tests.rehearsal.emulator.services.dynamodb.holding import ARN, advance, held, item, put

pytestmark = pytest.mark.emulator

MINUTES = timedelta(minutes=10)


@dataclass
class Account:
    """Prod with the table `receipts`."""

    emulator: Emulator
    states: DynamoTableStates

    def state(self, table: str = "receipts") -> TableState:
        found = self.states.state(table)
        assert found
        return found

    def put(self, name: str) -> None:
        put(self.emulator.client("dynamodb"), item(name))

    def held(self, table: str) -> set[str]:
        return set(held(self.emulator.client("dynamodb"), table))


@pytest.fixture
def account(emulator: Emulator) -> Account:
    """Prod with one table."""
    emulator.client("dynamodb").create_table(**TABLE)
    return Account(emulator, DynamoTableStates(emulator.client("dynamodb")))


def test_a_new_table_has_no_settings(account: Account) -> None:
    found = account.state()
    assert (found.name, found.arn, found.status) == ("receipts", ARN, "ACTIVE")
    assert (found.ttl_attribute, found.pitr_days, found.stream, found.kms_key_arn) == (None, None, None, None)
    assert (found.deletion_protection, dict(found.tags)) == (False, {})
    assert account.states.names() == ["receipts"]


def test_every_setting_is_set_and_read_back(account: Account) -> None:
    states = account.states
    states.set_ttl("receipts", "expires", on=True)
    states.set_pitr("receipts", 7)
    states.protect("receipts", on=True)
    states.set_stream("receipts", StreamView.NEW_AND_OLD_IMAGES)
    states.tag(ARN, {"owner": "platform", "old": "yes"})
    states.untag(ARN, ["old"])
    found = account.state()
    assert (found.ttl_attribute, found.pitr_days, found.deletion_protection) == ("expires", 7, True)
    assert (found.stream, dict(found.tags)) == (StreamView.NEW_AND_OLD_IMAGES, {"owner": "platform"})


def test_every_setting_is_taken_back(account: Account) -> None:
    states = account.states
    states.set_ttl("receipts", "expires", on=True)
    states.protect("receipts", on=True)
    states.set_stream("receipts", StreamView.KEYS_ONLY)
    advance(account.emulator, timedelta(hours=2))
    states.set_ttl("receipts", "expires", on=False)
    states.protect("receipts", on=False)
    states.set_stream("receipts", None)
    advance(account.emulator, timedelta(hours=2))
    found = account.state()
    assert (found.ttl_attribute, found.ttl_changing, found.deletion_protection, found.stream) == (
        None,
        False,
        False,
        None,
    )


def test_a_protected_table_is_not_deleted(account: Account) -> None:
    account.states.protect("receipts", on=True)
    with pytest.raises(FailedError, match="deleting table receipts: ValidationException"):
        account.states.delete("receipts")
    account.states.protect("receipts", on=False)
    for _ in range(2):
        account.states.delete("receipts")
    assert (account.states.state("receipts"), account.states.names()) == (None, [])


def test_a_table_without_recovery_in_time_has_no_window(account: Account) -> None:
    assert account.states.pitr_window("receipts") is None
    with pytest.raises(FailedError, match="PointInTimeRecoveryUnavailableException"):
        account.states.restore_to("receipts", "restored", None, None)
    with pytest.raises(NotThereError, match="reading the point-in-time recovery of table nothing"):
        account.states.pitr_window("nothing")


def test_the_window_opens_at_the_switch_and_ends_five_minutes_ago(account: Account) -> None:
    account.states.set_pitr("receipts", 7)
    advance(account.emulator, timedelta(days=30))
    found = account.states.pitr_window("receipts")
    assert found
    assert abs(found.latest - (account.emulator.now() - timedelta(minutes=5))) < timedelta(seconds=60)
    assert found.latest - found.earliest == timedelta(days=7) - timedelta(minutes=5)


def test_a_table_is_restored_as_it_was_at_an_instant_and_as_it_is(account: Account) -> None:
    account.states.set_pitr("receipts", 35)
    account.put("first")
    advance(account.emulator, MINUTES)
    then = account.emulator.now().replace(microsecond=0)
    advance(account.emulator, MINUTES)
    account.put("second")
    advance(account.emulator, MINUTES)
    account.states.restore_to("receipts", "then", then, None)
    account.states.restore_to("receipts", "latest", None, None)
    advance(account.emulator, timedelta(hours=1))
    assert (account.held("then"), account.held("latest")) == ({"first"}, {"first", "second"})
    assert (account.state("then").pitr_days, account.state("then").kms_key_arn) == (None, None)


def test_an_instant_outside_of_the_window_and_a_name_that_is_taken_are_refused(account: Account) -> None:
    account.states.set_pitr("receipts", 7)
    advance(account.emulator, timedelta(hours=1))
    window = account.states.pitr_window("receipts")
    assert window
    for at in (window.earliest - timedelta(hours=1), window.latest + timedelta(minutes=2)):
        with pytest.raises(FailedError, match="restoring table receipts to table restored: InvalidRestoreTime"):
            account.states.restore_to("receipts", "restored", at, None)
    with pytest.raises(FailedError, match="TableAlreadyExistsException"):
        account.states.restore_to("receipts", "receipts", window.latest, None)


def test_a_table_that_is_being_made_tells_only_what_dynamodb_tells(account: Account) -> None:
    account.states.set_pitr("receipts", 7)
    advance(account.emulator, MINUTES)
    account.emulator.control("PUT", "durations", {"pitr": {"seconds": 600}})
    account.states.restore_to("receipts", "restored", None, None)
    found = account.state("restored")
    assert (found.status, found.pitr_days, dict(found.tags)) == ("CREATING", None, {})


def test_the_newest_full_export_is_found(account: Account, emulator: Emulator) -> None:
    account.states.set_pitr("receipts", 7)
    make_bucket(emulator, PROD)
    exports, dynamodb = DynamoExports(emulator.client("dynamodb")), emulator.client("dynamodb")
    assert exports.newest(ARN) is None
    account.put("first")
    advance(emulator, MINUTES)
    export(dynamodb, S3Prefix="daily")
    advance(emulator, MINUTES)
    last = export(dynamodb, S3Prefix="daily")
    found = exports.newest(ARN)
    assert found
    assert (found.arn, found.at, found.items) == (last["ExportArn"], last["ExportTime"], last["ItemCount"])
    assert (found.bucket, found.prefix, found.filtered) == (BUCKET, "daily", False)
    assert found.manifest == last["ExportManifest"]
