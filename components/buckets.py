"""What both ends of a replicated bucket share: encrypted, versioned, shut to the public, owned by its account."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.keys import KeyPlan, key
from components.options import Options
from strongroom.documents.policy import Document

_ABORT_UPLOAD_DAYS: Final = 7
_EVERYTHING: Final = ""
"""Prefix of all objects; a rule that says none has another form."""


@dataclass(frozen=True)
class BucketPlan:
    """One bucket."""

    bucket: str
    """Physical name: the other end's account spells it out."""
    region: str
    sealing: KeyPlan
    policy: Callable[[str], Document]
    """The bucket's policy, given the ARN of its key."""
    noncurrent_days: int
    """Days after which a version that is no longer the current one is deleted."""
    locked: bool = False
    """Whether Object Lock can hold its objects."""


@dataclass(frozen=True)
class Sealed:
    """A bucket that objects can be put into once `ready` is there."""

    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    key_arn: pulumi.Output[str]
    versioning: aws.s3.BucketVersioning
    encryption: aws.s3.BucketServerSideEncryptionConfiguration


def sealed(name: str, plan: BucketPlan, options: Options) -> Sealed:
    """Register a bucket, its key and all that closes it."""
    sealing = key(name, plan.sealing, options)
    bucket = aws.s3.Bucket(
        f"{name}-bucket",
        region=plan.region,
        bucket=plan.bucket,
        object_lock_enabled=plan.locked or None,
        # Never where objects are locked: emptying a bucket lifts governance and legal holds without asking.
        force_destroy=options.disposable and not plan.locked,
        opts=options.kept(),
    )
    part = _Part(name, plan.region, bucket.bucket, options)
    versioning = part.versioning()
    encryption = part.encryption(sealing.arn)
    part.lifecycle(plan.noncurrent_days, versioning)
    part.shut(sealing.arn.apply(lambda arn: json.dumps(plan.policy(arn))))
    return Sealed(bucket.bucket, bucket.arn, sealing.arn, versioning, encryption)


@dataclass(frozen=True)
class _Part:
    """The settings of one bucket, each a resource of its own."""

    name: str
    region: str
    bucket: pulumi.Output[str]
    options: Options

    def versioning(self) -> aws.s3.BucketVersioning:
        return aws.s3.BucketVersioning(
            f"{self.name}-versioning",
            region=self.region,
            bucket=self.bucket,
            versioning_configuration={"status": "Enabled"},
            opts=self.options.kept(),
        )

    def encryption(self, key_arn: pulumi.Output[str]) -> aws.s3.BucketServerSideEncryptionConfiguration:
        default: aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgsDict = {
            "sse_algorithm": "aws:kms",
            "kms_master_key_id": key_arn,
        }
        return aws.s3.BucketServerSideEncryptionConfiguration(
            f"{self.name}-encryption",
            region=self.region,
            bucket=self.bucket,
            rules=[{"apply_server_side_encryption_by_default": default, "bucket_key_enabled": True}],
            opts=self.options.kept(),
        )

    def lifecycle(self, noncurrent_days: int, versioning: aws.s3.BucketVersioning) -> None:
        aws.s3.BucketLifecycleConfiguration(
            f"{self.name}-lifecycle",
            region=self.region,
            bucket=self.bucket,
            transition_default_minimum_object_size="all_storage_classes_128K",
            rules=[
                {
                    "id": "abandoned-uploads",
                    "status": "Enabled",
                    "filter": {"prefix": _EVERYTHING},
                    "abort_incomplete_multipart_upload": {"days_after_initiation": _ABORT_UPLOAD_DAYS},
                },
                {
                    "id": "noncurrent-versions",
                    "status": "Enabled",
                    "filter": {"prefix": _EVERYTHING},
                    "noncurrent_version_expiration": {"noncurrent_days": noncurrent_days},
                },
            ],
            opts=self.options.kept(after=[versioning]),
        )

    def shut(self, policy: pulumi.Output[str]) -> None:
        """One after the other, because S3 refuses two changes of one bucket's access at the same time."""
        owned = aws.s3.BucketOwnershipControls(
            f"{self.name}-ownership",
            region=self.region,
            bucket=self.bucket,
            rule={"object_ownership": "BucketOwnerEnforced"},
            opts=self.options.kept(),
        )
        private = aws.s3.BucketPublicAccessBlock(
            f"{self.name}-public-access",
            region=self.region,
            bucket=self.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self.options.kept(after=[owned]),
        )
        aws.s3.BucketPolicy(
            f"{self.name}-policy",
            region=self.region,
            bucket=self.bucket,
            policy=policy,
            opts=self.options.kept(after=[private]),
        )
