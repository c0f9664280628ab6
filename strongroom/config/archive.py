"""The archive bucket of one source: who makes it, and how long it keeps each object."""

from enum import StrEnum

from pydantic import StrictInt, field_validator

from strongroom.config.fields import Section
from strongroom.config.tiers import MONTHLY


class ManagedBy(StrEnum):
    """Whose stack makes the archive bucket."""

    CENTRAL = "central"
    """The central stack: the source's pipeline holds nothing that can write in the backup account."""
    SOURCE = "source"
    """The source's own stack, by a provisioner role bounded to this archive (single-pipeline mode)."""


class RetentionMode(StrEnum):
    """Object Lock's modes."""

    GOVERNANCE = "governance"
    COMPLIANCE = "compliance"


class Archive(Section):
    """Settings of an archive bucket; source and central stack say the same."""

    managed_by: ManagedBy = ManagedBy.CENTRAL
    retention_days: StrictInt = MONTHLY.default_days
    """Days that Object Lock keeps each object. Default: as long as the monthly tier."""
    mode: RetentionMode = RetentionMode.GOVERNANCE

    @field_validator("retention_days")
    @classmethod
    def _within_the_tier(cls, days: int) -> int:
        return MONTHLY.check(days)
