"""What DynamoDB holds in an item, how it writes it on the wire, and the bounds that it sets."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from strongroom.facts.bounds import Bound

_READ: Final = date(2026, 11, 22)
_GUIDE: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide"
_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference"

TYPE_TAGS: Final = ("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M")
"""Names of an attribute value's types on the wire.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html, read 2026-11-22.
"""

Value = Mapping[str, object]
"""An attribute value as it travels: one type tag and what it holds, such as {"N": "1"}.

Binary values are bytes, as boto3 gives them, or base64 text, as the HTTP answer and an export have them.
"""
Item = Mapping[str, Value]
"""An item as it travels: attribute values by name."""

KIBIBYTE: Final = 1024
"""Bytes of what DynamoDB calls 1 KB.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html, read 2026-11-22.
"""
ITEM_BYTES: Final = Bound("item size in bytes", 1, 400 * KIBIBYTE, f"{_GUIDE}/Constraints.html#limits-items", _READ)
"""Names and values together; strongroom.evidence.items.sizes counts them."""
CONTAINER_BYTES: Final = 3
"""What a list or a map costs besides its elements.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html, read 2026-11-22.
"""
ELEMENT_BYTES: Final = 1
"""What each element of a list or a map costs besides itself; same page."""
NESTING_LEVELS: Final = 32
"""Lists and maps inside each other.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes, read 2026-11-22.
"""

NUMBER_DIGITS: Final = 38
"""Significant digits of a number; zeroes before and behind do not count.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html, read 2026-11-22.
"""
NUMBER_MAGNITUDE: Final = Bound(
    "power of ten of a number's first digit",
    -130,
    125,
    f"{_GUIDE}/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number",
    _READ,
)

SCAN_SEGMENTS: Final = Bound("scan segments", 1, 1_000_000, f"{_API}/API_Scan.html", _READ)
SCAN_PAGE_BYTES: Final = KIBIBYTE * KIBIBYTE
"""Bytes of items, as DynamoDB counts them, that one Scan answer holds; same page."""

BATCH_WRITES: Final = Bound("writes in one batch", 1, 25, f"{_API}/API_BatchWriteItem.html", _READ)
BATCH_BYTES: Final = 16 * KIBIBYTE * KIBIBYTE
"""Bytes that one batch may send over the network; same page."""

TTL_PAST_YEARS: Final = 5
"""An item whose time to live ended longer ago than this does not expire.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html, read
2026-11-22.
"""
