"""Examples of the rule about whose keys are named: one for each property that takes one."""

from typing import Any

import pulumi
import pulumi_aws as aws
from strongroom_policies import key_accounts

from tests.policies.example import Broken, Example
from tests.policies.judging import Made

PROVIDER = {"allowedAccountIds": '["111111111111"]'}


def key(account: str) -> str:
    """ARN of a key of an account."""
    return f"arn:aws:kms:eu-west-2:{account}:key/it"


def example(shown: str, kind: type[pulumi.Resource], path: str) -> Example:
    """A resource that names a key of its own account, of a stranger, and of an account that configuration names."""
    last: Any = key("111111111111")
    for step in reversed(path.split(".")):
        last = [last] if step == "0" else {step: last}
    return Example(
        key_accounts.KNOWN_ACCOUNT,
        Made(kind, last, provider=PROVIDER),
        [
            Broken(
                path,
                key("999999999999"),
                (
                    f"{shown} 'it' lies under {key('999999999999')}, of account 999999999999; only keys of"
                    " 111111111111, 333333333333 may be used: name a key of one of them, or add the account to accounts"
                    " of kms-key-known-account"
                ),
            )
        ],
        [(path, key("333333333333")), (path, "alias/data"), (path, None)],
        configuration={"accounts": ["333333333333"]},
    )


EXAMPLES = [
    example("backup.Vault", aws.backup.Vault, "kmsKeyArn"),
    example("backup.LogicallyAirGappedVault", aws.backup.LogicallyAirGappedVault, "encryptionKeyArn"),
    example("dynamodb.Table", aws.dynamodb.Table, "serverSideEncryption.kmsKeyArn"),
    example("dynamodb.Table", aws.dynamodb.Table, "replicas.0.kmsKeyArn"),
    example("dynamodb.TableReplica", aws.dynamodb.TableReplica, "kmsKeyArn"),
    example("s3.BucketObjectv2", aws.s3.BucketObjectv2, "kmsKeyId"),
    example(
        "s3.BucketReplicationConfig",
        aws.s3.BucketReplicationConfig,
        "rules.0.destination.encryptionConfiguration.replicaKmsKeyId",
    ),
    example(
        "s3.BucketServerSideEncryptionConfiguration",
        aws.s3.BucketServerSideEncryptionConfiguration,
        "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
    ),
    example("secretsmanager.Secret", aws.secretsmanager.Secret, "kmsKeyId"),
    example("secretsmanager.Secret", aws.secretsmanager.Secret, "replicas.0.kmsKeyId"),
    example("sns.Topic", aws.sns.Topic, "kmsMasterKeyId"),
]
