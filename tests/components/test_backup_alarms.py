import json
from typing import Any

import pytest

from components.backup_alarms import BackupAlarms, BackupAlarmsArgs
from strongroom.documents import events
from tests.recorder import Recording, record, run

ARGS: BackupAlarmsArgs = {
    "environment": "prod",
    "region": "eu-west-2",
    "account_id": "111111111111",
    "emails": ["operations@example.com", "night@example.com"],
    "vault_name": "strongroom-prod",
    "copy_vault_names": {"daily": "strongroom-prod-daily-35-90"},
    "exports_bucket": "exports",
    "archive_bucket": "archive",
    "max_age_hours": {"local": 39, "daily": 39, "monthly": 759},
    "max_pitr_lag_minutes": 15,
}
TOPIC = "alarms-topic-arn"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


def alarms(args: BackupAlarmsArgs = ARGS) -> Recording:
    return run(lambda: BackupAlarms("alarms", args))


def refused(args: BackupAlarmsArgs, sentence: str) -> None:
    seen = Recording()
    with pytest.raises(ValueError, match=sentence):
        record(lambda: BackupAlarms("alarms", args), seen)
    assert not seen.resources


def test_every_address_is_subscribed() -> None:
    seen = alarms()
    assert [one.inputs["endpoint"] for one in seen.of("aws:sns/topicSubscription:TopicSubscription")] == [
        "operations@example.com",
        "night@example.com",
    ]


def test_the_topic_lies_under_a_key_that_its_senders_may_use() -> None:
    seen = alarms()
    assert seen["alarms-topic"].inputs["kmsMasterKeyId"] == "alarms-key-arn"
    policy = seen["alarms-key"].inputs["policy"]
    assert all(f"{sender}.amazonaws.com" in policy for sender in ("cloudwatch", "events", "backup", "s3"))


def test_the_topics_policy_names_the_topic_itself() -> None:
    statements = json.loads(alarms()["alarms-topic-policy"].inputs["policy"])["Statement"]
    assert {one["Resource"] for one in statements} == {"arn:aws:sns:eu-west-2:111111111111:strongroom-prod-alarms"}


def test_every_rule_and_alarm_sends_to_the_topic_once_it_is_open() -> None:
    seen = alarms()
    opened = seen["alarms-topic-policy"].urn
    targets, metrics = seen.of("aws:cloudwatch/eventTarget:EventTarget"), seen.of(ALARM)
    assert all(one.inputs["arn"] == TOPIC for one in targets)
    assert all(one.inputs["alarmActions"] == one.inputs["okActions"] == [TOPIC] for one in metrics)
    assert all(opened in one.depends_on for one in (*targets, *metrics))


def test_each_rule_has_its_target() -> None:
    seen = alarms()
    rules = {one.name for one in seen.of("aws:cloudwatch/eventRule:EventRule")}
    assert {f"{rule}-target" for rule in rules} == {
        one.name for one in seen.of("aws:cloudwatch/eventTarget:EventTarget")
    }


@pytest.mark.parametrize("kind", events.FIELDS)
def test_every_end_of_a_job_that_is_no_success_is_an_event(kind: str) -> None:
    patterns = [json.loads(one.inputs["eventPattern"]) for one in alarms().of("aws:cloudwatch/eventRule:EventRule")]
    field, ends = events.FIELDS[kind]
    (pattern,) = [one for one in patterns if one["detail-type"] == [kind]]
    assert pattern["detail"] == {field: list(ends)}


@pytest.mark.parametrize("source", events.SOURCES)
def test_calls_that_weaken_a_guard_are_events(source: str) -> None:
    patterns = [one.inputs["eventPattern"] for one in alarms().of("aws:cloudwatch/eventRule:EventRule")]
    assert json.dumps(events.guards_called(source)) in patterns


@pytest.mark.parametrize("end", ["Failed", "Expired", "Aborted"])
def test_one_backup_that_did_not_end_well_is_an_alarm_and_none_is_well(end: str) -> None:
    alarm = alarms()[f"alarms-{end.lower()}-backups"].inputs
    assert alarm["metricName"] == f"NumberOfBackupJobs{end}"
    assert alarm["dimensions"] == {"BackupVaultName": "strongroom-prod"}
    assert (alarm["comparisonOperator"], alarm["threshold"]) == ("GreaterThanThreshold", 0)
    assert alarm["treatMissingData"] == "notBreaching"


def test_a_failed_copy_is_an_alarm_under_the_vault_that_it_went_to() -> None:
    alarm = alarms()["alarms-failed-copies-daily"].inputs
    assert alarm["metricName"] == "NumberOfCopyJobsFailed"
    assert alarm["dimensions"] == {"BackupVaultName": "strongroom-prod-daily-35-90"}


@pytest.mark.parametrize(
    ("suffix", "metric", "statistic", "threshold"),
    [
        ("failed", "OperationsFailedReplication", "Sum", 0),
        ("stale", "ReplicationLatency", "Maximum", 60 * 60),
    ],
)
def test_an_object_that_is_not_replicated_in_time_is_an_alarm_and_none_is_well(
    suffix: str, metric: str, statistic: str, threshold: int
) -> None:
    alarm = alarms()[f"alarms-{suffix}-replication"].inputs
    assert (alarm["namespace"], alarm["metricName"], alarm["statistic"]) == ("AWS/S3", metric, statistic)
    assert alarm["dimensions"] == {"SourceBucket": "exports", "DestinationBucket": "archive", "RuleId": "archive"}
    assert (alarm["comparisonOperator"], alarm["threshold"]) == ("GreaterThanThreshold", threshold)
    assert alarm["treatMissingData"] == "notBreaching"


