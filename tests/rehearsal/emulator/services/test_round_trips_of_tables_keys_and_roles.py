"""Every property of tables, keys and roles that a backup program sets comes back as it was set."""

import json

import pytest

from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.asking import TABLE, TAGS, Trip, make_key, members, policy, trust

pytestmark = pytest.mark.emulator


def table(emulator: Emulator) -> tuple[object, object]:
    dynamodb, key = emulator.client("dynamodb"), make_key(emulator)
    asked = TABLE | {
        "AttributeDefinitions": [
            {"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "at", "AttributeType": "N"},
            {"AttributeName": "shop", "AttributeType": "S"},
        ],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
        "DeletionProtectionEnabled": True,
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    }
    index = {
        "IndexName": "by-shop",
        "KeySchema": [{"AttributeName": "shop", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["total"]},
    }
    dynamodb.create_table(
        **asked,
        TableClass="STANDARD_INFREQUENT_ACCESS",
        SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key},
        GlobalSecondaryIndexes=[index],
        Tags=TAGS,
    )
    shown = dynamodb.describe_table(TableName="receipts")["Table"]
    got = members(shown, asked) | {
        "BillingMode": shown["BillingModeSummary"]["BillingMode"],
        "class": shown["TableClassSummary"]["TableClass"],
        "key": shown["SSEDescription"]["KMSMasterKeyArn"],
        "index": members(shown["GlobalSecondaryIndexes"][0], index),
        "tags": dynamodb.list_tags_of_resource(ResourceArn=shown["TableArn"])["Tags"],
    }
    return asked | {"class": "STANDARD_INFREQUENT_ACCESS", "key": key, "index": index, "tags": TAGS}, got


def time_to_live(emulator: Emulator) -> tuple[object, object]:
    dynamodb = emulator.client("dynamodb")
    dynamodb.create_table(**TABLE)
    dynamodb.update_time_to_live(
        TableName="receipts", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
    )
    shown = dynamodb.describe_time_to_live(TableName="receipts")["TimeToLiveDescription"]
    return {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}, shown


def key(emulator: Emulator) -> tuple[object, object]:
    kms = emulator.client("kms")
    document = policy(Principal={"AWS": f"arn:aws:iam::{PROD}:root"}, Action="kms:*", Resource="*")
    tags = [{"TagKey": "owner", "TagValue": "platform"}]
    made = kms.create_key(Description="vault", Policy=document, MultiRegion=True, Tags=tags)["KeyMetadata"]
    kms.enable_key_rotation(KeyId=made["KeyId"], RotationPeriodInDays=180)
    shown = kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]
    rotation = kms.get_key_rotation_status(KeyId=made["KeyId"])
    asked = {"Description": "vault", "MultiRegion": True, "Enabled": True, "KeyUsage": "ENCRYPT_DECRYPT"}
    got = members(shown, asked) | {
        "policy": kms.get_key_policy(KeyId=made["KeyId"], PolicyName="default")["Policy"],
        "tags": kms.list_resource_tags(KeyId=made["KeyId"])["Tags"],
        "rotation": (rotation["KeyRotationEnabled"], rotation["RotationPeriodInDays"]),
    }
    return asked | {"policy": document, "tags": tags, "rotation": (True, 180)}, got


def alias(emulator: Emulator) -> tuple[object, object]:
    kms = emulator.client("kms")
    first, second = (kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(2))
    kms.create_alias(AliasName="alias/strongroom/prod/vault", TargetKeyId=first)
    kms.update_alias(AliasName="alias/strongroom/prod/vault", TargetKeyId=second)
    [shown] = kms.list_aliases(KeyId=second)["Aliases"]
    return ("alias/strongroom/prod/vault", second), (shown["AliasName"], shown["TargetKeyId"])


def role(emulator: Emulator) -> tuple[object, object]:
    iam = emulator.client("iam")
    rights = policy(Action="s3:GetObject", Resource="*")
    boundary = iam.create_policy(PolicyName="boundary", PolicyDocument=rights)["Policy"]["Arn"]
    asked = {"RoleName": "backup", "Path": "/jobs/", "Description": "takes backups", "MaxSessionDuration": 7200}
    iam.create_role(
        **asked,
        AssumeRolePolicyDocument=trust("backup.amazonaws.com"),
        PermissionsBoundary=boundary,
        Tags=TAGS,
    )
    iam.put_role_policy(RoleName="backup", PolicyName="rights", PolicyDocument=rights)
    iam.attach_role_policy(RoleName="backup", PolicyArn=boundary)
    shown = iam.get_role(RoleName="backup")["Role"]
    got = members(shown, asked) | {
        "trust": shown["AssumeRolePolicyDocument"],
        "boundary": shown["PermissionsBoundary"]["PermissionsBoundaryArn"],
        "tags": shown["Tags"],
        "inline": iam.get_role_policy(RoleName="backup", PolicyName="rights")["PolicyDocument"],
        "attached": iam.list_attached_role_policies(RoleName="backup")["AttachedPolicies"],
    }
    expected = asked | {
        "trust": json.loads(trust("backup.amazonaws.com")),
        "boundary": boundary,
        "tags": TAGS,
        "inline": json.loads(rights),
        "attached": [{"PolicyName": "boundary", "PolicyArn": boundary}],
    }
    return expected, got


@pytest.mark.parametrize("trip", [table, time_to_live, key, alias, role])
def test_every_property_that_is_set_is_read_back(emulator: Emulator, trip: Trip) -> None:
    asked, got = trip(emulator)
    assert got == asked
