"""Exports of tables to a bucket, because they are a backup of their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from strongroom.aws.answers import there, utc
from strongroom.aws.errors import translated

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import ExportSummaryTypeDef, ListExportsInputTypeDef

_COMPLETED: Final = "COMPLETED"
_FULL: Final = "FULL_EXPORT"


@dataclass(frozen=True)
class Export:
    """A full export that was completed."""

    arn: str
    at: datetime
    """The instant whose content it holds."""
    bucket: str
    bucket_owner: str | None
    """Absent: the table's own account."""
    prefix: str
    """Absent at AWS: empty."""
    manifest: str | None
    """Key of the object that lists its files. Absent: AWS does not tell."""
    items: int | None
    filtered: bool
    """Whether it was told to leave items out; such an export is no backup."""

    @property
    def id(self) -> str:
        """Last part of the ARN; the export's objects lie in a folder of this name."""
        return self.arn.rsplit("/", 1)[-1]


class Exports(Protocol):
    """Exports of one account and region."""

    def newest(self, table_arn: str) -> Export | None:
        """The completed full export of the latest instant; None where there is none.

        AWS tells of the last 90 days.
        https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListExports.html, read 2026-11-22.

        Raises:
            AwsError: one cannot be read, or a listing comes without its list.
        """
        ...


class DynamoExports:
    """Exports as DynamoDB tells of them."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._client = client

    def newest(self, table_arn: str) -> Export | None:
        """See `Exports.newest`."""
        what = f"listing the exports of {table_arn}"
        found = [
            self._export(there(said.get("ExportArn"), "ExportArn", what))
            for said in self._listed(table_arn, what)
            if said.get("ExportStatus") == _COMPLETED and said.get("ExportType", _FULL) == _FULL
        ]
        return max(found, key=lambda export: export.at, default=None)

    def _listed(self, table_arn: str, what: str) -> "list[ExportSummaryTypeDef]":
        asked: ListExportsInputTypeDef = {"TableArn": table_arn}
        found: list[ExportSummaryTypeDef] = []
        while True:
            with translated(what):
                page = self._client.list_exports(**asked)
            found += there(page.get("ExportSummaries"), "ExportSummaries", what)
            after = page.get("NextToken")
            if not after:
                return found
            asked["NextToken"] = after

    def _export(self, arn: str) -> Export:
        what = f"reading export {arn}"
        with translated(what):
            answer = self._client.describe_export(ExportArn=arn)
        said = there(answer.get("ExportDescription"), "ExportDescription", what)
        return Export(
            arn=arn,
            at=utc(there(said.get("ExportTime"), "ExportTime", what)),
            bucket=there(said.get("S3Bucket"), "S3Bucket", what),
            bucket_owner=said.get("S3BucketOwner"),
            prefix=said.get("S3Prefix", ""),
            manifest=said.get("ExportManifest"),
            items=said.get("ItemCount"),
            filtered="FilterSpecification" in said,
        )
