"""Where the service keeps its records: by account and region, in the dictionaries that the emulator saves by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, NotRequired, TypedDict, TypeVar

from rehearsal.emulator import door
from rehearsal.emulator.services.backup.shapes import BackupPlanInput, BackupRule, BackupSelection

R = TypeVar("R")


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
    EncryptionKeyArn: str
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


class Point(TypedDict):
    """A recovery point."""

    RecoveryPointArn: str
    BackupVaultName: str


class RegionSettings(TypedDict):
    """An account's choices in one region, as far as they differ from AWS's."""

    OptIn: dict[str, bool]
    Management: dict[str, bool]


class GlobalSettings(TypedDict):
    """An organization's choices, kept with its management account."""

    Settings: dict[str, str]
    LastUpdateTime: float


@dataclass(frozen=True)
class Place:
    """An account's part of a region."""

    account: str
    region: str


class Records(Generic[R]):
    """Records of one kind, each under its account, region and key."""

    def __init__(self) -> None:
        self.scoped: Any = door.AccountRegionScopedDict()
        """What the emulator saves, resets and empties with a lost account."""

    def get(self, place: Place, key: str) -> R | None:
        """Return the record, None when there is none."""
        return self.scoped.get_scoped(place.account, place.region, key)

    def put(self, place: Place, key: str, record: R) -> None:
        """Keep a record; one that was changed is put again, so that it is saved."""
        self.scoped.set_scoped(place.account, place.region, key, record)

    def remove(self, place: Place, key: str) -> None:
        """Forget a record; without one nothing happens."""
        self.scoped.pop_scoped(place.account, place.region, key, None)

    def of(self, place: Place) -> list[R]:
        """Return the records of one account and region, oldest first."""
        return self.scoped.values_scoped(place.account, place.region)

    def everywhere(self) -> Iterator[tuple[Place, R]]:
        """Yield every record with its place."""
        for (account, region, _key), record in self.scoped.all_items():
            yield Place(account, region), record


class Store:
    """Everything that the service remembers."""

    def __init__(self) -> None:
        self.vaults = Records[Vault]()
        self.plans = Records[Plan]()
        self.selections = Records[Selection]()
        self.points = Records[Point]()
        self.region_settings = Records[RegionSettings]()
        self.global_settings = Records[GlobalSettings]()

    def records(self) -> dict[str, Records[Any]]:
        """Return each kind of record by name."""
        return vars(self)
