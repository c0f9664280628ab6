"""Tables as DynamoDB tells of them and changes them, apart from what a table's state is made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypedDict

from strongroom.aws.answers import pages, there, utc
from strongroom.aws.errors import NotThereError, translated
from strongroom.aws.table_state import KeyPart, TableState, Window
from strongroom.config.tables import StreamView

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        PointInTimeRecoveryDescriptionTypeDef,
        SSESpecificationTypeDef,
        TableDescriptionTypeDef,
    )

_BARE: Final = ("CREATING", "DELETING", "ARCHIVED")
"""Statuses in which DynamoDB does not tell of a table's settings."""
_SWITCHING: Final = ("ENABLING", "DISABLING")


class _When(TypedDict, total=False):
    """One of the two, never both."""

    UseLatestRestorableTime: bool
    RestoreDateTime: datetime


class DynamoTableStates:
    """Tables as DynamoDB tells of them."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._client = client

    def names(self) -> list[str]:
        """See `TableStates.names`."""
        found = self._client.get_paginator("list_tables").paginate()
        return [name for page in pages(found, "listing tables", "TableNames") for name in page["TableNames"]]

    def state(self, table: str) -> TableState | None:
        """See `TableStates.state`."""
        what = f"reading table {table}"
        try:
            with translated(what):
                said = there(self._client.describe_table(TableName=table).get("Table"), "Table", what)
            return self._state(table, said, what)
        except NotThereError:
            return None

    def pitr_window(self, table: str) -> Window | None:
        """See `TableStates.pitr_window`."""
        what = f"reading the point-in-time recovery of table {table}"
        said = self._pitr(table, what)
        if said is None:
            return None
        earliest, latest = said.get("EarliestRestorableDateTime"), said.get("LatestRestorableDateTime")
        return Window(
            utc(there(earliest, "EarliestRestorableDateTime", what)),
            utc(there(latest, "LatestRestorableDateTime", what)),
        )

    def set_ttl(self, table: str, attribute: str, on: bool) -> None:
        """See `TableStates.set_ttl`."""
        with translated(f"switching expiry of table {table} by {attribute} {'on' if on else 'off'}"):
            self._client.update_time_to_live(
                TableName=table, TimeToLiveSpecification={"Enabled": on, "AttributeName": attribute}
            )

    def set_pitr(self, table: str, days: int) -> None:
        """See `TableStates.set_pitr`."""
        with translated(f"setting point-in-time recovery of table {table} to {days} days"):
            self._client.update_continuous_backups(
                TableName=table,
                PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": days},
            )

    def protect(self, table: str, on: bool) -> None:
        """See `TableStates.protect`."""
        with translated(f"setting deletion protection of table {table}"):
            self._client.update_table(TableName=table, DeletionProtectionEnabled=on)

    def set_stream(self, table: str, view: StreamView | None) -> None:
        """See `TableStates.set_stream`."""
        with translated(f"setting the stream of table {table}"):
            if view is None:
                self._client.update_table(TableName=table, StreamSpecification={"StreamEnabled": False})
            else:
                self._client.update_table(
                    TableName=table, StreamSpecification={"StreamEnabled": True, "StreamViewType": view.value}
                )

    def tag(self, arn: str, tags: Mapping[str, str]) -> None:
        """See `TableStates.tag`."""
        with translated(f"tagging {arn}"):
            self._client.tag_resource(
                ResourceArn=arn, Tags=[{"Key": name, "Value": value} for name, value in tags.items()]
            )

    def untag(self, arn: str, names: Sequence[str]) -> None:
        """See `TableStates.untag`."""
        with translated(f"taking tags off {arn}"):
            self._client.untag_resource(ResourceArn=arn, TagKeys=names)

    def restore_to(self, source: str, target: str, at: datetime | None, kms_key_arn: str | None) -> None:
        """See `TableStates.restore_to`."""
        encrypted: SSESpecificationTypeDef = {"Enabled": False}
        if kms_key_arn is not None:
            encrypted = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": kms_key_arn}
        with translated(f"restoring table {source} to table {target}"):
            self._client.restore_table_to_point_in_time(
                SourceTableName=source, TargetTableName=target, SSESpecificationOverride=encrypted, **_when(at)
            )

    def delete(self, table: str) -> None:
        """See `TableStates.delete`."""
        try:
            with translated(f"deleting table {table}"):
                self._client.delete_table(TableName=table)
        except NotThereError:
            return

    def _state(self, table: str, said: "TableDescriptionTypeDef", what: str) -> TableState:
        stream = said.get("StreamSpecification", {})
        status, arn = there(said.get("TableStatus"), "TableStatus", what), there(said.get("TableArn"), "TableArn", what)
        told = status not in _BARE
        ttl, changing = self._ttl(table) if told else (None, False)
        pitr = self._pitr(table, what) if told else None
        return TableState(
            name=table,
            status=status,
            arn=arn,
            keys=_keys(said, what),
            ttl_attribute=ttl,
            ttl_changing=changing,
            pitr_days=pitr.get("RecoveryPeriodInDays") if pitr else None,
            deletion_protection=said.get("DeletionProtectionEnabled", False),
            stream=StreamView(stream.get("StreamViewType", "")) if stream.get("StreamEnabled") else None,
            tags=self._tags(arn) if told else {},
            kms_key_arn=said.get("SSEDescription", {}).get("KMSMasterKeyArn"),
            item_count=said.get("ItemCount", 0),
            size_bytes=said.get("TableSizeBytes", 0),
            created=utc(said.get("CreationDateTime")),
        )

    def _ttl(self, table: str) -> tuple[str | None, bool]:
        what = f"reading the expiry of table {table}"
        with translated(what):
            said = self._client.describe_time_to_live(TableName=table)
        found = there(said.get("TimeToLiveDescription"), "TimeToLiveDescription", what)
        status = there(found.get("TimeToLiveStatus"), "TimeToLiveStatus", what)
        on = status in ("ENABLED", "ENABLING")
        return found.get("AttributeName") if on else None, status in _SWITCHING

    def _pitr(self, table: str, what: str) -> "PointInTimeRecoveryDescriptionTypeDef | None":
        """Point-in-time recovery where it is on. ContinuousBackupsStatus says ENABLED of every table, and is no answer.

        https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html, read
        2026-11-22.
        """
        with translated(what):
            said = self._client.describe_continuous_backups(TableName=table)
        found = there(said.get("ContinuousBackupsDescription"), "ContinuousBackupsDescription", what)
        pitr = there(found.get("PointInTimeRecoveryDescription"), "PointInTimeRecoveryDescription", what)
        status = there(pitr.get("PointInTimeRecoveryStatus"), "PointInTimeRecoveryStatus", what)
        return pitr if status == "ENABLED" else None

    def _tags(self, arn: str) -> dict[str, str]:
        found = self._client.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn)
        listed = pages(found, f"reading the tags of {arn}", "Tags")
        return {tag["Key"]: tag["Value"] for page in listed for tag in page["Tags"]}


def _when(at: datetime | None) -> _When:
    return {"UseLatestRestorableTime": True} if at is None else {"RestoreDateTime": at}


def _keys(said: "TableDescriptionTypeDef", what: str) -> tuple[KeyPart, ...]:
    told = there(said.get("AttributeDefinitions"), "AttributeDefinitions", what)
    types = {one["AttributeName"]: one["AttributeType"] for one in told}
    # HASH comes before RANGE in the alphabet, too.
    schema = sorted(there(said.get("KeySchema"), "KeySchema", what), key=lambda one: one["KeyType"])
    return tuple(KeyPart(one["AttributeName"], one["KeyType"], types[one["AttributeName"]]) for one in schema)
