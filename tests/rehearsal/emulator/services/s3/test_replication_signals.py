from datetime import timedelta
from typing import Any

import pytest

from tests.rehearsal.emulator.services.s3.replicating import ARCHIVE, READS, Pair, destination, rule

pytestmark = pytest.mark.emulator

_TIMED: dict[str, Any] = {
    "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
    "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
}


def _takes(pair: Pair, seconds: float) -> None:
    pair.emulator.control("PUT", "durations", {"replication": {"seconds": seconds}})


def _values(pair: Pair, name: str, statistic: str = "Maximum") -> list[float]:
    dimensions = {"SourceBucket": "strongroom-test-exports", "DestinationBucket": ARCHIVE, "RuleId": "everything"}
    now = pair.emulator.now()
    answer: Any = pair.emulator.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/S3",
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        StartTime=now - timedelta(hours=2),
        EndTime=now + timedelta(minutes=5),
        Period=60,
        Statistics=[statistic],
    )
    return [point[statistic] for point in sorted(answer["Datapoints"], key=lambda point: point["Timestamp"])]


def test_metrics_show_what_waits_and_how_long_it_took(pair: Pair) -> None:
    _takes(pair, 120)
    pair.put("first", b"12345")
    pair.put("second", b"12345")
    pair.wait(60)
    assert _values(pair, "OperationsPendingReplication") == [2.0]
    assert _values(pair, "BytesPendingReplication") == [10.0]
    pair.wait(120)
    assert _values(pair, "OperationsPendingReplication", "Minimum")[-1] == 0.0
    assert _values(pair, "ReplicationLatency") == [pytest.approx(120, abs=1)]


def test_a_metric_counts_failures(pair: Pair) -> None:
    pair.put("good")
    pair.wait(60)
    assert _values(pair, "OperationsFailedReplication", "Sum") == []
    pair.give_role(*READS)
    pair.put("bad")
    pair.wait(60)
    assert _values(pair, "OperationsFailedReplication", "Sum") == [1.0]


def test_a_rule_without_metrics_shows_nothing(pair: Pair) -> None:
    pair.listen()
    pair.replicate(rule(Destination={"Bucket": f"arn:aws:s3:::{ARCHIVE}"}))
    pair.give_role(*READS)
    pair.put()
    assert pair.status() == "FAILED"
    pair.wait(60)
    assert _values(pair, "OperationsFailedReplication", "Sum") == []
    assert pair.heard() == []


@pytest.mark.parametrize(
    ("seconds", "names"),
    [
        (890, []),
        (1000, ["Replication:OperationMissedThreshold", "Replication:OperationReplicatedAfterThreshold"]),
    ],
)
def test_time_control_tells_what_misses_the_quarter_of_an_hour(pair: Pair, seconds: float, names: list[str]) -> None:
    pair.listen()
    pair.replicate(rule(Destination=destination(**_TIMED)))
    _takes(pair, seconds)
    pair.put()
    pair.wait(1200)
    assert [event["eventName"] for event in pair.heard()] == names


def test_a_failure_says_what_it_was_about(pair: Pair) -> None:
    pair.listen("s3:Replication:OperationFailedReplication")
    pair.give_role(*READS)
    version_id = pair.put()
    [event] = pair.heard()
    assert event["s3"]["object"]["versionId"] == version_id
    data = event["replicationEventData"]
    assert (data["replicationRuleId"], data["destinationBucket"], data["s3Operation"]) == (
        "everything",
        f"arn:aws:s3:::{ARCHIVE}",
        "OBJECT_PUT",
    )
