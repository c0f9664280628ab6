"""What AWS Backup remembers of recovery points and of the jobs that make and use them."""

from typing import NotRequired, TypedDict

from rehearsal.emulator.services.backup.shapes import CopyAction, Lifecycle
from rehearsal.emulator.services.dynamodb.frozen import Frozen


class CreatedBy(TypedDict):
    """The rule of a plan that a job runs for."""

    BackupPlanId: str
    BackupPlanArn: str
    BackupPlanName: str
    BackupPlanVersion: str
    BackupRuleId: str
    BackupRuleName: str
    BackupRuleCron: str
    BackupRuleTimezone: str


class Point(TypedDict):
    """A recovery point; its key is its ARN, its place the vault's. Times are seconds since 1970."""

    RecoveryPointArn: str
    BackupVaultName: str
    BackupVaultArn: str
    SourceBackupVaultArn: str | None
    """Vault that it was copied from; None where it was backed up."""
    ResourceArn: str
    ResourceName: str
    ResourceType: str
    CreatedBy: CreatedBy | None
    IamRoleArn: str
    Status: str
    StatusMessage: str | None
    CreationDate: float
    """Of a copy too, when the source was backed up: age and expiry count from there."""
    InitiationDate: float
    CompletionDate: float | None
    BackupSizeInBytes: int
    Lifecycle: Lifecycle
    StorageClass: str
    EncryptionKeyArn: str
    LastRestoreTime: float | None
    Tags: dict[str, str]
    Advanced: bool
    """Whether it was made with AWS Backup's full management; one that was not can be neither copied nor go cold."""
    LegalHolds: list[str]
    Frozen: Frozen | None
    """The table as it stood; None while the point is being made, or when a job ended without data."""


class Ending(TypedDict):
    """How a job ends."""

    State: str
    StatusMessage: str | None
    MessageCategory: str


class BackupJob(TypedDict):
    """A backup job; its key is its id."""

    BackupJobId: str
    BackupVaultName: str
    ResourceArn: str
    ResourceName: str
    ResourceType: str
    IamRoleArn: str
    State: str
    StatusMessage: str | None
    MessageCategory: str
    CreationDate: float
    StartBy: float
    CompleteBy: float
    CompletionDate: float | None
    RecoveryPointArn: str | None
    Lifecycle: Lifecycle
    Tags: dict[str, str]
    CreatedBy: CreatedBy | None
    BackupSizeInBytes: int
    IdempotencyToken: str | None
    CopyActions: list[CopyAction]
    """What is copied from the point when the job has completed."""
    Ending: NotRequired[Ending]
    """How it will end, known since it runs."""
    Asked: NotRequired[dict[str, object]]
    """The request that started it, to tell the same one again by its token."""


class CopyJob(TypedDict):
    """A copy job, kept in the account of the source; its key is its id."""

    CopyJobId: str
    SourceBackupVaultArn: str
    SourceRecoveryPointArn: str
    DestinationBackupVaultArn: str
    DestinationRecoveryPointArn: str | None
    ResourceArn: str
    ResourceName: str
    ResourceType: str
    IamRoleArn: str
    State: str
    StatusMessage: str | None
    MessageCategory: str
    CreationDate: float
    CompletionDate: float | None
    BackupSizeInBytes: int
    Lifecycle: Lifecycle
    CreatedBy: CreatedBy | None
    CreatedByBackupJobId: str | None
    IdempotencyToken: str | None
    Ending: NotRequired[Ending]
    """How it will end, where that was ordered."""
    Asked: NotRequired[dict[str, object]]


class RestoreJob(TypedDict):
    """A restore job; its key is its id."""

    RestoreJobId: str
    RecoveryPointArn: str
    RecoveryPointCreationDate: float
    BackupVaultArn: str
    SourceResourceArn: str
    ResourceType: str
    IamRoleArn: str
    Metadata: dict[str, str]
    Status: str
    StatusMessage: str | None
    CreationDate: float
    CompletionDate: float | None
    BackupSizeInBytes: int
    CreatedResourceArn: str | None
    TestingPlanArn: str | None
    """Restore testing plan that started it."""
    ValidationStatus: str | None
    ValidationStatusMessage: str | None
    DeletionStatus: str | None
    DeletionStatusMessage: str | None
    IdempotencyToken: str | None
    Tags: dict[str, str]
    """What the restored resource is tagged with."""
    ValidationWindowHours: int | None
    """How long a test keeps what it restored; None for what is no test."""
    Ending: NotRequired[Ending]
    """How it will end, where that was ordered."""
    Asked: NotRequired[dict[str, object]]


class Counted(TypedDict):
    """How often something happened that a metric counts, since it was pushed."""

    Metric: str
    BackupVaultName: str
    ResourceType: str
    Times: int


class Due(TypedDict):
    """A step that is to be taken later."""

    Kind: str
    Key: str
    At: float
