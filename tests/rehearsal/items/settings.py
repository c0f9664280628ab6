"""Tables as the stack files describe them, one for each kind of key."""

from datetime import UTC, datetime
from typing import Final

from strongroom.config.tables import AttributeType, KeyAttribute, TableSettings
from strongroom.config.tiers import DataClass

BEGIN: Final = datetime(2026, 11, 22, tzinfo=UTC)
BUNDLES: Final = TableSettings(
    name="prod-submit-bundles",
    data_class=DataClass.STANDARD,
    hash_key=KeyAttribute(name="hashedSub"),
    range_key=KeyAttribute(name="bundleId"),
    ttl_attribute="ttl",
)
PASSES: Final = TableSettings(
    name="prod-submit-passes", data_class=DataClass.SHORT, hash_key=KeyAttribute(name="passId")
)
BINARY: Final = TableSettings(
    name="binary",
    data_class=DataClass.SHORT,
    hash_key=KeyAttribute(name="id", type=AttributeType.NUMBER),
    range_key=KeyAttribute(name="sort", type=AttributeType.BINARY),
)
EVERY: Final = (BUNDLES, PASSES, BINARY)
