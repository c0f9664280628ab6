"""What AWS Backup remembers of vaults, plans, selections, legal holds and settings."""

from typing import Literal, NotRequired, TypedDict

from rehearsal.emulator.services.backup.shapes import BackupPlanInput, BackupRule, BackupSelection


class Lock(TypedDict):
    """A vault's lock."""

    MinRetentionDays: int | None
    MaxRetentionDays: int | None
    LockDate: float | None
    """Seconds since 1970 from which the lock is immutable; None in governance mode."""


class Notifications(TypedDict):
    """What a vault tells a topic."""

    SNSTopicArn: str
    BackupVaultEvents: list[str]


class Vault(TypedDict):
    """A backup vault."""

    BackupVaultName: str
    BackupVaultArn: str
    VaultType: NotRequired[Literal["LOGICALLY_AIR_GAPPED_BACKUP_VAULT"]]
    """Absent: a standard vault."""
    VaultState: NotRequired[Literal["CREATING"]]
    """Absent: available."""
    EncryptionKeyArn: str
    """Of a key that AWS owns: empty, for nobody sees it."""
    KeyIsCustomerManaged: bool
    CreationDate: float
    CreatorRequestId: str | None
    Tags: dict[str, str]
    Lock: NotRequired[Lock]
    Policy: NotRequired[str]
    Notifications: NotRequired[Notifications]


class PlanVersion(TypedDict):
    """A plan as it stood from one update to the next."""

    VersionId: str
    CreationDate: float
    Document: BackupPlanInput
    Rules: list[BackupRule]


class Plan(TypedDict):
    """A backup plan with its history, the newest version last."""

    BackupPlanId: str
    BackupPlanArn: str
    CreatorRequestId: str | None
    CreationDate: float
    DeletionDate: float | None
    Tags: dict[str, str]
    Versions: list[PlanVersion]


class Selection(TypedDict):
    """What a plan protects."""

    SelectionId: str
    BackupPlanId: str
    CreationDate: float
    CreatorRequestId: str | None
    Selection: BackupSelection


class DateRange(TypedDict):
    """From a moment to a moment, both included, in seconds since 1970."""

    FromDate: float
    ToDate: float


class HeldPoints(TypedDict, total=False):
    """What a legal hold was asked to hold; what is absent does not narrow it."""

    VaultNames: list[str]
    ResourceIdentifiers: list[str]
    """ARNs of resources, or the names of their types."""
    DateRange: DateRange


class LegalHold(TypedDict):
    """A legal hold; which points it holds stands with the points."""

    LegalHoldId: str
    LegalHoldArn: str
    Title: str
    Description: str
    Status: str
    CreationDate: float
    CancellationDate: float | None
    CancelDescription: str | None
    RetainRecordUntil: float | None
    RecoveryPointSelection: HeldPoints | None
    IdempotencyToken: str | None
    Asked: dict[str, object]
    """The request that made it, to tell the same one again by its token."""
    Tags: dict[str, str]


class RegionSettings(TypedDict):
    """An account's choices in one region, as far as they differ from AWS's."""

    OptIn: dict[str, bool]
    Management: dict[str, bool]


class GlobalSettings(TypedDict):
    """An organization's choices, kept with its management account."""

    Settings: dict[str, str]
    LastUpdateTime: float
