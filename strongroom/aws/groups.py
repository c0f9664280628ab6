"""What the commands of recovery and of watching ask of AWS: groups of doors by profile, for real ones and for tests."""

from typing import Protocol

from strongroom.aws.backups import Backups
from strongroom.aws.buckets import Buckets
from strongroom.aws.copies import Copies
from strongroom.aws.exports import Exports
from strongroom.aws.identity import Callers
from strongroom.aws.keys import RunKeys
from strongroom.aws.landing import LandingVaults
from strongroom.aws.metrics import Metrics
from strongroom.aws.objects import Objects
from strongroom.aws.points import Points
from strongroom.aws.quotas import Quotas
from strongroom.aws.restores import Restores
from strongroom.aws.table_state import TableStates
from strongroom.aws.tables import Tables
from strongroom.aws.vaults import Vaults


class Planning(Callers, Protocol):
    """What the plan of a recovery asks of AWS."""

    def points(self, profile: str | None) -> Points:
        """Recovery points of a profile's account."""
        ...

    def objects(self, profile: str | None) -> Objects:
        """Objects of buckets that a profile can see."""
        ...

    def table_states(self, profile: str | None) -> TableStates:
        """Tables of a profile's account: how they stand, and ways to change them."""
        ...

    def quotas(self, profile: str | None) -> Quotas:
        """How much AWS does at a time for a profile's account."""
        ...


class Recovering(Planning, Protocol):
    """What a recovery asks of AWS besides."""

    def copies(self, profile: str | None) -> Copies:
        """Copy jobs of a profile's account."""
        ...

    def restores(self, profile: str | None) -> Restores:
        """Restore jobs of a profile's account."""
        ...

    def landing(self, profile: str | None) -> LandingVaults:
        """Makes vaults in a profile's account."""
        ...

    def keys(self, profile: str | None) -> RunKeys:
        """KMS keys of a profile's account."""
        ...

    def tables(self, profile: str | None) -> Tables:
        """Items of tables of a profile's account."""
        ...


class Watching(Callers, Protocol):
    """What `verify` and `status` ask of AWS."""

    def points(self, profile: str | None) -> Points:
        """Recovery points of a profile's account."""
        ...

    def objects(self, profile: str | None) -> Objects:
        """Objects of buckets that a profile can see."""
        ...

    def table_states(self, profile: str | None) -> TableStates:
        """Tables of a profile's account."""
        ...

    def vaults(self, profile: str | None) -> Vaults:
        """Vaults that a profile can see."""
        ...

    def buckets(self, profile: str | None) -> Buckets:
        """Buckets that a profile can see."""
        ...

    def backups(self, profile: str | None) -> Backups:
        """Backup jobs of a profile's account."""
        ...

    def exports(self, profile: str | None) -> Exports:
        """Exports of tables of a profile's account."""
        ...

    def metrics(self, profile: str | None) -> Metrics:
        """CloudWatch metrics of a profile's account."""
        ...
