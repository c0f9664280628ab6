"""The mode of the central vaults' locks."""

from enum import StrEnum
from typing import Self

from pydantic import StrictInt, StrictStr, field_validator, model_validator

from strongroom.config.fields import Section
from strongroom.facts import limits


class LockMode(StrEnum):
    """Modes of AWS Backup Vault Lock."""

    GOVERNANCE = "governance"
    COMPLIANCE = "compliance"


ACKNOWLEDGEMENT = "I know that nobody can lift this lock, AWS included"
"""What `acknowledge` must say before a compliance lock is armed."""


class Lock(Section):
    """How central vaults are locked. A compliance lock arms itself when its grace ends, and nobody can lift it then."""

    mode: LockMode = LockMode.GOVERNANCE
    grace_days: StrictInt | None = None
    """Days until a compliance lock arms. Absent: governance, which has none."""
    acknowledge: StrictStr | None = None

    @field_validator("grace_days")
    @classmethod
    def _grace_is_possible(cls, days: int | None) -> int | None:
        return days if days is None else limits.LOCK_GRACE_DAYS.check(days)

    @model_validator(mode="after")
    def _compliance_is_meant(self) -> Self:
        if self.mode is LockMode.GOVERNANCE and self.grace_days is not None:
            raise ValueError("graceDays belongs to mode compliance; leave it out, or set mode to compliance")
        if self.mode is LockMode.COMPLIANCE and self.grace_days is None:
            raise ValueError(f"mode compliance needs graceDays ({limits.LOCK_GRACE_DAYS.low} or more)")
        if self.mode is LockMode.COMPLIANCE and self.acknowledge != ACKNOWLEDGEMENT:
            raise ValueError(f"mode compliance needs acknowledge: {ACKNOWLEDGEMENT!r}, got {self.acknowledge!r}")
        return self
