"""The end of a replicated bucket that the source writes to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.buckets import BucketPlan, Sealed, sealed
from components.keys import KeyPlan
from components.options import Options
from strongroom.documents import buckets, keys, roles
from strongroom.documents.principals import Caretakers
from strongroom.facts import arns, limits, names

RULE: Final = "archive"
"""Id of the one rule of the replication."""
_NONCURRENT_DAYS: Final = 35
"""Days that an overwritten export can still be read here; the archive keeps it longer."""


@dataclass(frozen=True)
class Destination:
    """Where replicas go."""

    account: str
    key_arn: pulumi.Input[str]
    """Key that replicas are encrypted with, or its alias."""
    ready: tuple[pulumi.Resource, ...] = ()
    """What must be there first, when this program makes it."""


@dataclass(frozen=True)
class ExportsEnd:
    """The exports bucket, its replication, and the documents kept in it."""

    environment: str
    account: str
    region: str
    destination: Destination
    documents: Mapping[str, pulumi.Input[str]] = field(default_factory=dict[str, pulumi.Input[str]])

    @property
    def bucket(self) -> str:
        """Name of the bucket."""
        return names.exports_bucket(self.environment, self.account, self.region)

    @property
    def archive(self) -> str:
        """Name of the bucket that replicas go to."""
        return names.archive_bucket(self.environment, self.destination.account, self.region)

    def register(self, name: str, options: Options) -> None:
        """Register the end; the documents last, because only what is written after replication is on is replicated."""
        caretakers = Caretakers(self.account)
        alias = names.key_alias(self.environment, "exports")
        policy = keys.exports(keys.Place(self.region, caretakers))
        made = sealed(
            name,
            BucketPlan(
                bucket=self.bucket,
                region=self.region,
                sealing=KeyPlan(alias, f"Exports of {self.environment}", policy, self.region),
                policy=lambda key_arn: buckets.exports(self.bucket, key_arn, caretakers),
                noncurrent_days=_NONCURRENT_DAYS,
            ),
            options,
        )
        replicating = self._replication(name, made, self._role(name, made, options), options)
        for object_key, content in self.documents.items():
            aws.s3.BucketObjectv2(
                f"{name}-{object_key}",
                region=self.region,
                bucket=made.name,
                key=object_key,
                content=content,
                content_type="application/json",
                opts=options.kept(after=[made.encryption, replicating]),
            )

    def _role(self, name: str, made: Sealed, options: Options) -> aws.iam.Role:
        role = aws.iam.Role(
            f"{name}-replication-role",
            name=names.replication_role(self.environment),
            assume_role_policy=json.dumps(roles.trusted_by_replication(self.account, self.bucket)),
            permissions_boundary=arns.policy(self.account, names.BOUNDARY),
            opts=options.kept(),
        )
        aws.iam.RolePolicy(
            f"{name}-replicates",
            name="replicates",
            role=role.name,
            policy=made.key_arn.apply(lambda arn: json.dumps(roles.replication(self._route(arn)))),
            opts=options.kept(),
        )
        return role

    def _route(self, key_arn: str) -> roles.Replication:
        return roles.Replication(self.bucket, key_arn, self.archive, self.destination.account, self.region)

    def _replication(
        self, name: str, made: Sealed, role: aws.iam.Role, options: Options
    ) -> aws.s3.BucketReplicationConfig:
        minutes: Final = limits.REPLICATION_TIME_MINUTES
        return aws.s3.BucketReplicationConfig(
            f"{name}-replication",
            region=self.region,
            bucket=made.name,
            role=role.arn,
            rules=[
                {
                    "id": RULE,
                    "status": "Enabled",
                    "priority": 1,
                    "filter": {"prefix": ""},
                    "delete_marker_replication": {"status": "Disabled"},
                    # Left out, S3 would replicate nothing: every object here lies under a KMS key.
                    "source_selection_criteria": {"sse_kms_encrypted_objects": {"status": "Enabled"}},
                    "destination": {
                        "bucket": arns.bucket(self.archive),
                        "account": self.destination.account,
                        "access_control_translation": {"owner": "Destination"},
                        "encryption_configuration": {"replica_kms_key_id": self.destination.key_arn},
                        "metrics": {"status": "Enabled", "event_threshold": {"minutes": minutes}},
                        "replication_time": {"status": "Enabled", "time": {"minutes": minutes}},
                    },
                }
            ],
            opts=options.kept(after=[made.versioning, *self.destination.ready]),
        )
