import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
from botocore.exceptions import BotoCoreError

from tests.emulator_people import allow, document, make_role, trust
from tests.emulator_process import MANAGEMENT, PROD, REGION, ControlError, Emulator, Keys, start

pytestmark = pytest.mark.emulator

ENOUGH: Final = 40
"""Answered writes before the crash; how long they take is the machine's business."""


class Restarted:
    """An emulator of its own that a test may end and start again on the same state."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.emulator = start(state)
        self.emulator.organize()

    def again(self, end: Callable[[Emulator], object]) -> Emulator:
        """End the process in the way given and start the next."""
        administrator = self.emulator.administrator
        end(self.emulator)
        self.emulator = start(self.state)
        self.emulator.administrator = administrator
        return self.emulator


@pytest.fixture
def restarted(tmp_path: Path) -> Iterator[Restarted]:
    own = Restarted(tmp_path)
    yield own
    own.emulator.stop()


def fill(emulator: Emulator) -> Keys:
    """Make something of everything and return a session that was used last."""
    make_role(emulator, "kept", allow("*"))
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket="kept", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket="kept", VersioningConfiguration={"Status": "Enabled"})
    for body in (b"old", b"new"):
        s3.put_object(Bucket="kept", Key="k", Body=body)
    emulator.client("dynamodb").create_table(
        TableName="kept",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    kms = emulator.client("kms")
    key = kms.create_key(Policy=document(allow("kms:*", Principal={"AWS": PROD})))["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/kept", TargetKeyId=key)
    emulator.client("sns").create_topic(Name="kept")
    emulator.client("backup").create_backup_vault(BackupVaultName="kept")
    emulator.client("cloudwatch").put_metric_alarm(
        AlarmName="kept",
        Namespace="n",
        MetricName="m",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )
    emulator.client("dynamodb").put_item(TableName="kept", Item={"id": {"S": "1"}})
    return emulator.session(f"arn:aws:iam::{PROD}:role/kept")


def check(emulator: Emulator, keys: Keys) -> None:
    s3 = emulator.client_with(keys, "s3")
    assert s3.get_object(Bucket="kept", Key="k")["Body"].read() == b"new"
    assert len(s3.list_object_versions(Bucket="kept")["Versions"]) == 2
    dynamodb = emulator.client_with(keys, "dynamodb")
    assert dynamodb.get_item(TableName="kept", Key={"id": {"S": "1"}})["Item"] == {"id": {"S": "1"}}
    assert emulator.client_with(keys, "kms").encrypt(KeyId="alias/kept", Plaintext=b"x")["CiphertextBlob"]
    assert (
        emulator.client_with(keys, "backup").describe_backup_vault(BackupVaultName="kept")["BackupVaultName"] == "kept"
    )
    assert len(emulator.client_with(keys, "sns").list_topics()["Topics"]) == 1
    assert emulator.client_with(keys, "cloudwatch").describe_alarms(AlarmNames=["kept"])["MetricAlarms"]


def test_a_crash_loses_nothing_that_was_answered(restarted: Restarted) -> None:
    keys = fill(restarted.emulator)
    check(restarted.again(Emulator.kill), keys)


def test_a_session_that_was_got_survives_a_crash(restarted: Restarted) -> None:
    made = restarted.emulator.client("sts", account=MANAGEMENT).get_session_token()["Credentials"]
    keys = Keys(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])
    emulator = restarted.again(Emulator.kill)
    assert emulator.client_with(keys, "sts").get_caller_identity()["Account"] == MANAGEMENT


def test_a_clean_stop_exits_with_0_and_loses_nothing(restarted: Restarted) -> None:
    keys = fill(restarted.emulator)
    codes: list[int] = []
    check(restarted.again(lambda emulator: codes.append(emulator.stop())), keys)
    assert codes == [0]


def test_each_of_many_writes_survives_a_crash_right_after_it(restarted: Restarted) -> None:
    for n in range(3):
        make_role(restarted.emulator, f"role-{n}")
        iam = restarted.again(Emulator.kill).client("iam")
        names = {role["RoleName"] for role in iam.list_roles()["Roles"]}
        assert {f"role-{i}" for i in range(n + 1)} <= names


def write_until_it_ends(emulator: Emulator, writer: int, answered: list[str]) -> None:
    """Put items and objects by turns, and keep the keys of those that were answered."""
    dynamodb, s3 = emulator.client("dynamodb"), emulator.client("s3")
    try:
        for n in range(10_000):
            key = f"{writer}-{n}"
            if n % 2:
                s3.put_object(Bucket="objects", Key=key, Body=b"v")
            else:
                dynamodb.put_item(TableName="items", Item={"id": {"S": key}, "v": {"S": key}})
            answered.append(key)
    except BotoCoreError:
        return


def test_a_crash_among_parallel_writes_loses_nothing_that_was_answered(restarted: Restarted) -> None:
    emulator = restarted.emulator
    make_table(emulator)
    emulator.client("s3").create_bucket(Bucket="objects", CreateBucketConfiguration={"LocationConstraint": REGION})
    with ThreadPoolExecutor(4) as pool:
        answered: list[str] = []
        writers = [pool.submit(write_until_it_ends, emulator, writer, answered) for writer in range(4)]
        while len(answered) < ENOUGH and not any(writer.done() for writer in writers):
            time.sleep(0.05)
        emulator.kill()
        for writer in writers:
            writer.result(timeout=30)
    emulator = restarted.again(lambda _: None)
    pages = emulator.client("s3").get_paginator("list_objects_v2").paginate(Bucket="objects")
    kept = {found["Key"] for page in pages for found in page.get("Contents", [])} | items_of(emulator).keys()
    assert len(answered) >= ENOUGH
    assert set(answered) - kept == set()


def test_what_was_deleted_stays_deleted_after_a_crash(restarted: Restarted) -> None:
    make_role(restarted.emulator, "gone")
    restarted.emulator.client("iam").delete_role(RoleName="gone")
    iam = restarted.again(Emulator.kill).client("iam")
    assert "gone" not in {role["RoleName"] for role in iam.list_roles()["Roles"]}


def test_the_seal_the_clock_and_a_loss_survive_a_crash(restarted: Restarted) -> None:
    restarted.emulator.control("POST", "seal")
    ahead = restarted.emulator.control("POST", "clock", {"advance_seconds": 86400 * 400})["now"]
    make_role(restarted.emulator, "after-the-seal")
    restarted.emulator.control("POST", "accounts/ci/lose")
    emulator = restarted.again(Emulator.kill)
    assert emulator.control("GET", "clock")["now"] >= ahead
    assert {a["name"] for a in emulator.control("GET", "accounts") if a["lost"]} == {"ci"}
    emulator.reset()
    assert not any(account["lost"] for account in emulator.control("GET", "accounts"))
    assert "after-the-seal" not in {role["RoleName"] for role in emulator.client("iam").list_roles()["Roles"]}


def test_a_reset_without_a_seal_empties_everything(restarted: Restarted) -> None:
    fill(restarted.emulator)
    restarted.emulator.reset()
    assert restarted.emulator.control("GET", "accounts") == []
    with pytest.raises(ControlError, match="there is no organisation yet"):
        restarted.emulator.control("POST", "accounts", {"name": "prod"})


def make_table(emulator: Emulator, *items: str) -> None:
    dynamodb = emulator.client("dynamodb")
    dynamodb.create_table(
        TableName="items",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    for item in items:
        dynamodb.put_item(TableName="items", Item={"id": {"S": item}, "v": {"S": item}})


def items_of(emulator: Emulator) -> dict[str, str]:
    found = emulator.client("dynamodb").scan(TableName="items")["Items"]
    return {item["id"]["S"]: item["v"]["S"] for item in found}


def test_items_and_objects_come_back_one_by_one(restarted: Restarted) -> None:
    emulator = restarted.emulator
    make_table(emulator, "same", "changed", "deleted")
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket="objects", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="objects", Key="same", Body=b"same")
    emulator.control("POST", "seal")
    dynamodb = emulator.client("dynamodb")
    dynamodb.put_item(TableName="items", Item={"id": {"S": "changed"}, "v": {"S": "other"}})
    dynamodb.put_item(TableName="items", Item={"id": {"S": "added"}, "v": {"S": "added"}})
    dynamodb.delete_item(TableName="items", Key={"id": {"S": "deleted"}})
    dynamodb.update_item(
        TableName="items",
        Key={"id": {"S": "same"}},
        UpdateExpression="SET v = :v",
        ExpressionAttributeValues={":v": {"S": "updated"}},
    )
    s3.put_object(Bucket="objects", Key="added", Body=b"added")
    emulator = restarted.again(Emulator.kill)
    assert items_of(emulator) == {"same": "updated", "changed": "other", "added": "added"}
    assert emulator.client("s3").list_objects_v2(Bucket="objects")["KeyCount"] == 2
    emulator.reset()
    assert items_of(emulator) == {"same": "same", "changed": "changed", "deleted": "deleted"}
    assert [found["Key"] for found in emulator.client("s3").list_objects_v2(Bucket="objects")["Contents"]] == ["same"]


def test_a_table_made_again_under_its_name_comes_back_as_it_was(emulator: Emulator) -> None:
    make_table(emulator, "old")
    before = emulator.control("POST", "reset")
    assert before["restored"] > 0
    emulator.reset()
    make_table(emulator, "new")
    assert items_of(emulator) == {"new": "new"}


def test_a_reset_takes_back_changes_and_deletions(emulator: Emulator) -> None:
    role = "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole"
    iam = emulator.client("iam")
    iam.tag_role(RoleName="OrganizationAccountAccessRole", Tags=[{"Key": "a", "Value": "b"}])
    iam.create_role(RoleName="made", AssumeRolePolicyDocument=trust({"AWS": PROD}))
    ci = emulator.client("iam", account="222222222222")
    ci.detach_role_policy(
        RoleName="OrganizationAccountAccessRole", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"
    )
    emulator.reset()
    iam = emulator.client("iam")
    assert iam.get_role(RoleName="OrganizationAccountAccessRole")["Role"].get("Tags", []) == []
    assert [found["Arn"] for found in iam.list_roles()["Roles"]] == [role]
    assert emulator.client("iam", account="222222222222").list_roles()["Roles"]
