"""A 200 whose body lacks what every true answer holds is an error at every door, never an empty or a healthy one."""

from collections.abc import Callable
from typing import Any

import pytest

from strongroom.aws.buckets import S3Buckets
from strongroom.aws.cloudformation import CloudFormation
from strongroom.aws.dynamo_table_states import DynamoTableStates
from strongroom.aws.errors import FailedError
from strongroom.aws.exports import DynamoExports
from strongroom.aws.identity import ask
from strongroom.aws.keys import KmsKeys
from strongroom.aws.landing import BackupLandingVaults
from strongroom.aws.objects import S3Objects
from strongroom.aws.points import BackupPoints
from strongroom.aws.vaults import BackupVaults
from strongroom.documents.policy import Document
from tests.strongroom.aws.canned import Answer, Asked, Canned

ARN = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"
POLICY: Document = {"Version": "2012-10-17", "Statement": []}
DOORS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "caller": ("sts", lambda client: ask(client, None)),
    "point": ("backup", lambda client: BackupPoints(client).point("v", "p")),
    "vault": ("backup", lambda client: BackupVaults(client).vault("v")),
    "policy of a vault": ("backup", lambda client: BackupVaults(client).policy("v")),
    "new vault": ("backup", lambda client: BackupLandingVaults(client).create("v", "k", {}, "t")),
    "table": ("dynamodb", lambda client: DynamoTableStates(client).state("receipts")),
    "window": ("dynamodb", lambda client: DynamoTableStates(client).pitr_window("receipts")),
    "exports": ("dynamodb", lambda client: DynamoExports(client).newest(ARN)),
    "key": ("kms", lambda client: KmsKeys(client).key("alias/a")),
    "new key": ("kms", lambda client: KmsKeys(client).create(POLICY, "d", {})),
    "key's end": ("kms", lambda client: KmsKeys(client).schedule_deletion("k", 7)),
    "version": ("s3", lambda client: S3Objects(client).head("b", "k", "v", "1")),
    "lock of a bucket": ("s3", lambda client: S3Buckets(client).lock("b", "1")),
    "stack": ("cloudformation", lambda client: CloudFormation(client).status("s")),
    "events of a stack": ("cloudformation", lambda client: CloudFormation(client).failures("s")),
}
EMPTY = {
    "s3": "",
    "cloudformation": "<{0}Response><{0}Result/></{0}Response>",
    "sts": "<{0}Response><{0}Result/></{0}Response>",
}


@pytest.mark.parametrize("name", DOORS)
def test_fails_when_an_answer_holds_nothing(name: str) -> None:
    service, read = DOORS[name]
    canned = Canned(service, lambda operation, _: Answer(EMPTY.get(service, "{{}}").format(operation).encode()))
    with pytest.raises(FailedError, match="AWS gave an answer without"):
        read(canned.client)


LOCK = b"<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>"
BUCKET = {
    "GetBucketVersioning": b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    "GetObjectLockConfiguration": LOCK,
    "GetBucketPolicy": b'{"Version": "2012-10-17", "Statement": []}',
    "GetBucketEncryption": (b"<ServerSideEncryptionConfiguration><Rule/></ServerSideEncryptionConfiguration>"),
    "GetPublicAccessBlock": (
        b"<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><BlockPublicPolicy>true"
        b"</BlockPublicPolicy><IgnorePublicAcls>true</IgnorePublicAcls><RestrictPublicBuckets>false"
        b"</RestrictPublicBuckets></PublicAccessBlockConfiguration>"
    ),
}


@pytest.mark.parametrize("cut", [None, *list(BUCKET)[1:]])
def test_fails_when_one_answer_about_a_bucket_holds_nothing(cut: str | None) -> None:
    def answer(operation: str, _: Asked) -> Answer:
        return Answer(b"" if operation == cut else BUCKET[operation])

    door = S3Buckets(Canned("s3", answer).client)
    if cut is None:
        found = door.bucket("b", "1")
        assert found
        assert (found.versioned, found.locked, found.private) == (True, True, False)
        return
    with pytest.raises(FailedError, match="reading bucket b: AWS gave an answer without"):
        door.bucket("b", "1")
