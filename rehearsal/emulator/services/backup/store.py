"""Where the service keeps its records: by account and region, in the dictionaries that the emulator saves by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from rehearsal.emulator import door
from rehearsal.emulator.services.backup.job_records import BackupJob, CopyJob, Counted, Due, Point, RestoreJob
from rehearsal.emulator.services.backup.records import (
    GlobalSettings,
    LegalHold,
    Plan,
    RegionSettings,
    Selection,
    Vault,
)
from rehearsal.emulator.services.backup.testing.testing_records import TestingPlan, TestingSelection
from rehearsal.emulator.timeline import Appointments

R = TypeVar("R")
Key = tuple[str, str, str]
"""Account, region, and the record's own key."""

# Past what the emulator notes of reading: who reads a record here does not change it.
_get = dict[Key, Any].get
_items = dict[Key, Any].items


@dataclass(frozen=True)
class Place:
    """An account's part of a region."""

    account: str
    region: str


class Records(Generic[R]):
    """Records of one kind, each under its account, region and key.

    A record is never changed in place: a changed copy is put in its stead, which is what gets it saved.
    """

    def __init__(self) -> None:
        self.scoped: Any = door.AccountRegionScopedDict()
        """What the emulator saves, resets and empties with a lost account."""

    def get(self, place: Place, key: str) -> R | None:
        """Return the record, None when there is none."""
        return _get(self._entries, (place.account, place.region, key))

    def put(self, place: Place, key: str, record: R) -> None:
        """Keep a record."""
        self.scoped.set_scoped(place.account, place.region, key, record)

    def remove(self, place: Place, key: str) -> None:
        """Forget a record; without one nothing happens."""
        self.scoped.pop_scoped(place.account, place.region, key, None)

    def of(self, place: Place) -> list[R]:
        """Return the records of one account and region, oldest first."""
        here = (place.account, place.region)
        return [record for key, record in _items(self._entries) if key[:2] == here]

    def everywhere(self) -> Iterator[tuple[Place, R]]:
        """Yield every record with its place."""
        for (account, region, _key), record in list(_items(self._entries)):
            yield Place(account, region), record

    @property
    def _entries(self) -> dict[Key, Any]:
        return self.scoped._data  # noqa: SLF001 - MiniStack offers no reading across accounts


class Dues(Records[Due]):
    """What is to happen later, each with its instant; the earliest is found at once."""

    def __init__(self) -> None:
        super().__init__()
        self.appointments = Appointments[tuple[Place, str, str]]()

    def set(self, place: Place, kind: str, key: str, at: datetime) -> None:
        """Let the step `kind` be taken on `key` at an instant, in the place of an earlier one."""
        self.put(place, f"{kind} {key}", {"Kind": kind, "Key": key, "At": at.timestamp()})
        self.appointments.set((place, kind, key), at)

    def drop(self, place: Place, kind: str, key: str) -> None:
        """Do not take the step; without one nothing happens."""
        if self.get(place, f"{kind} {key}") is None:
            return
        self.remove(place, f"{kind} {key}")
        self.appointments.drop((place, kind, key))

    def renew(self) -> None:
        """Read the instants again from the records."""
        self.appointments.clear()
        for place, due in self.everywhere():
            self.appointments.set((place, due["Kind"], due["Key"]), datetime.fromtimestamp(due["At"], UTC))


class Store:
    """Everything that the service remembers."""

    def __init__(self) -> None:
        self.vaults = Records[Vault]()
        self.plans = Records[Plan]()
        self.selections = Records[Selection]()
        self.points = Records[Point]()
        self.backup_jobs = Records[BackupJob]()
        self.copy_jobs = Records[CopyJob]()
        self.restore_jobs = Records[RestoreJob]()
        self.counts = Records[Counted]()
        self.waiting = Records[list[str]]()
        """Ids of the jobs that back a resource up, by its ARN: the first is running, the others wait."""
        self.copying = Records[list[str]]()
        """Ids of the copy jobs that are taking a resource's points to other accounts, by its ARN."""
        self.legal_holds = Records[LegalHold]()
        self.testing_plans = Records[TestingPlan]()
        self.testing_selections = Records[TestingSelection]()
        self.dues = Dues()
        self.region_settings = Records[RegionSettings]()
        self.global_settings = Records[GlobalSettings]()

    def records(self) -> dict[str, Records[Any]]:
        """Return each kind of record by name."""
        return vars(self)
