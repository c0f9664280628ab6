from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from strongroom.aws.calls import Calls
from strongroom.aws.errors import DeniedError, FailedError
from strongroom.aws.identity import ask
from strongroom.aws.metrics import CloudWatchMetrics, Measure
from strongroom.aws.sessions import ProfileSessions, region
from tests.emulator_people import allow, make_role
from tests.emulator_process import BACKUP, REGION, Emulator
from tests.strongroom.aws.canned import Answer, Asked, Canned, always
from tests.strongroom.aws.surroundings import administrator

CALLER = (
    b"<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/u</Arn><UserId>u</UserId>"
    b"<Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
)


def asked_at(**headers: str) -> datetime:
    return ask(Canned("sts", always(Answer(CALLER, headers=headers))).client, None).at


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Sun, 22 Nov 2026 23:19:23 GMT", datetime(2026, 11, 22, 23, 19, 23, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 23:19:23 -0000", datetime(2026, 11, 22, 23, 19, 23, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 23:19:23 +0100", datetime(2026, 11, 22, 22, 19, 23, tzinfo=UTC)),
    ],
)
def test_the_time_is_the_one_of_the_answer_in_utc(date: str, at: datetime) -> None:
    found = asked_at(date=date)
    assert (found, found.tzinfo) == (at, UTC)


@pytest.mark.parametrize("headers", [{}, {"date": "yesterday"}, {"date": "Sun, 32 Nov 2026 23:19:23 GMT"}])
def test_fails_when_an_answer_tells_no_time(headers: dict[str, str]) -> None:
    with pytest.raises(FailedError, match="asking who the caller is: AWS's answer tells no time"):
        asked_at(**headers)


@pytest.fixture
def backup_at_hand(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Emulator:
    """The backup account's administrator is at hand."""
    administrator(monkeypatch, emulator, BACKUP)
    return emulator


@pytest.mark.emulator
def test_the_caller_is_told_with_the_clock_of_aws(backup_at_hand: Emulator) -> None:
    door = ProfileSessions(REGION)
    before = door.identity(None)
    backup_at_hand.advance(3600)
    passed = door.identity(None).at - before.at
    assert (before.account, before.at.tzinfo) == (BACKUP, UTC)
    assert abs(passed - timedelta(hours=1)) < timedelta(seconds=30)


@pytest.mark.emulator
@pytest.mark.usefixtures("backup_at_hand")
def test_every_door_opens_and_every_request_is_counted() -> None:
    doors = ProfileSessions(REGION)
    assert doors.calls.by_profile() == {}
    tables = doors.table_states(None)
    assert (tables.names(), tables.state("nothing")) == ([], None)
    assert doors.calls.by_profile() == {"(default)": 2}
    now = doors.identity(None).at
    assert doors.backups(None).recent(now - timedelta(days=1)) == []
    assert doors.landing(None).tags("nothing") is None
    assert doors.calls.by_profile() == {"(default)": 5}


@pytest.mark.emulator
@pytest.mark.usefixtures("backup_at_hand")
def test_measures_are_put(emulator: Emulator) -> None:
    measure = Measure("RecoveryPointAge", 3600.0, "Seconds", {"Table": "receipts", "Tier": "daily"})
    ProfileSessions(REGION).metrics(None).put("Strongroom", [measure])
    found = emulator.client("cloudwatch", account=BACKUP).list_metrics(Namespace="Strongroom")["Metrics"]
    assert [metric["MetricName"] for metric in found] == ["RecoveryPointAge"]
    assert {one["Name"]: one["Value"] for one in found[0]["Dimensions"]} == measure.dimensions


class Metered:
    """CloudWatch that only remembers."""

    def __init__(self) -> None:
        self.batches = list[list[dict[str, Any]]]()

    def put_metric_data(self, *, Namespace: str, MetricData: list[dict[str, Any]]) -> None:  # noqa: N803 - boto3's names
        assert Namespace == "Strongroom"
        self.batches.append(MetricData)


@pytest.mark.parametrize(
    ("measures", "batches"), [(0, []), (1, [1]), (1000, [1000]), (1001, [1000, 1]), (2500, [1000, 1000, 500])]
)
def test_no_request_has_more_than_a_thousand_measures(measures: int, batches: list[int]) -> None:
    client: Any = Metered()
    one = Measure("Age", 1.0, "Seconds", {"Table": "t"})
    CloudWatchMetrics(client).put("Strongroom", [one] * measures)
    assert [len(batch) for batch in client.batches] == batches


def test_no_request_is_longer_than_aws_takes() -> None:
    client: Any = Metered()
    long = Measure("Age", 1.0, "Seconds", {f"name-{number}": "x" * 1000 for number in range(30)})
    CloudWatchMetrics(client).put("Strongroom", [long] * 100)
    assert sum(len(batch) for batch in client.batches) == 100
    assert all(len(str(batch)) < 1_048_576 for batch in client.batches)
    assert len(client.batches) > 1


def test_tries_again_are_counted_and_profiles_apart() -> None:
    calls, statuses = Calls(), iter([500, 200, 200])

    def answer(_operation: str, _asked: Asked) -> Answer:
        return Answer(CALLER, next(statuses))

    for profile in ("strongroom-prod", "strongroom-backup"):
        session = boto3.Session("AKIAEXAMPLE", "secret", region_name=REGION)
        calls.watch(session, profile)
        canned = Canned("sts", answer, session=session, tries=2)
        canned.client.get_caller_identity()
    assert calls.by_profile() == {"strongroom-prod": 2, "strongroom-backup": 1}


@pytest.mark.emulator
def test_a_profiles_role_is_taken_once_for_all_doors(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    administrator(monkeypatch, emulator, BACKUP)
    file = tmp_path / "config"
    role = make_role(emulator, "operator", allow(["backup:List*", "dynamodb:ListTables"]), account=BACKUP)
    file.write_text(f"[profile one]\nrole_arn = {role}\ncredential_source = Environment\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    doors = ProfileSessions(REGION)
    assert (doors.table_states("one").names(), doors.landing("one").tags("nothing")) == ([], None)
    assert "assumed-role/operator/" in doors.identity("one").arn
    # Three requests for the three doors, and one to take the role.
    assert doors.calls.by_profile() == {"one": 4}


@pytest.fixture
def config_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A config file with a profile that names a region, and one that does not."""
    file = tmp_path / "config"
    file.write_text("[profile with]\nregion = eu-west-2\n[profile without]\noutput = json\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("config_file")
def test_a_profile_tells_its_region() -> None:
    assert region("with") == "eu-west-2"
    with pytest.raises(DeniedError, match="opening profile without: it names no region; give --region"):
        region("without")
    with pytest.raises(DeniedError, match=r"\(other\) could not be found"):
        region("other")
