import pytest

from strongroom.documents import events


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("Backup Job State Change", "state"),
        ("Copy Job State Change", "state"),
        ("Restore Job State Change", "status"),
    ],
)
def test_a_job_says_how_it_stands_in_the_field_of_its_kind(kind: str, field: str) -> None:
    pattern = events.unsuccessful(kind)
    assert pattern.get("detail-type") == [kind]
    assert list(pattern.get("detail", {})) == [field]


@pytest.mark.parametrize("kind", list(events.FIELDS))
def test_a_success_or_a_running_job_is_no_alarm(kind: str) -> None:
    ends = {end for values in events.unsuccessful(kind).get("detail", {}).values() for end in values}
    assert "FAILED" in ends
    assert not ends & {"COMPLETED", "RUNNING", "CREATED", "PENDING"}


def test_expired_aborted_and_partial_backups_are_alarms_too() -> None:
    assert {"EXPIRED", "ABORTED", "PARTIAL"} <= set(events.FIELDS["Backup Job State Change"][1])


@pytest.mark.parametrize(
    ("source", "call"),
    [
        ("aws.backup", "DeleteBackupVaultLockConfiguration"),
        ("aws.backup", "UpdateGlobalSettings"),
        ("aws.kms", "ScheduleKeyDeletion"),
        ("aws.dynamodb", "UpdateContinuousBackups"),
        ("aws.s3", "PutBucketReplication"),
    ],
)
def test_a_call_that_weakens_a_guard_is_an_alarm(source: str, call: str) -> None:
    detail = events.guards_called(source).get("detail", {})
    assert call in detail["eventName"]
    assert detail["eventSource"] == [f"{source.removeprefix('aws.')}.amazonaws.com"]


def test_a_changed_vault_plan_or_opt_in_is_an_alarm() -> None:
    patterns = (events.vault_changed(), events.plan_changed(), events.region_settings_changed())
    assert [pattern.get("detail-type") for pattern in patterns] == [
        ["Backup Vault State Change"],
        ["Backup Plan State Change"],
        ["Region Setting State Change"],
    ]


def test_every_service_whose_calls_are_known_is_listed() -> None:
    assert events.SOURCES == ("aws.backup", "aws.dynamodb", "aws.kms", "aws.s3")
