"""What a stack's state role may do: read and write its own state, and open its own secrets."""

from strongroom.config.settings import Settings
from strongroom.documents.policy import Document, allow, document, when
from strongroom.facts import arns, names


def policies(settings: Settings) -> dict[str, Document]:
    """Policies of the state role, by the last part of their names."""
    account, region, environment = settings.accounts.pipeline, settings.region, settings.environment
    bucket = arns.bucket(names.state_bucket(account, region))
    key = f"arn:{arns.PARTITION}:kms:{region}:{account}:key/*"
    ours = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": names.STATE_KEY_ALIAS}}
    return {
        "prefix": document(
            allow(
                "ListState", ["s3:ListBucket"], bucket, {"StringLike": {"s3:prefix": [environment, f"{environment}/*"]}}
            ),
            allow("KeepState", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], f"{bucket}/{environment}/*"),
            allow(
                "OpenSecrets",
                ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
                key,
                when(ours, {"StringEquals": {"kms:EncryptionContext:stack": environment}}),
            ),
            allow(
                "OpenState",
                ["kms:Decrypt", "kms:GenerateDataKey"],
                key,
                when(
                    ours,
                    {"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}},
                    {"StringLike": {"kms:EncryptionContext:aws:s3:arn": [bucket, f"{bucket}/{environment}/*"]}},
                ),
            ),
        )
    }
