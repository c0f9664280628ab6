"""A DynamoDB table that cannot be lost by mistake and can be brought back to any second of its recovery window."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from components.checks import Site, checked
from components.options import Options
from strongroom.config.tables import AttributeType, StreamView, TableSettings
from strongroom.config.tiers import DataClass
from strongroom.facts import names


class KeyAttributeArgs(TypedDict):
    """One attribute of a table's primary key."""

    name: str
    """Name of the attribute."""
    type: NotRequired[AttributeType]
    """Its type. Default: string."""


class ProtectedTableArgs(TypedDict):
    """What a caller decides about a protected table."""

    environment: str
    """Environment that the table belongs to; the backup selection looks for it in the table's tags."""
    region: str
    """Region of the table."""
    table_name: str
    """Physical name: applications and restores spell it out."""
    data_class: DataClass
    """Names the tiers that copies are kept in; the backup selection looks for it in the table's tags."""
    hash_key: KeyAttributeArgs
    """Partition key."""
    range_key: NotRequired[KeyAttributeArgs]
    """Sort key. Absent: none."""
    ttl_attribute: NotRequired[str]
    """Attribute that holds the expiry time. Absent: items never expire."""
    stream: NotRequired[StreamView]
    """What the table's stream holds. Absent: no stream."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """Key that encrypts the table. Absent: a key that AWS owns."""
    pitr_days: NotRequired[int]
    """Days that point-in-time recovery reaches back. Default: 35, the most."""
    disposable: NotRequired[bool]
    """Whether destroying the stack may destroy the table. Default: no."""


class ProtectedTable(pulumi.ComponentResource):
    """A table with point-in-time recovery, deletion protection and the tags that put it into a backup plan."""

    table_name: pulumi.Output[str]
    """Physical name."""
    table_arn: pulumi.Output[str]
    """ARN."""

    def __init__(self, name: str, args: ProtectedTableArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        site = checked(Site, {"environment": args["environment"], "region": args["region"]})
        table = checked(TableSettings, _decisions(args))
        disposable = args.get("disposable") or False
        super().__init__("strongroom:index:ProtectedTable", name, {}, opts)

        made = aws.dynamodb.Table(
            f"{name}-table",
            region=site.region,
            name=table.name,
            billing_mode="PAY_PER_REQUEST",
            attributes=[{"name": key.name, "type": key.type.value} for key in (table.hash_key, table.range_key) if key],
            hash_key=table.hash_key.name,
            range_key=table.range_key.name if table.range_key else None,
            point_in_time_recovery={"enabled": True, "recovery_period_in_days": table.pitr_days},
            deletion_protection_enabled=not disposable,
            ttl={"enabled": True, "attribute_name": table.ttl_attribute} if table.ttl_attribute else None,
            stream_enabled=True if table.stream else None,
            stream_view_type=table.stream,
            server_side_encryption=_encryption(args.get("kms_key_arn")),
            tags={names.TAG_DATA_CLASS: table.data_class.value, names.TAG_ENVIRONMENT: site.environment},
            opts=Options(self, disposable).kept(),
        )

        self.table_name = made.name
        self.table_arn = made.arn
        self.register_outputs({"table_name": self.table_name, "table_arn": self.table_arn})


def _decisions(args: ProtectedTableArgs) -> Mapping[str, object]:
    """The arguments that can be judged now; the key is an identity and stays as it is."""
    return {
        "name": args["table_name"],
        "data_class": args["data_class"],
        "hash_key": args["hash_key"],
        "range_key": args.get("range_key"),
        "ttl_attribute": args.get("ttl_attribute"),
        "stream": args.get("stream"),
        "pitr_days": args.get("pitr_days"),
    }


def _encryption(
    kms_key_arn: pulumi.Input[str] | None,
) -> aws.dynamodb.TableServerSideEncryptionArgsDict | None:
    return {"enabled": True, "kms_key_arn": kms_key_arn} if kms_key_arn is not None else None
