"""A clinic's records: everything lies under keys that are made with it, one of them by a component."""

import pulumi
import pulumi_aws as aws


class Seal(pulumi.ComponentResource):
    """A key and its alias."""

    def __init__(self, name: str) -> None:
        super().__init__("acme:sealing:Seal", name)
        inner = pulumi.ResourceOptions(parent=self)
        key = aws.kms.Key(f"{name}-key", enable_key_rotation=True, opts=inner)
        self.alias = aws.kms.Alias(f"{name}-alias", target_key_id=key.key_id, opts=inner)
        self.arn = key.arn
        self.register_outputs({"arn": self.arn})


def program() -> None:
    """The team's `__main__.py`."""
    seal = Seal("records")
    mine = aws.kms.Key("alarms", enable_key_rotation=True)

    aws.backup.Vault("nightly", kms_key_arn=seal.arn)
    aws.sns.Topic("ward", kms_master_key_id=mine.id)
    aws.secretsmanager.Secret("door-code", kms_key_id=seal.alias.arn)
    aws.dynamodb.Table(
        "patients",
        attributes=[{"name": "id", "type": "S"}],
        hash_key="id",
        billing_mode="PAY_PER_REQUEST",
        server_side_encryption={"enabled": True, "kms_key_arn": seal.arn},
    )
    scans = aws.s3.Bucket("scans")
    aws.s3.BucketServerSideEncryptionConfiguration(
        "scans",
        bucket=scans.id,
        rules=[
            {"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": seal.arn}}
        ],
    )
