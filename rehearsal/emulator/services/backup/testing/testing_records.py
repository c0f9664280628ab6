"""What AWS Backup remembers of restore testing."""

from typing import Literal, NotRequired, TypedDict


class PointChoice(TypedDict):
    """Which point of a resource is restored."""

    Algorithm: Literal["LATEST_WITHIN_WINDOW", "RANDOM_WITHIN_WINDOW"]
    IncludeVaults: list[str]
    """Patterns of vault ARNs, or `*`."""
    ExcludeVaults: NotRequired[list[str]]
    RecoveryPointTypes: list[str]
    SelectionWindowDays: NotRequired[int]
    """Absent: 30."""


class TagPair(TypedDict):
    """A key and its value."""

    Key: str
    Value: str


class Conditions(TypedDict, total=False):
    """What the tags of a resource's latest point must be, all of it."""

    StringEquals: list[TagPair]
    StringNotEquals: list[TagPair]


class TestingPlan(TypedDict):
    """A restore testing plan; its key is its name."""

    RestoreTestingPlanName: str
    RestoreTestingPlanArn: str
    CreatorRequestId: str | None
    CreationTime: float
    LastUpdateTime: float | None
    LastExecutionTime: float | None
    ScheduleExpression: str
    ScheduleExpressionTimezone: str
    StartWindowHours: int
    RecoveryPointSelection: PointChoice
    Tags: dict[str, str]


class TestingSelection(TypedDict):
    """What a restore testing plan restores; its key is the plan's name and its own, with a slash between."""

    RestoreTestingPlanName: str
    RestoreTestingSelectionName: str
    CreatorRequestId: str | None
    CreationTime: float
    IamRoleArn: str
    ProtectedResourceType: str
    ProtectedResourceArns: list[str] | None
    ProtectedResourceConditions: Conditions | None
    RestoreMetadataOverrides: dict[str, str]
    ValidationWindowHours: int