def test_an_account_that_replicates_nothing_waits_for_no_replica() -> None:
    seen = alarms({part: ARGS[part] for part in ARGS if part != "exports_bucket"})  # pyright: ignore[reportArgumentType]
    assert not [one.name for one in seen.of(ALARM) if one.inputs.get("namespace") == "AWS/S3"]


def test_two_days_without_a_backup_are_an_alarm_even_when_there_is_no_data() -> None:
    alarm = alarms()["alarms-missing-backups"].inputs
    jobs, filled = alarm["metricQueries"]
    assert jobs["metric"]["metricName"] == "NumberOfBackupJobsCompleted"
    assert jobs["metric"]["period"] * alarm["evaluationPeriods"] == 2 * 24 * 60 * 60
    assert (filled["expression"], filled["returnData"], jobs["returnData"]) == ("FILL(jobs, 0)", True, False)
    assert (alarm["comparisonOperator"], alarm["threshold"]) == ("LessThanThreshold", 1)
    assert alarm["treatMissingData"] == "breaching"


@pytest.mark.parametrize(("place", "hours"), [("local", 39), ("daily", 39), ("monthly", 759)])
def test_a_place_that_is_stale_is_an_alarm_and_so_is_silence(place: str, hours: int) -> None:
    alarm = alarms()[f"alarms-stale-{place}"].inputs
    assert (alarm["namespace"], alarm["metricName"]) == ("Strongroom", "RecoveryPointAgeHours")
    assert alarm["dimensions"] == {"Environment": "prod", "Place": place}
    assert (alarm["statistic"], alarm["comparisonOperator"]) == ("Maximum", "GreaterThanThreshold")
    assert alarm["threshold"] == hours
    assert alarm["treatMissingData"] == "breaching"


def test_point_in_time_recovery_that_lies_behind_is_an_alarm() -> None:
    alarm = alarms()["alarms-stale-pitr"].inputs
    assert (alarm["metricName"], alarm["threshold"]) == ("PitrLagMinutes", 15)
    assert alarm["dimensions"] == {"Environment": "prod"}
    assert alarm["treatMissingData"] == "breaching"


def test_one_thing_that_verify_finds_is_an_alarm() -> None:
    alarm = alarms()["alarms-failed-verify"].inputs
    assert (alarm["metricName"], alarm["comparisonOperator"]) == ("VerifyFailures", "GreaterThanThreshold")
    assert (alarm["threshold"], alarm["treatMissingData"]) == (0, "breaching")


def test_half_a_day_without_a_verify_is_an_alarm_even_when_there_is_no_data() -> None:
    alarm = alarms()["alarms-missing-verify"].inputs
    beats, filled = alarm["metricQueries"]
    assert (beats["metric"]["namespace"], beats["metric"]["metricName"]) == ("Strongroom", "VerifyHeartbeat")
    assert beats["metric"]["dimensions"] == {"Environment": "prod"}
    assert beats["metric"]["period"] * alarm["evaluationPeriods"] == 12 * 60 * 60
    assert (filled["expression"], alarm["threshold"]) == ("FILL(jobs, 0)", 1)
    assert alarm["treatMissingData"] == "breaching"


def test_where_nobody_verifies_nobody_waits_for_it() -> None:
    seen = alarms({part: ARGS[part] for part in ARGS if part != "max_age_hours"})  # pyright: ignore[reportArgumentType]
    assert not [one.name for one in seen.of(ALARM) if one.inputs.get("namespace") == "Strongroom"]
    assert "alarms-missing-verify" not in {one.name for one in seen.of(ALARM)}


def test_an_account_without_tables_does_not_wait_for_their_heads() -> None:
    seen = alarms({part: ARGS[part] for part in ARGS if part != "max_pitr_lag_minutes"})  # pyright: ignore[reportArgumentType]
    assert "alarms-stale-pitr" not in {one.name for one in seen.of(ALARM)}
    assert "alarms-failed-verify" in {one.name for one in seen.of(ALARM)}


def test_no_alarm_looks_further_back_than_cloudwatch_can() -> None:
    for alarm in alarms().of(ALARM):
        queries: list[dict[str, Any]] = alarm.inputs.get("metricQueries", [])
        periods = [query["metric"]["period"] for query in queries if "metric" in query]
        (period,) = periods or [alarm.inputs["period"]]
        assert period * alarm.inputs["evaluationPeriods"] <= 604_800


def test_an_account_that_only_keeps_copies_waits_for_no_backup() -> None:
    seen = alarms({part: ARGS[part] for part in ARGS if part != "vault_name"})  # pyright: ignore[reportArgumentType]
    assert {one.name for one in seen.of(ALARM) if "backups" in one.name or "copies" in one.name} == {
        "alarms-failed-copies-daily"
    }


def test_the_key_stays_unless_the_stack_is_disposable() -> None:
    assert alarms()["alarms-key"].protect
    assert not alarms({**ARGS, "disposable": True})["alarms-key"].protect


def test_fails_when_nobody_would_hear_of_it() -> None:
    refused({**ARGS, "emails": []}, "emails .* at least 1 item")


def test_fails_when_an_address_is_none() -> None:
    refused({**ARGS, "emails": ["operations"]}, "must be an e-mail address, got 'operations'")
