from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket, trust
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_ARCHIVE = "strongroom-test-archive"


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with a versioned bucket in it and a role that may replicate."""
    client = emulator.client("s3")
    make_bucket(client)
    emulator.client("iam").create_role(RoleName="replication", AssumeRolePolicyDocument=trust("s3.amazonaws.com"))
    return client


def _configuration(**changes: object) -> dict[str, Any]:
    rule = {
        "ID": "everything",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": f"arn:aws:s3:::{_ARCHIVE}"},
    }
    return {"Role": f"arn:aws:iam::{PROD}:role/replication", "Rules": [rule | changes]}


def _refusal(s3: Any, configuration: dict[str, Any]) -> str:
    return refusal(s3.put_bucket_replication, Bucket=BUCKET, ReplicationConfiguration=configuration)


def test_a_versioned_bucket_is_replicated_to_a_versioned_one(s3: Any) -> None:
    make_bucket(s3, _ARCHIVE)
    s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=_configuration())
    assert s3.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"] == _configuration()


def test_fails_when_the_source_is_not_versioned(s3: Any) -> None:
    make_bucket(s3, _ARCHIVE)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})
    assert _refusal(s3, _configuration()) == "InvalidRequest"


def test_fails_when_the_destination_is_absent_or_not_versioned(s3: Any) -> None:
    assert _refusal(s3, _configuration()) == "InvalidRequest"
    s3.create_bucket(Bucket=_ARCHIVE, CreateBucketConfiguration={"LocationConstraint": REGION})
    assert _refusal(s3, _configuration()) == "InvalidRequest"


@pytest.mark.parametrize("missing", ["DeleteMarkerReplication", "Priority"])
def test_fails_when_a_rule_with_a_filter_lacks_what_it_must_say(s3: Any, missing: str) -> None:
    make_bucket(s3, _ARCHIVE)
    configuration = _configuration()
    del configuration["Rules"][0][missing]
    assert _refusal(s3, configuration) == "InvalidRequest"


@pytest.mark.parametrize(("priority", "refused"), [(1, True), (2, False)])
def test_rules_have_priorities_of_their_own(s3: Any, priority: int, refused: bool) -> None:
    make_bucket(s3, _ARCHIVE)
    configuration = _configuration()
    configuration["Rules"] += _configuration(ID="second", Priority=priority, Filter={"Prefix": "x/"})["Rules"]
    if refused:
        assert _refusal(s3, configuration) == "InvalidRequest"
    else:
        s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=configuration)


@pytest.mark.parametrize("retention", [{"Mode": "GOVERNANCE"}, {"Mode": "GOVERNANCE", "Days": 1, "Years": 1}])
def test_fails_when_a_default_retention_is_not_one_time(s3: Any, retention: dict[str, object]) -> None:
    lock = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}
    assert refusal(s3.put_object_lock_configuration, Bucket=BUCKET, ObjectLockConfiguration=lock) == "MalformedXML"


def test_fails_when_a_bucket_without_versioning_is_locked(s3: Any) -> None:
    s3.create_bucket(Bucket=_ARCHIVE, CreateBucketConfiguration={"LocationConstraint": REGION})
    lock = {"ObjectLockEnabled": "Enabled"}
    code = refusal(s3.put_object_lock_configuration, Bucket=_ARCHIVE, ObjectLockConfiguration=lock)
    assert code == "InvalidBucketState"


@pytest.mark.parametrize(("word", "refused"), [("Enabled", True), ("Disabled", False)])
def test_a_rule_by_tags_replicates_no_delete_markers(s3: Any, word: str, refused: bool) -> None:
    make_bucket(s3, _ARCHIVE)
    tagged = {"Filter": {"Tag": {"Key": "tier", "Value": "gold"}}, "DeleteMarkerReplication": {"Status": word}}
    if refused:
        assert _refusal(s3, _configuration(**tagged)) == "InvalidRequest"
    else:
        s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=_configuration(**tagged))


@pytest.mark.parametrize(("name", "refused"), [("everything", True), ("other", False)])
def test_rules_have_ids_of_their_own(s3: Any, name: str, refused: bool) -> None:
    make_bucket(s3, _ARCHIVE)
    configuration = _configuration()
    configuration["Rules"] += _configuration(ID=name, Priority=2)["Rules"]
    if refused:
        assert _refusal(s3, configuration) == "InvalidArgument"
    else:
        s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=configuration)


@pytest.mark.parametrize(("account", "refused"), [(None, True), (BACKUP, True), (PROD, False)])
def test_a_rule_that_changes_the_owner_names_the_owner(s3: Any, account: str | None, refused: bool) -> None:
    make_bucket(s3, _ARCHIVE)
    target = {"Bucket": f"arn:aws:s3:::{_ARCHIVE}", "AccessControlTranslation": {"Owner": "Destination"}}
    configuration = _configuration(Destination={**target, **({"Account": account} if account else {})})
    if refused:
        assert _refusal(s3, configuration) == "InvalidRequest"
    else:
        s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=configuration)


@pytest.mark.parametrize(("minutes", "code"), [(10, "InvalidArgument"), (15, None)])
def test_time_control_is_of_a_quarter_of_an_hour(s3: Any, minutes: int, code: str | None) -> None:
    make_bucket(s3, _ARCHIVE)
    timed = {
        "Bucket": f"arn:aws:s3:::{_ARCHIVE}",
        "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": minutes}},
        "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": minutes}},
    }
    if code:
        assert _refusal(s3, _configuration(Destination=timed)) == code
    else:
        s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=_configuration(Destination=timed))


def test_fails_when_time_control_has_no_metrics(s3: Any) -> None:
    make_bucket(s3, _ARCHIVE)
    timed = {
        "Bucket": f"arn:aws:s3:::{_ARCHIVE}",
        "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
    }
    assert _refusal(s3, _configuration(Destination=timed)) == "InvalidRequest"


def test_fails_when_a_locked_bucket_is_replicated_into_one_without_lock(s3: Any) -> None:
    make_bucket(s3, _ARCHIVE)
    lock = {"ObjectLockEnabled": "Enabled"}
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=lock)
    assert _refusal(s3, _configuration()) == "InvalidRequest"
    assert refusal(s3.get_bucket_replication, Bucket=BUCKET) == "ReplicationConfigurationNotFoundError"
    s3.put_object_lock_configuration(Bucket=_ARCHIVE, ObjectLockConfiguration=lock)
    s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=_configuration())


def test_fails_when_a_bucket_is_replicated_into_itself(s3: Any) -> None:
    assert _refusal(s3, _configuration(Destination={"Bucket": f"arn:aws:s3:::{BUCKET}"})) == "InvalidRequest"
