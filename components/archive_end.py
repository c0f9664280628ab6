"""The end of a replicated bucket that keeps every object for its time, in the backup account."""

from dataclasses import dataclass

import pulumi_aws as aws

from components.buckets import BucketPlan, sealed
from components.exports_end import Destination
from components.keys import KeyPlan
from components.options import Options
from strongroom.config.archive import Archive
from strongroom.documents import buckets, keys
from strongroom.documents.principals import Caretakers, Origin
from strongroom.facts import arns, names


@dataclass(frozen=True)
class ArchiveEnd:
    """The locked bucket of one source."""

    origin: Origin
    account: str
    region: str
    keeping: Archive
    provisioners: tuple[str, ...] = ()
    """Names of roles, besides the account's own deploy role, that take care of it."""

    @property
    def bucket(self) -> str:
        """Name of the bucket."""
        return names.archive_bucket(self.origin.environment, self.account, self.region)

    def register(self, name: str, options: Options) -> Destination:
        """Register the end.

        Current versions stay until somebody removes them after their lock; no rule here deletes one.
        """
        caretakers = Caretakers(self.account, self.provisioners)
        held = buckets.Held(self.origin, self.keeping.retention_days, options.disposable)
        made = sealed(
            name,
            BucketPlan(
                bucket=self.bucket,
                region=self.region,
                sealing=self._sealing(caretakers),
                policy=lambda key_arn: buckets.archive(self.bucket, [key_arn, self._alias], held, caretakers),
                # From the day it is replaced on, hence never before its lock ends.
                noncurrent_days=self.keeping.retention_days,
                locked=True,
            ),
            options,
        )
        lock = aws.s3.BucketObjectLockConfiguration(
            f"{name}-lock",
            region=self.region,
            bucket=made.name,
            rule={"default_retention": {"mode": self.keeping.mode.upper(), "days": self.keeping.retention_days}},
            opts=options.kept(after=[made.versioning]),
        )
        return Destination(self.account, made.key_arn, ready=(made.versioning, made.encryption, lock))

    @property
    def _alias(self) -> str:
        return arns.alias(self.region, self.account, names.key_alias(self.origin.environment, "archive"))

    def _sealing(self, caretakers: Caretakers) -> KeyPlan:
        source = self.origin.environment
        policy = keys.archive(keys.Place(self.region, caretakers), self.origin, self.bucket)
        return KeyPlan(names.key_alias(source, "archive"), f"Archive of {source}", policy, self.region)
