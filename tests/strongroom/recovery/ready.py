"""A fresh account in which a recovery of prod would go through, and a backup account in which all is well."""

from dataclasses import dataclass, field
from datetime import timedelta

from strongroom.aws.opt_ins import OptIn
from strongroom.aws.roles import Role
from strongroom.config import manifest
from strongroom.documents import keys
from strongroom.documents.bootstrap import duties
from strongroom.documents.policy import document
from strongroom.documents.principals import Caretakers, Origin
from strongroom.facts import names
from strongroom.recovery import doctor
from strongroom.recovery.checks.findings import Finding
from strongroom.recovery.doctor import Purpose, Question, Report
from tests.strongroom.aws.accounts import applied
from tests.strongroom.aws.fakes import FakeRoles
from tests.strongroom.aws.memory_accounts import MemoryKey
from tests.strongroom.aws.memory_sessions import MemorySessions
from tests.strongroom.documents.example import CI, MANAGEMENT, PATH, PIPELINE, source, stacks
from tests.strongroom.recovery.loss import BACKUP, FRESH, LOST, REGION, Loss

LINKED = "AWSServiceRoleForBackup"


@dataclass
class FakeOptIns:
    """Switches of one account."""

    across: bool = True
    found: OptIn = field(default_factory=lambda: OptIn(protects=True, manages=True))

    def across_accounts(self) -> bool:
        return self.across

    def tables(self) -> OptIn:
        return self.found


@dataclass
class FakeOrganizations:
    """The organization of one account; `paths` is told to delegated administrators alone."""

    organization: str | None = "o-exampleorg1"
    paths: dict[str, str] = field(default_factory=dict[str, str])

    def id(self) -> str | None:
        return self.organization

    def path(self, account: str) -> str | None:
        return self.paths.get(account)


@dataclass
class ReadySessions(MemorySessions):
    """Adds what only the doctor asks."""

    seen_roles: dict[str, FakeRoles] = field(default_factory=dict[str, FakeRoles])
    """By account, as the two that follow."""
    seen_opt_ins: dict[str, FakeOptIns] = field(default_factory=dict[str, FakeOptIns])
    seen_organizations: dict[str, FakeOrganizations] = field(default_factory=dict[str, FakeOrganizations])

    def roles(self, profile: str | None) -> FakeRoles:
        return self.seen_roles[self.profiles[profile]]

    def opt_ins(self, profile: str | None) -> FakeOptIns:
        return self.seen_opt_ins[self.profiles[profile]]

    def organizations(self, profile: str | None) -> FakeOrganizations:
        return self.seen_organizations[self.profiles[profile]]


def roles_of(account: str) -> FakeRoles:
    """IAM of an account in which bootstrap was applied, and in which AWS Backup has worked before."""
    ids = {"own": FRESH, "backup": BACKUP, "pipeline": PIPELINE, "management": MANAGEMENT}
    prod = source("prod", accounts=ids)
    made, _, _ = applied(
        duties.account(account, [prod, *stacks()]) if account == BACKUP else duties.account(account, [prod])
    )
    made.roles[LINKED] = Role(LINKED, document(), None, (), (), 3600)
    return made


@dataclass
class Ready:
    """The scene; change it, then `look`."""

    loss: Loss = field(default_factory=Loss)

    def __post_init__(self) -> None:
        self.aws = self.loss.aws
        both = (FRESH, BACKUP)
        self.sessions = ReadySessions(
            self.aws,
            {"strongroom-prod": FRESH, "strongroom-backup": BACKUP},
            seen_roles={one: roles_of(one) for one in both},
            seen_opt_ins={one: FakeOptIns() for one in both},
            seen_organizations={one: FakeOrganizations() for one in both},
        )
        self.sessions.seen_organizations[BACKUP].paths[FRESH] = PATH
        self.skew = 0.0
        place = keys.Place(REGION, Caretakers(BACKUP))
        for tier, vault in manifest.of(self.loss.declared).vaults.central.items():
            self.aws.account(BACKUP).vault(vault).bounds = (35, 90)
            self.key(tier).policy = keys.central_vault(place, Origin("prod", LOST, PATH, (CI,)))

    def key(self, tier: str) -> MemoryKey:
        """Key of a tier's central vault."""
        made = MemoryKey(f"arn:aws:kms:{REGION}:{BACKUP}:key/{tier}", document(), tier, {})
        made.alias = names.key_alias("prod", tier)
        return self.aws.account(BACKUP).keys.setdefault(made.arn, made)

    def look(self, purpose: Purpose = Purpose.RECOVERY) -> Report:
        """What the doctor says."""
        doors = doctor.Doors(self.sessions, lambda: self.aws.clock.now() + timedelta(seconds=self.skew), lambda _: None)
        return doctor.examine(Question("prod", REGION, purpose), doors)

    def only(self) -> Finding:
        """The one finding that there is."""
        found = self.look().findings
        assert len(found) == 1, found
        return found[0]
