"""KMS: keys, and who may use them."""

from rehearsal.emulator.rules import differs

differs(
    "KMS",
    "UpdatePrimaryRegion of multi-Region keys is missing.",
    "Grants that a service would make on a key are judged, and not listed by ListGrants.",
)
