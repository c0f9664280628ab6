"""A protected table as the settings describe it."""

from enum import StrEnum
from typing import Self

from pydantic import StrictInt, field_validator, model_validator

from strongroom.config.fields import AttributeName, KeyArn, Section, TableName
from strongroom.config.tiers import DataClass
from strongroom.facts import limits


class AttributeType(StrEnum):
    """DynamoDB's types of key attributes."""

    STRING = "S"
    NUMBER = "N"
    BINARY = "B"


class StreamView(StrEnum):
    """What a stream record holds."""

    KEYS_ONLY = "KEYS_ONLY"
    NEW_IMAGE = "NEW_IMAGE"
    OLD_IMAGE = "OLD_IMAGE"
    NEW_AND_OLD_IMAGES = "NEW_AND_OLD_IMAGES"


class KeyAttribute(Section):
    """One attribute of a primary key."""

    name: AttributeName
    type: AttributeType = AttributeType.STRING


class TableSettings(Section):
    """One DynamoDB table and how it is protected."""

    name: TableName
    data_class: DataClass
    """Names the tiers that its copies are kept in."""
    hash_key: KeyAttribute
    range_key: KeyAttribute | None = None
    ttl_attribute: AttributeName | None = None
    """Attribute that holds the expiry time. Absent: items never expire."""
    stream: StreamView | None = None
    """What the table's stream holds. Absent: no stream."""
    kms_key_arn: KeyArn | None = None
    """Key that encrypts the table. Absent: a key of AWS's own. Recovery points lie under the vault's key either way."""
    pitr_days: StrictInt = limits.PITR_DAYS.high
    """Days that point-in-time recovery reaches back. Default: the most, because the price does not depend on it."""

    @field_validator("pitr_days")
    @classmethod
    def _pitr_is_possible(cls, days: int) -> int:
        limits.PITR_DAYS.check(days)
        return days

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        if self.range_key and self.range_key.name == self.hash_key.name:
            raise ValueError(f"rangeKey must be another attribute than hashKey, got {self.range_key.name!r} twice")
        return self
