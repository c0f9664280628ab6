"""What every check is given: who asks, where, and the doors to AWS."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from strongroom.aws.buckets import Buckets
from strongroom.aws.groups import Planning
from strongroom.aws.identity import Identity
from strongroom.aws.keys import Keys
from strongroom.aws.opt_ins import OptIns
from strongroom.aws.organization import Organizations
from strongroom.aws.roles import Roles
from strongroom.aws.vaults import Vaults
from strongroom.config.manifest import Manifest
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import SourceSettings
from strongroom.facts import names


class Looking(Planning, Protocol):
    """What the doctor asks of AWS; all of it reads."""

    def vaults(self, profile: str | None) -> Vaults:
        """Vaults that a profile can see."""
        ...

    def buckets(self, profile: str | None) -> Buckets:
        """Buckets that a profile can see."""
        ...

    def keys(self, profile: str | None) -> Keys:
        """KMS keys of a profile's account."""
        ...

    def roles(self, profile: str | None) -> Roles:
        """IAM roles and policies of a profile's account."""
        ...

    def opt_ins(self, profile: str | None) -> OptIns:
        """Switches of AWS Backup in a profile's account."""
        ...

    def organizations(self, profile: str | None) -> Organizations:
        """Organization of a profile's account."""
        ...


@dataclass(frozen=True)
class Side:
    """One of the two accounts of a recovery."""

    profile: str
    identity: Identity
    region: str

    @property
    def account(self) -> str:
        """Twelve digits."""
        return self.identity.account

    @property
    def where(self) -> str:
        """How findings name the account in its region."""
        return f"account {self.account}, {self.region}"

    @property
    def options(self) -> str:
        """Options with which the AWS command line asks there."""
        return f"--profile {self.profile} --region {self.region}"


@dataclass(frozen=True)
class Scene:
    """Both sides, before anything is known of what was lost."""

    environment: str
    region: str
    target: Identity
    backup: Identity
    doors: Looking
    local_now: datetime
    """Aware time by this computer's clock, read when AWS was asked."""

    @property
    def fresh_side(self) -> Side:
        """The account that tables are restored in."""
        return Side(names.profile(self.environment), self.target, self.region)

    @property
    def backup_side(self) -> Side:
        """The account that copies come from."""
        return Side(BACKUP_PROFILE, self.backup, self.region)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both."""
        return self.fresh_side, self.backup_side


@dataclass(frozen=True)
class Declared:
    """A scene, and what its environment was like."""

    scene: Scene
    manifest: Manifest

    @property
    def settings(self) -> SourceSettings:
        """The lost source's settings, in the account that takes its place."""
        said = self.manifest.settings
        own = said.accounts.model_copy(update={"own": self.scene.target.account})
        return said.model_copy(update={"accounts": own})

    @property
    def tables(self) -> list[str]:
        """Names of the tables."""
        return [table.name for table in self.manifest.settings.tables]
