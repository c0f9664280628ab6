"""A bucket for exports whose every object is replicated into a locked bucket of the backup account."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from components.archive_end import ArchiveEnd
from components.checks import OwnedSite, checked
from components.exports_end import Destination, ExportsEnd
from components.options import Options
from components.origins import OriginArgs, origin
from strongroom.config.archive import Archive, RetentionMode
from strongroom.facts import arns, names


class BucketEnds(StrEnum):
    """Which of the two buckets a stack makes."""

    EXPORTS = "exports"
    """The source's bucket; the central stack makes the archive."""
    ARCHIVE = "archive"
    """The locked bucket; the source's stack makes the other."""
    BOTH = "both"
    """Both, over two providers (single-pipeline mode)."""


class ReplicatedExportBucketArgs(TypedDict):
    """What a caller decides about a replicated bucket."""

    ends: BucketEnds
    """Which ends are made here."""
    region: str
    """Region of both buckets."""
    source: OriginArgs
    """Source whose exports are kept."""
    archive_account_id: str
    """Account of the archive, twelve digits."""
    archive_provider: NotRequired[aws.Provider]
    """Provider of the archive's account; needed for both ends, and for them only."""
    retention_days: NotRequired[int]
    """Days that the archive's lock keeps each object, 2192 to 3653. Default: 2557."""
    mode: NotRequired[RetentionMode]
    """Mode of the archive's lock. Default: governance."""
    documents: NotRequired[Mapping[str, pulumi.Input[str]]]
    """Small JSON documents kept in the exports bucket, and so in the archive, by object key. Absent: none."""
    disposable: NotRequired[bool]
    """Whether destroying the stack may destroy the exports. Default: no."""


class ReplicatedExportBucket(pulumi.ComponentResource):
    """One or both ends: the exports bucket with its replication, the archive with its lock; each under its own key."""

    exports_bucket: pulumi.Output[str]
    """Name of the bucket that exports are written to, whoever makes it."""
    archive_bucket: pulumi.Output[str]
    """Name of the locked bucket, whoever makes it."""

    def __init__(self, name: str, args: ReplicatedExportBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        ends, provider = _ends(args)
        archive = _archive(args, ends)
        disposable = args.get("disposable") or False
        super().__init__("strongroom:index:ReplicatedExportBucket", name, {}, opts)

        destination = _made_elsewhere(archive)
        if ends is not BucketEnds.EXPORTS:
            destination = archive.register(f"{name}-archive", Options(self, disposable, provider))
        exports = ExportsEnd(
            archive.origin.environment, archive.origin.account, archive.region, destination, args.get("documents") or {}
        )
        if ends is not BucketEnds.ARCHIVE:
            exports.register(f"{name}-exports", Options(self, disposable))

        self.exports_bucket = pulumi.Output.from_input(exports.bucket)
        self.archive_bucket = pulumi.Output.from_input(archive.bucket)
        self.register_outputs({"exports_bucket": self.exports_bucket, "archive_bucket": self.archive_bucket})


def _ends(args: ReplicatedExportBucketArgs) -> tuple[BucketEnds, aws.Provider | None]:
    """Which ends, and the provider of an archive that is made beside its source.

    Raises:
        ValueError: a second account without its provider, or a provider that nothing would use.
    """
    ends, provider = BucketEnds(args["ends"]), args.get("archive_provider")
    if ends is BucketEnds.BOTH and provider is None:
        raise ValueError("archive_provider is missing; both ends need one, because the archive's account is another")
    if ends is not BucketEnds.BOTH and provider is not None:
        raise ValueError(f"archive_provider belongs to both ends, got ends {ends.value!r}; give it to the component")
    return ends, provider


def _archive(args: ReplicatedExportBucketArgs, ends: BucketEnds) -> ArchiveEnd:
    source = origin(args["source"])
    site = checked(
        OwnedSite,
        {"environment": source.environment, "region": args["region"], "account_id": args["archive_account_id"]},
    )
    keeping = checked(Archive, {"retention_days": args.get("retention_days"), "mode": args.get("mode")})
    provisioners = (names.provisioner_role(source.environment),) if ends is BucketEnds.BOTH else ()
    return ArchiveEnd(source, site.account_id, site.region, keeping, provisioners)


def _made_elsewhere(archive: ArchiveEnd) -> Destination:
    """The archive as the source can spell it out: its key by alias, which the other stack has made."""
    alias = names.key_alias(archive.origin.environment, "archive")
    return Destination(archive.account, arns.alias(archive.region, archive.account, alias))
