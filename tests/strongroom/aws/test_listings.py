"""Every listing is read to its end, in whatever order and however small its pages, and never taken for an empty one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from strongroom.aws.backups import BackupBackups
from strongroom.aws.dynamo_table_states import DynamoTableStates
from strongroom.aws.errors import FailedError
from strongroom.aws.exports import DynamoExports
from strongroom.aws.keys import KmsKeys
from strongroom.aws.landing import BackupLandingVaults
from strongroom.aws.points import BackupPoints
from tests.strongroom.aws.canned import Answer, Asked, Canned, Listing, always, said

TABLE = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"
KEY = "arn:aws:kms:eu-west-2:111111111111:key/{}"
NUMBERS = list(range(25))
TAGS = [{"Key": str(number), "Value": "v"} for number in NUMBERS]


def vault(number: int) -> dict[str, object]:
    return {"BackupVaultName": f"vault-{number}", "BackupVaultArn": f"arn:aws:backup:::backup-vault:vault-{number}"}


def point(number: int) -> dict[str, object]:
    return {"RecoveryPointArn": str(number), "ResourceArn": TABLE, "Status": "COMPLETED", "CreationDate": number}


def job(number: int) -> dict[str, object]:
    job = {"BackupJobId": str(number), "State": "EXPIRED", "CreationDate": 1, "ResourceArn": TABLE}
    return {**job, "BackupVaultName": "v"}


def export(number: int) -> dict[str, object]:
    return {"ExportArn": f"{TABLE}/export/{number}", "ExportStatus": "COMPLETED", "ExportType": "FULL_EXPORT"}


def table(number: int) -> str:
    return f"table-{number}"


def key(number: int) -> dict[str, object]:
    return {"KeyId": str(number), "KeyArn": KEY.format(number)}


@dataclass(frozen=True)
class Case:
    """One listing behind a door."""

    service: str
    operation: str
    listing: Callable[[], Listing]
    read: Callable[[Any], object]
    """Read it all by the door."""
    expected: object
    others: Callable[[str, Asked], Answer] = field(default_factory=lambda: always(said()))
    """Answers to the other operations that the door asks for."""


def describe(operation: str, asked: Asked) -> Answer:
    """What tables, exports and keys are asked for besides."""
    schema, types = list[object](), list[object]()
    bare = {"TableArn": TABLE, "TableStatus": "ACTIVE", "KeySchema": schema, "AttributeDefinitions": types}
    off = {"PointInTimeRecoveryStatus": "DISABLED"}
    number = int(asked.get("ExportArn", "/0").rsplit("/", 1)[-1])
    return {
        "DescribeTable": said(Table=bare),
        "DescribeTimeToLive": said(TimeToLiveDescription={"TimeToLiveStatus": "DISABLED"}),
        "DescribeContinuousBackups": said(
            ContinuousBackupsDescription={"ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": off}
        ),
        "DescribeExport": said(ExportDescription={"ExportTime": number, "S3Bucket": "exports"}),
        "DescribeKey": said(KeyMetadata={"KeyId": "k", "KeyState": "Enabled"}),
        "ListResourceTags": said(Tags=[{"TagKey": "run", "TagValue": "abc"}]),
        "ListBackupVaults": said(BackupVaultList=[vault(1)]),
    }[operation]


def tags_of_state(client: Any) -> object:
    found = DynamoTableStates(client).state("receipts")
    return sorted(found.tags) if found else None


def newest_export(client: Any) -> object:
    found = DynamoExports(client).newest(TABLE)
    return found and found.id


CASES = {
    "recovery points": Case(
        "backup",
        "ListRecoveryPointsByBackupVault",
        lambda: Listing("RecoveryPoints", [point(number) for number in NUMBERS]),
        lambda client: sorted(int(one.arn) for one in BackupPoints(client).in_vault("v")),
        NUMBERS,
    ),
    "backup jobs": Case(
        "backup",
        "ListBackupJobs",
        lambda: Listing("BackupJobs", [job(number) for number in NUMBERS]),
        lambda client: sorted(int(one.id) for one in BackupBackups(client).recent(datetime(2026, 1, 1, tzinfo=UTC))),
        NUMBERS,
    ),
    "vaults": Case(
        "backup",
        "ListBackupVaults",
        lambda: Listing("BackupVaultList", [vault(number) for number in NUMBERS]),
        lambda client: [BackupLandingVaults(client).tags(f"vault-{number}") for number in (0, 24, 25)],
        [{"a": "b"}, {"a": "b"}, None],
        always(said(Tags={"a": "b"})),
    ),
    "tags of a vault": Case(
        "backup",
        "ListTags",
        lambda: Listing("Tags", [{str(number): "v"} for number in NUMBERS], is_map=True),
        lambda client: sorted(BackupLandingVaults(client).tags("vault-1") or {}, key=int),
        [str(number) for number in NUMBERS],
        describe,
    ),
    "tables": Case(
        "dynamodb",
        "ListTables",
        lambda: Listing("TableNames", [table(n) for n in NUMBERS], "ExclusiveStartTableName", "LastEvaluatedTableName"),
        lambda client: sorted(DynamoTableStates(client).names()),
        sorted(table(number) for number in NUMBERS),
    ),
    "tags of a table": Case(
        "dynamodb",
        "ListTagsOfResource",
        lambda: Listing("Tags", list(TAGS)),
        tags_of_state,
        sorted(str(number) for number in NUMBERS),
        describe,
    ),
    "exports": Case(
        "dynamodb",
        "ListExports",
        lambda: Listing("ExportSummaries", [export(number) for number in NUMBERS]),
        newest_export,
        "24",
        describe,
    ),
    "keys": Case(
        "kms",
        "ListKeys",
        lambda: Listing("Keys", [key(number) for number in NUMBERS], "Marker", "NextMarker"),
        lambda client: sorted(KmsKeys(client).find({"run": "abc"})),
        sorted(KEY.format(number) for number in NUMBERS),
        describe,
    ),
    "tags of a key": Case(
        "kms",
        "ListResourceTags",
        lambda: Listing("Tags", [{"TagKey": str(n), "TagValue": "v"} for n in NUMBERS], "Marker", "NextMarker"),
        lambda client: sorted(KmsKeys(client).tags("k") or {}, key=int),
        [str(number) for number in NUMBERS],
    ),
}


PARAMETERS = [pytest.param(case, id=name) for name, case in CASES.items()]


def read(case: Case, answer: Callable[[Asked], Answer]) -> object:
    """Read a case's listing by its door."""
    canned = Canned(
        case.service,
        lambda operation, asked: answer(asked) if operation == case.operation else case.others(operation, asked),
    )
    return case.read(canned.client)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("case", PARAMETERS)
def test_a_listing_of_one_member_a_page_in_any_order_is_read_whole(case: Case, seed: int) -> None:
    listing = case.listing()
    Random(seed).shuffle(listing.members)  # noqa: S311 - the same order on every run
    assert read(case, listing.page) == case.expected


@pytest.mark.parametrize("body", [b"{}", b""], ids=["no members", "no body"])
@pytest.mark.parametrize("case", PARAMETERS)
def test_fails_when_an_answer_comes_without_its_list(case: Case, body: bytes) -> None:
    with pytest.raises(FailedError):
        read(case, lambda _: Answer(body))


@pytest.mark.parametrize("cut", [0, 1, 24])
@pytest.mark.parametrize("case", PARAMETERS)
def test_fails_when_a_page_comes_without_its_list(case: Case, cut: int) -> None:
    listing = replace(case.listing(), cut=cut)
    with pytest.raises(FailedError, match=f"without {listing.name}; it may have been cut off; try again"):
        read(case, listing.page)
