"""Doors of AWS in memory by profile, as the command line opens them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from strongroom.aws.errors import DeniedError
from strongroom.aws.identity import Identity
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_backup import MemoryBackups, MemoryCopies, MemoryPoints, MemoryRestores, MemoryVaults
from tests.strongroom.aws.memory_others import (
    MemoryBuckets,
    MemoryKeys,
    MemoryMetrics,
    MemoryObjects,
    MemoryParameters,
    MemoryQuotas,
)
from tests.strongroom.aws.memory_tables import MemoryExports, MemoryItemWriter, MemoryTables, MemoryTableStates


@dataclass
class MemoryCalls:
    """Counts the calls of each profile."""

    aws: MemoryAws
    profiles: Mapping[str | None, str]

    def by_profile(self) -> Mapping[str, int]:
        counts = self.aws.wire.by_account()
        return {name or "(default)": counts[id_] for name, id_ in self.profiles.items() if id_ in counts}


@dataclass
class MemorySessions:
    """Account ids by profile; a profile that is not named is not in the config file."""

    aws: MemoryAws
    profiles: dict[str | None, str]
    role: str = "strongroom-recover"
    calls: MemoryCalls = field(init=False)

    def __post_init__(self) -> None:
        self.calls = MemoryCalls(self.aws, self.profiles)

    def identity(self, profile: str | None) -> Identity:
        account = self._account(profile)
        with self.aws.call(account, "sts.identity"):
            return Identity(account, f"arn:aws:sts::{account}:assumed-role/{self.role}/op", self.aws.clock.now())

    def points(self, profile: str | None) -> MemoryPoints:
        return MemoryPoints(self.aws, self._account(profile))

    def copies(self, profile: str | None) -> MemoryCopies:
        return MemoryCopies(self.aws, self._account(profile))

    def restores(self, profile: str | None) -> MemoryRestores:
        return MemoryRestores(self.aws, self._account(profile))

    def landing(self, profile: str | None) -> MemoryVaults:
        return MemoryVaults(self.aws, self._account(profile))

    def vaults(self, profile: str | None) -> MemoryVaults:
        return MemoryVaults(self.aws, self._account(profile))

    def backups(self, profile: str | None) -> MemoryBackups:
        return MemoryBackups(self.aws, self._account(profile))

    def keys(self, profile: str | None) -> MemoryKeys:
        return MemoryKeys(self.aws, self._account(profile))

    def tables(self, profile: str | None) -> MemoryTables:
        return MemoryTables(self.aws, self._account(profile))

    def table_states(self, profile: str | None) -> MemoryTableStates:
        return MemoryTableStates(self.aws, self._account(profile))

    def objects(self, profile: str | None) -> MemoryObjects:
        return MemoryObjects(self.aws, self._account(profile))

    def quotas(self, profile: str | None) -> MemoryQuotas:
        return MemoryQuotas(self.aws, self._account(profile))

    def buckets(self, profile: str | None) -> MemoryBuckets:
        return MemoryBuckets(self.aws, self._account(profile))

    def item_writer(self, profile: str | None) -> MemoryItemWriter:
        return MemoryItemWriter(self.aws, self._account(profile))

    def parameters(self, profile: str | None) -> MemoryParameters:
        return MemoryParameters(self.aws, self._account(profile))

    def exports(self, profile: str | None) -> MemoryExports:
        return MemoryExports(self.aws, self._account(profile))

    def metrics(self, profile: str | None) -> MemoryMetrics:
        return MemoryMetrics(self.aws, self._account(profile))

    def _account(self, profile: str | None) -> str:
        if profile not in self.profiles:
            raise DeniedError(f"opening profile {profile}: The config profile ({profile}) could not be found")
        return self.profiles[profile]
