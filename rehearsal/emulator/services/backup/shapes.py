"""The structures of plans and selections in AWS's words, as requests bring them and answers return them."""

from typing import NotRequired, TypedDict


class Lifecycle(TypedDict, total=False):
    """How long a point lives and when it goes cold, in days; what is absent does not happen."""

    MoveToColdStorageAfterDays: int
    DeleteAfterDays: int
    OptInToArchiveForSupportedResources: bool


class CopyAction(TypedDict):
    """Where a point is copied to."""

    DestinationBackupVaultArn: str
    Lifecycle: NotRequired[Lifecycle]


class BackupRule(TypedDict):
    """A scheduled task of a plan."""

    RuleName: str
    TargetBackupVaultName: str
    RuleId: NotRequired[str]
    TargetLogicallyAirGappedBackupVaultArn: NotRequired[str]
    ScheduleExpression: NotRequired[str]
    ScheduleExpressionTimezone: NotRequired[str]
    StartWindowMinutes: NotRequired[int]
    CompletionWindowMinutes: NotRequired[int]
    Lifecycle: NotRequired[Lifecycle]
    RecoveryPointTags: NotRequired[dict[str, str]]
    CopyActions: NotRequired[list[CopyAction]]
    EnableContinuousBackup: NotRequired[bool]
    IndexActions: NotRequired[list[dict[str, list[str]]]]
    ScanActions: NotRequired[list[dict[str, str]]]


class AdvancedBackupSetting(TypedDict, total=False):
    """Options of one resource type."""

    ResourceType: str
    BackupOptions: dict[str, str]


class BackupPlanInput(TypedDict):
    """A plan's document."""

    BackupPlanName: str
    Rules: list[BackupRule]
    AdvancedBackupSettings: NotRequired[list[AdvancedBackupSetting]]
    ScanSettings: NotRequired[list[dict[str, object]]]


class TagCondition(TypedDict):
    """One of a selection's tags."""

    ConditionType: str
    ConditionKey: str
    ConditionValue: str


class BackupSelection(TypedDict):
    """What a plan protects, and under which role."""

    SelectionName: str
    IamRoleArn: str
    Resources: NotRequired[list[str]]
    NotResources: NotRequired[list[str]]
    ListOfTags: NotRequired[list[TagCondition]]
    Conditions: NotRequired[dict[str, list[dict[str, str]]]]
